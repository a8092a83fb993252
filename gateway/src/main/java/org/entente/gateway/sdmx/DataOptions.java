package org.entente.gateway.sdmx;

import java.util.Locale;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * How figures are shown: parameters of the media type or of the address (SDMX-CSV field guide, optional parameters). A
 * format that has no use for one ignores it.
 *
 * @param labels codes, names or both; null for what the format does by itself
 * @param timeFormat periods as they are recorded or brought to one granularity
 * @param keys which key columns are added
 * @param languages in which names are written, most wanted first
 */
public record DataOptions(@Nullable Labels labels, TimeFormat timeFormat, Keys keys, Languages languages) {

    /** Codes, original periods, no keys, English names. */
    public static final DataOptions DEFAULT = new DataOptions(null, TimeFormat.ORIGINAL, Keys.NONE, Languages.ENGLISH);

    /** Codes alone, codes and names in columns of their own, or in one column. */
    public enum Labels {
        ID,
        NAME,
        BOTH
    }

    /** As recorded, or in the finest granularity of the message. */
    public enum TimeFormat {
        ORIGINAL,
        NORMALIZED
    }

    /** Added columns with the key of the series, of the observation, or both. */
    public enum Keys {
        NONE,
        OBS,
        SERIES,
        BOTH;

        boolean series() {
            return this == SERIES || this == BOTH;
        }

        boolean observation() {
            return this == OBS || this == BOTH;
        }
    }

    /**
     * Reads {@code labels}, {@code timeFormat} and {@code keys} (also {@code key}, as some examples of the guide have it).
     *
     * @param parameters of the media type or the address; names are compared without case
     * @throws EntenteException {@code query-malformed} for another value
     */
    public static DataOptions of(Map<String, String> parameters, Languages languages) {
        Labels labels = null;
        TimeFormat time = TimeFormat.ORIGINAL;
        Keys keys = Keys.NONE;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            switch (parameter.getKey().toLowerCase(Locale.ROOT)) {
                case "labels" -> labels = value(Labels.class, parameter);
                case "timeformat" -> time = value(TimeFormat.class, parameter);
                case "keys", "key" -> keys = value(Keys.class, parameter);
                default -> {}
            }
        }
        return new DataOptions(labels, time, keys, languages);
    }

    private static <E extends Enum<E>> E value(Class<E> type, Map.Entry<String, String> parameter) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(parameter.getValue())) {
                return constant;
            }
        }
        StringBuilder names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            names.append(names.isEmpty() ? "" : ", ").append(constant.name().toLowerCase(Locale.ROOT));
        }
        throw new EntenteException(
                ErrorCode.QUERY_MALFORMED, parameter.getKey() + "=" + parameter.getValue() + " is none of " + names);
    }

    Labels labels(Labels otherwise) {
        return labels == null ? otherwise : labels;
    }
}
