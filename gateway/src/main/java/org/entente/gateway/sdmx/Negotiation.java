package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a format by the Accept header (RFC 9110 section 12.5.1) with SDMX's version ranges, or by the {@code format} and
 * {@code formatVersion} parameters, which win.
 */
public final class Negotiation {

    private Negotiation() {}

    /**
     * What was chosen.
     *
     * @param format the format
     * @param parameters of the media type that was asked for, names in lower case, overridden by the query's: {@code labels},
     *     {@code timeformat}, {@code keys}; for {@link DataOptions#of}
     */
    public record Choice<F extends Format>(F format, Map<String, String> parameters) {}

    /** As {@link #choose}, with the parameters of the media type that won. */
    public static <F extends Format> Choice<F> negotiate(
            List<F> offered, @Nullable String accept, Map<String, String> parameters) {
        F format = choose(offered, accept, parameters);
        Map<String, String> merged = new LinkedHashMap<>();
        if (!parameters.containsKey("format") && accept != null) {
            Range range = mostSpecific(ranges(accept), format);
            if (range != null) {
                merged.putAll(range.parameters);
            }
        }
        parameters.forEach((name, value) -> merged.put(name.toLowerCase(Locale.ROOT), value));
        return new Choice<>(format, merged);
    }

    /**
     * @param offered what there is, most preferred first
     * @param accept the Accept header, or null
     * @param parameters the query's extensions, of which {@code format} and {@code formatVersion} count
     * @throws EntenteException {@code not-acceptable}; it lists what is offered
     */
    public static <F extends Format> F choose(
            List<F> offered, @Nullable String accept, Map<String, String> parameters) {
        String format = parameters.get("format");
        if (format != null) {
            return byName(offered, format, parameters.get("formatVersion"));
        }
        if (accept == null || accept.isBlank()) {
            return offered.getFirst();
        }
        List<Range> ranges = ranges(accept);
        @Nullable F best = null;
        double bestQuality = 0;
        int bestRank = 0;
        for (F candidate : offered) {
            Range range = mostSpecific(ranges, candidate);
            if (range == null || range.quality <= 0) {
                continue;
            }
            int rank = rank(range, candidate);
            if (range.quality > bestQuality || (range.quality == bestQuality && rank > bestRank)) {
                best = candidate;
                bestQuality = range.quality;
                bestRank = rank;
            }
        }
        if (best == null) {
            throw notAcceptable(offered, "'" + accept + "'");
        }
        return best;
    }

    private static <F extends Format> F byName(List<F> offered, String name, @Nullable String version) {
        for (F candidate : offered) {
            if ((candidate.aliases().contains(name) || candidate.mediaType().equals(name))
                    && (version == null || versionFits(version, candidate.version()))) {
                return candidate;
            }
        }
        throw notAcceptable(offered, "format=" + name + (version == null ? "" : ", formatVersion=" + version));
    }

    private static EntenteException notAcceptable(List<? extends Format> offered, String asked) {
        List<String> types = offered.stream().map(Format::contentType).toList();
        return new EntenteException(
                ErrorCode.NOT_ACCEPTABLE,
                asked + " fits none of " + String.join(", ", types),
                Map.of("offered", types));
    }

    /** Of two formats that are equally wanted, the one that was named more exactly wins, then the one named earlier. */
    private static int rank(Range range, Format format) {
        return range.specificity(format) * 1000 - range.position;
    }

    private static @Nullable Range mostSpecific(List<Range> ranges, Format format) {
        @Nullable Range found = null;
        for (Range range : ranges) {
            if (range.specificity(format) > 0
                    && (found == null || range.specificity(format) > found.specificity(format))) {
                found = range;
            }
        }
        return found;
    }

    private static List<Range> ranges(String accept) {
        List<Range> ranges = new ArrayList<>();
        for (String part : accept.split(",", 100)) {
            String[] pieces = part.trim().split(";", -1);
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int i = 1; i < pieces.length; i++) {
                String[] pair = pieces[i].trim().split("=", 2);
                String value = pair.length == 2 ? pair[1].trim() : "";
                if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
                    value = value.substring(1, value.length() - 1);
                }
                parameters.put(pair[0].trim().toLowerCase(Locale.ROOT), value);
            }
            double quality = quality(parameters.remove("q"));
            ranges.add(new Range(pieces[0].trim().toLowerCase(Locale.ROOT), parameters, quality, ranges.size()));
        }
        return ranges;
    }

    private static double quality(@Nullable String text) {
        if (text == null) {
            return 1;
        }
        try {
            double quality = Double.parseDouble(text);
            return quality >= 0 && quality <= 1 ? quality : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean versionFits(String wanted, String version) {
        try {
            return !VersionPattern.parse(wanted).select(List.of(version)).isEmpty();
        } catch (EntenteException e) {
            return false;
        }
    }

    private record Range(String type, Map<String, String> parameters, double quality, int position) {

        /** 0 if the range does not hold the format; more if it names it more exactly. */
        int specificity(Format format) {
            if (type.equals("*/*") || type.equals("*")) {
                return 1;
            }
            String family = format.mediaType().substring(0, format.mediaType().indexOf('/'));
            if (type.equals(family + "/*")) {
                return 2;
            }
            if (format.aliases().contains(type)) {
                return 3;
            }
            if (!type.equals(format.mediaType())) {
                return 0;
            }
            String version = parameters.get("version");
            boolean fits = (version == null || versionFits(version, format.version()))
                    && known("labels", "id", "name", "both")
                    && known("timeformat", "original", "normalized")
                    && known("keys", "none", "obs", "series", "both");
            return !fits ? 0 : version == null ? 4 : 5;
        }

        private boolean known(String parameter, String... values) {
            return List.of(values).contains(parameters.getOrDefault(parameter, values[0]));
        }
    }
}
