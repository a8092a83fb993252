package org.entente.gateway.base;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/**
 * How the application's JSON is read and written: unknown members, duplicate names and text after the document are refused,
 * nesting is limited, times are ISO 8601 texts.
 */
@Singleton
public final class JsonConventions implements BeanCreatedEventListener<ObjectMapper> {

    private final Provider<LimitSettings> limits;

    JsonConventions(Provider<LimitSettings> limits) {
        this.limits = limits;
    }

    @Override
    public ObjectMapper onCreated(BeanCreatedEvent<ObjectMapper> event) {
        return apply(event.getBean(), limits.get().jsonDepth());
    }

    /** A mapper that reads and writes as a node does, for whoever works without one. */
    public static ObjectMapper mapper() {
        return apply(new ObjectMapper().findAndRegisterModules(), LimitSettings.JSON_DEPTH);
    }

    private static ObjectMapper apply(ObjectMapper mapper, int depth) {
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(depth).build());
        // Buffers per thread would be made anew for each call, since each call has its own virtual thread.
        mapper.getFactory().setRecyclerPool(JsonRecyclerPools.sharedConcurrentDequePool());
        // The framework would leave out empty lists, which stored documents could then not be read back with.
        mapper.setSerializationInclusion(JsonInclude.Include.ALWAYS);
        return mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);
    }
}
