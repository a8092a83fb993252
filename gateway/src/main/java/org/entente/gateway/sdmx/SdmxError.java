package org.entente.gateway.sdmx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The error bodies of SDMX: in JSON {@code {"meta":..., "errors":[{code, title, detail, links}]}}, in ML
 * {@code message:Error/ErrorMessage@code/common:Text}.
 */
public enum SdmxError {
    JSON("application/vnd.sdmx.data+json;version=2.0.0"),
    ML_3_0("application/xml"),
    ML_2_1("application/xml");

    private final String contentType;

    SdmxError(String contentType) {
        this.contentType = contentType;
    }

    /** What Content-Type says. */
    public String contentType() {
        return contentType;
    }

    /**
     * The body that suits a request: XML where it asks for XML and not for JSON, or comes by version 1 of the protocol.
     *
     * @param path of the request
     * @param accept its Accept field, or null
     * @param format its format parameter, or null
     */
    public static SdmxError forRequest(String path, @Nullable String accept, @Nullable String format) {
        String wanted =
                ((format == null ? "" : format + " ") + (accept == null ? "" : accept)).toLowerCase(Locale.ROOT);
        boolean first = path.startsWith("/sdmx/v1");
        boolean xml = wanted.contains("xml")
                || wanted.contains("structurespecificdata")
                || wanted.contains("genericdata")
                || (first && !wanted.contains("json"));
        if (!xml || wanted.contains("json")) {
            return JSON;
        }
        return first || wanted.contains("2.1") || !wanted.contains("sdmx") ? ML_2_1 : ML_3_0;
    }

    /** The body for a refusal. The number is the HTTP status; the stable code ends the address in the link. */
    public byte[] body(EntenteException exception, MessageHeader header) {
        ErrorCode code = exception.code();
        return body(code.status(), code.type(), code.title(), exception.detail(), code.remedy(), header);
    }

    /**
     * The body for a problem.
     *
     * @param type address that names the sort of problem
     * @param remedy what the reader can do, said after the detail
     */
    public byte[] body(int status, String type, String title, String detail, String remedy, MessageHeader header) {
        String said = detail + (detail.endsWith(".") ? " " : ". ") + remedy;
        return switch (this) {
            case JSON -> json(status, type, title, said, header);
            case ML_3_0 -> ml(MlVersion.V3_0, status, title, said);
            case ML_2_1 -> ml(MlVersion.V2_1, status, title, said);
        };
    }

    private static byte[] json(int status, String type, String title, String said, MessageHeader header) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", status);
        error.put("title", title);
        error.put("detail", said);
        error.put("links", List.of(Map.of("href", type, "rel", "help")));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("meta", header.meta(JsonDataWriter.SCHEMA));
        body.put("errors", List.of(error));
        return Json.bytes(body);
    }

    private static byte[] ml(MlVersion version, int status, String title, String said) {
        XmlNode root = StructureMl.root(version, "Error");
        XmlNode message = root.add("mes:ErrorMessage").with("code", String.valueOf(status));
        message.add("com:Text", title + ": " + said).with("xml:lang", "en");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            root.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
