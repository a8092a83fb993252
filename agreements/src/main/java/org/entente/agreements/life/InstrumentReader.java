package org.entente.agreements.life;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.canonical.CanonicalJson;
import org.jspecify.annotations.Nullable;

/** Reads signed instruments. What the model cannot hold without loss, or what lacks a member, is no instrument. */
final class InstrumentReader {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private InstrumentReader() {}

    static Instrument read(byte[] canonical) {
        Instrument act;
        try {
            act = MAPPER.readValue(canonical, Instrument.class);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(e.getPathReference() + ": " + e.getOriginalMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
        }
        Optional<String> missing = missing((Record) act);
        if (missing.isPresent()) {
            throw new IllegalArgumentException("the act has no member " + missing.get());
        }
        if (!Arrays.equals(CanonicalJson.encode(act), canonical)) {
            throw new IllegalArgumentException("has members that are not known or not in their form");
        }
        return act;
    }

    /**
     * The first member that must be there and is not. A member is optional exactly when its component is {@code @Nullable}; a list may be
     * empty, and the acts for which it may not say so themselves.
     */
    static Optional<String> missing(Record value) {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object member = read(component, value);
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean absent = member == null || (member instanceof String text && text.isBlank());
            if (absent && !optional) {
                return Optional.of(component.getName());
            }
            List<?> nested = member instanceof List<?> list ? list : member == null ? List.of() : List.of(member);
            for (Object each : nested) {
                Optional<String> inside = each instanceof Record clause ? missing(clause) : Optional.empty();
                if (inside.isPresent()) {
                    return Optional.of(component.getName() + "/" + inside.get());
                }
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object read(RecordComponent component, Record value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the acts' records are public: " + component, e);
        }
    }
}
