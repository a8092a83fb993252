package org.entente.agreements.life;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The words for acts, taken from the one place that lists them: the annotation on {@link Instrument}. */
final class ActWords {
    private static final List<Class<?>> KINDS = new ArrayList<>();
    private static final Map<Class<?>, String> WORDS = new HashMap<>();

    static {
        for (JsonSubTypes.Type type :
                Instrument.class.getAnnotation(JsonSubTypes.class).value()) {
            KINDS.add(type.value());
            WORDS.put(type.value(), type.name());
        }
    }

    private ActWords() {}

    static String of(Class<?> act) {
        return Objects.requireNonNull(WORDS.get(act), act.getName());
    }

    /** The place in the list; an act that undoes another stands after it. */
    static int rank(Instrument act) {
        return KINDS.indexOf(act.getClass());
    }
}
