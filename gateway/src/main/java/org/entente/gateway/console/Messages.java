package org.entente.gateway.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.gateway.base.PageTexts;
import org.jspecify.annotations.Nullable;

/** The texts of the console's pages in one language. */
public final class Messages extends PageTexts {
    /** Languages with a file, the first one the default. */
    static final List<String> LANGUAGES = PageTexts.LANGUAGES;

    private static final Map<String, Messages> LOADED = new ConcurrentHashMap<>();

    private Messages(String language) {
        super(Messages.class, language);
    }

    /** The texts of a language of {@link #LANGUAGES}. */
    static Messages in(String language) {
        return LOADED.computeIfAbsent(language, Messages::new);
    }

    /** A point in time to the minute, UTC. */
    String time(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(Locale.of(language()))
                        .format(at.atZone(ZoneOffset.UTC))
                + " UTC";
    }

    /** The texts that a browser prefers by its {@code Accept-Language} field. */
    static Messages accepted(@Nullable String field) {
        return in(preferred(field));
    }
}
