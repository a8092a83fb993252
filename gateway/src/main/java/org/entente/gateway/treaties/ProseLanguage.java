package org.entente.gateway.treaties;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import org.entente.agreements.prose.Prose;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/** In which of the languages that agreements are worded in somebody is answered. */
public final class ProseLanguage {
    private static final String DEFAULT = "en";

    private ProseLanguage() {}

    /**
     * The language that is named, else the best match for {@code Accept-Language} (RFC 9110, section 12.5.4), else English.
     *
     * @param named the parameter {@code language}; null without one
     * @throws EntenteException {@code request-malformed} if there are no words in the named language
     */
    public static String of(HttpRequest<?> request, @Nullable String named) {
        if (named == null) {
            return accepted(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE));
        }
        if (!Prose.LANGUAGES.contains(named)) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "There is no prose in " + named + "; there is " + String.join(", ", Prose.LANGUAGES) + ".");
        }
        return named;
    }

    private static String accepted(@Nullable String header) {
        if (header == null) {
            return DEFAULT;
        }
        try {
            String best = Locale.lookupTag(Locale.LanguageRange.parse(header), List.copyOf(Prose.LANGUAGES));
            return best == null ? DEFAULT : best;
        } catch (IllegalArgumentException unreadable) {
            return DEFAULT;
        }
    }
}
