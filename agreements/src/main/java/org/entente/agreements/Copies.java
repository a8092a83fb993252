package org.entente.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Null-safe immutable copies for the compact constructors of the model: an absent array and an empty one are the same. */
public final class Copies {
    private Copies() {}

    /** The list itself, unmodifiable; an empty one for none. */
    public static <T> List<T> of(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
