package org.entente.gateway.region.site;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.Arrays;
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

    /** Numbers in the digits that the files have too. */
    @Override
    protected Object[] words(Object... values) {
        return Arrays.stream(values)
                .map(value -> value instanceof Number number ? number(number.doubleValue()) : value)
                .toArray();
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
