package org.entente.agreements.life;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.TextChange.Place;
import org.entente.crypto.canonical.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * Where a corrected text differs from the defective one. Who consents to a correction reads its list of places, so that list must be the
 * whole difference: no more, no less.
 */
public final class Rectification {
    private Rectification() {}

    /**
     * The places at which two documents differ, in the order of the document: members and elements one by one; a list that has grown or
     * shrunk, and a part that only one of them has, as a whole. Text stands as it is, anything else as canonical JSON.
     */
    public static List<Place> between(Agreement defective, Agreement corrected) {
        List<Place> places = new ArrayList<>();
        compare(
                "",
                CanonicalJson.parseStrict(defective.canonical()),
                CanonicalJson.parseStrict(corrected.canonical()),
                places);
        return List.copyOf(places);
    }

    private static void compare(
            String pointer, @Nullable JsonNode was, @Nullable JsonNode becomes, List<Place> places) {
        if (was != null && was.equals(becomes)) {
            return;
        }
        if (was != null && becomes != null && was.isObject() && becomes.isObject()) {
            Set<String> names = new TreeSet<>();
            was.fieldNames().forEachRemaining(names::add);
            becomes.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(pointer + "/" + escaped(name), was.get(name), becomes.get(name), places);
            }
        } else if (was != null
                && becomes != null
                && was.isArray()
                && becomes.isArray()
                && was.size() == becomes.size()) {
            for (int i = 0; i < was.size(); i++) {
                compare(pointer + "/" + i, was.get(i), becomes.get(i), places);
            }
        } else {
            places.add(new Place(pointer, words(was), words(becomes)));
        }
    }

    /** As a step of a JSON pointer (RFC 6901, section 3). */
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static @Nullable String words(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        return value.isTextual() ? value.asText() : new String(CanonicalJson.encode(value), StandardCharsets.UTF_8);
    }
}
