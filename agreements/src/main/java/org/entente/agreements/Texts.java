package org.entente.agreements;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts that lack an authentic language. It walks the records by their components, so that a text in a clause added later is checked
 * without anybody thinking of it.
 */
final class Texts {
    private final List<String> languages;
    private final SortedMap<String, List<String>> missing = new TreeMap<>();

    private Texts(List<String> languages) {
        this.languages = languages;
    }

    /** JSON pointers of incomplete texts, each with the languages it lacks. */
    static SortedMap<String, List<String>> missing(Agreement agreement, List<String> languages) {
        Texts texts = new Texts(languages);
        texts.walk(agreement, "");
        return texts.missing;
    }

    private void walk(@Nullable Object value, String pointer) {
        if (value instanceof Text text) {
            List<String> lacks =
                    languages.stream().filter(l -> text.in(l).isEmpty()).toList();
            if (!lacks.isEmpty()) {
                missing.put(pointer, lacks);
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(list.get(i), pointer + "/" + i);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, v) -> walk(v, pointer + "/" + key));
        } else if (value instanceof Record clause) {
            for (RecordComponent component : clause.getClass().getRecordComponents()) {
                walk(read(component, clause), pointer + "/" + component.getName());
            }
        }
    }

    private static @Nullable Object read(RecordComponent component, Record clause) {
        try {
            return component.getAccessor().invoke(clause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the model's records are public: " + component, e);
        }
    }
}
