package org.entente.gateway.sdmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteException;

/** The error body of SDMX-JSON: {@code {"meta":..., "errors":[{code, title, detail, links}]}}. */
public final class SdmxError {

    /** The media type of the body. */
    public static final String CONTENT_TYPE = "application/vnd.sdmx.data+json;version=2.0.0";

    private SdmxError() {}

    /**
     * The body for a refusal. The number is the HTTP status; the stable code stands in the link and in the detail's
     * beginning.
     */
    public static byte[] body(EntenteException exception, MessageHeader header) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", exception.code().status());
        error.put("title", exception.code().title());
        error.put(
                "detail",
                exception.code().code() + ": " + exception.detail() + ". "
                        + exception.code().remedy());
        error.put(
                "links",
                List.of(Map.of(
                        "href",
                        exception.code().type(),
                        "rel",
                        "help",
                        "title",
                        exception.code().code())));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("meta", header.meta(JsonDataWriter.SCHEMA));
        body.put("errors", List.of(error));
        return Json.bytes(body);
    }
}
