package org.entente.gateway.sdmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** The error body of SDMX-JSON: {@code {"meta":..., "errors":[{code, title, detail, links}]}}. */
public final class SdmxError {

    /** The media type of the body. */
    public static final String CONTENT_TYPE = "application/vnd.sdmx.data+json;version=2.0.0";

    private SdmxError() {}

    /** The body for a refusal. The number is the HTTP status; the stable code ends the address in the link. */
    public static byte[] body(EntenteException exception, MessageHeader header) {
        ErrorCode code = exception.code();
        return body(code.status(), code.type(), code.title(), exception.detail(), code.remedy(), header);
    }

    /**
     * The body for a problem.
     *
     * @param type address that names the sort of problem
     * @param remedy what the reader can do, said after the detail
     */
    public static byte[] body(
            int status, String type, String title, String detail, String remedy, MessageHeader header) {
        String stop = detail.endsWith(".") ? " " : ". ";
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", status);
        error.put("title", title);
        error.put("detail", detail + stop + remedy);
        error.put("links", List.of(Map.of("href", type, "rel", "help")));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("meta", header.meta(JsonDataWriter.SCHEMA));
        body.put("errors", List.of(error));
        return Json.bytes(body);
    }
}
