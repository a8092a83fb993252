package org.entente.gateway.region.site;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.gateway.base.PageTexts;

/** The texts of the public pages in one language. */
public final class SiteTexts extends PageTexts {
    private static final Map<String, SiteTexts> LOADED = new ConcurrentHashMap<>();

    private SiteTexts(String language) {
        super(SiteTexts.class, language);
    }

    /** The texts of a language of {@link #LANGUAGES}. */
    static SiteTexts in(String language) {
        return LOADED.computeIfAbsent(language, SiteTexts::new);
    }

    /** A text with its gaps filled, numbers in the digits that the files have too. */
    @Override
    public String get(String key, Object... values) {
        Object[] words = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            words[i] = values[i] instanceof Number number ? number(number.doubleValue()) : values[i];
        }
        return super.get(key, words);
    }

    /** A text that needs no values, if there is one of this name. */
    Optional<String> find(String key) {
        return keys().contains(key) ? Optional.of(get(key)) : Optional.empty();
    }

    /** The texts that the caller wants: {@code lang=}, else what the browser prefers. */
    static SiteTexts of(HttpRequest<?> request) {
        String wanted = request.getParameters().get("lang");
        return in(
                wanted != null && LANGUAGES.contains(wanted)
                        ? wanted
                        : preferred(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE)));
    }
}
