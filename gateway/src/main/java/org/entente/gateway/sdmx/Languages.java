package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.gateway.statistics.LocalName;
import org.jspecify.annotations.Nullable;

/**
 * The languages a reader wants names in.
 *
 * @param ranges language tags, most wanted first; {@code *} and unknown ones are harmless
 */
public record Languages(List<String> ranges) {

    /** English, and where there is none whatever there is. */
    public static final Languages ENGLISH = new Languages(List.of("en"));

    /** Any language: English where one must be chosen. */
    public static final Languages ANY = new Languages(List.of());

    public Languages {
        ranges = List.copyOf(ranges);
    }

    /** Reads an Accept-Language header (RFC 9110 section 12.5.4); null, empty or malformed means English. */
    public static Languages accepted(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return ENGLISH;
        }
        try {
            List<String> tags = new ArrayList<>();
            for (Locale.LanguageRange range : Locale.LanguageRange.parse(header)) {
                if (range.getWeight() > 0 && !range.getRange().equals("*")) {
                    tags.add(range.getRange());
                }
            }
            return tags.isEmpty() ? ENGLISH : new Languages(tags);
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }

    /**
     * As {@link #accepted}, but any language if none is asked for.
     *
     * @param parameter the {@code lang} parameter, which wins, or null
     */
    public static Languages of(@Nullable String header, @Nullable String parameter) {
        String field = parameter == null || parameter.isBlank() ? header : parameter;
        return field == null || field.isBlank() ? ANY : accepted(field);
    }

    /** The texts that are asked for (RFC 4647 section 3.3.1); all of them if none is. */
    SortedMap<String, String> all(LocalName name) {
        SortedMap<String, String> admitted = new TreeMap<>(name.byLanguage());
        admitted.keySet().removeIf(tag -> !admits(tag));
        return admitted.isEmpty() ? name.byLanguage() : admitted;
    }

    /** The best text by lookup (RFC 4647 section 3.4), else English, else the first there is. */
    public String pick(LocalName name) {
        return name.in(tag(name));
    }

    /** The tag of the text that {@link #pick} takes. */
    String tag(LocalName name) {
        Set<String> known = name.byLanguage().keySet();
        for (String range : ranges) {
            for (String tag = range; !tag.isEmpty(); tag = shorter(tag)) {
                for (String candidate : known) {
                    if (candidate.equalsIgnoreCase(tag)) {
                        return candidate;
                    }
                }
            }
        }
        return known.contains("en") ? "en" : known.iterator().next();
    }

    /** Whether the tag is one that is asked for, or a more exact one (RFC 4647 section 3.3.1). */
    boolean admits(String tag) {
        for (String range : ranges) {
            if (tag.equalsIgnoreCase(range) || tag.regionMatches(true, 0, range + "-", 0, range.length() + 1)) {
                return true;
            }
        }
        return false;
    }

    private static String shorter(String tag) {
        int dash = tag.lastIndexOf('-');
        // A single letter introduces an extension and goes with what follows it.
        int cut = dash >= 2 && tag.charAt(dash - 2) == '-' ? dash - 2 : dash;
        return cut <= 0 ? "" : tag.substring(0, cut);
    }

    /** The languages in which these names are shown, each once. */
    public List<String> used(Iterable<LocalName> names) {
        Set<String> used = new LinkedHashSet<>();
        names.forEach(name -> used.add(tag(name)));
        return List.copyOf(used);
    }
}
