package org.entente.gateway.statistics;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which values a component may hold. */
public sealed interface Representation {

    /** Whether the text may stand in this component; a {@link TimePeriod} is checked by its own parser. */
    boolean accepts(String text);

    /** The code list, if the component has one. */
    default Optional<Codelist> codelist() {
        return Optional.empty();
    }

    /** Values are codes of one list. */
    record Coded(Codelist list) implements Representation {
        @Override
        public boolean accepts(String text) {
            return list.contains(text);
        }

        @Override
        public Optional<Codelist> codelist() {
            return Optional.of(list);
        }
    }

    /**
     * Values are text of an SDMX data type.
     *
     * @param type SDMX text type, for example {@code String}, {@code DateTime}, {@code URI}
     * @param pattern what the whole text must match
     * @param maxLength longest text, in UTF-16 units
     */
    record Text(String type, Pattern pattern, int maxLength) implements Representation {
        @Override
        public boolean accepts(String text) {
            return text.length() <= maxLength && pattern.matcher(text).matches();
        }
    }

    /** Values are time periods. */
    record Time() implements Representation {
        @Override
        public boolean accepts(String text) {
            return TimePeriod.tryParse(text).isPresent();
        }
    }

    /** Values are numbers. */
    record Numeric() implements Representation {
        @Override
        public boolean accepts(String text) {
            try {
                return !text.isEmpty() && Double.isFinite(Double.parseDouble(text));
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }
}
