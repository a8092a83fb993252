package org.entente.gateway.sdmx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import org.entente.gateway.statistics.LocalName;

/** The small parts of SDMX-JSON that several messages share. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts can always be written", e);
        }
    }

    /** An object with {@code id}, {@code name} and {@code names}; readers differ in which of the two they want. */
    static Map<String, Object> named(String id, LocalName name) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", id);
        object.put("name", name.in("en"));
        object.put("names", name.byLanguage());
        return object;
    }
}
