package org.entente.gateway.access;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.http.cookie.SameSite;
import io.micronaut.security.token.reader.TokenReader;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.entente.gateway.base.StaffListenerSettings;

/**
 * The token of a person with a browser, in a cookie that no script reads and no other site's page sends ({@code HttpOnly}, {@code
 * SameSite=Strict}). Outside the pages it counts for reading alone, so that a browser can load what a page links to and change nothing.
 */
@Singleton
public final class SessionCookie implements TokenReader<HttpRequest<?>> {
    /** Where the pages are. */
    public static final String PAGES = "/console";

    private static final String NAME = "entente-session";

    private final StaffListenerSettings settings;

    SessionCookie(StaffListenerSettings settings) {
        this.settings = settings;
    }

    @Override
    public Optional<String> findToken(HttpRequest<?> request) {
        boolean reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        boolean page = request.getPath().equals(PAGES) || request.getPath().startsWith(PAGES + "/");
        return request.getServerAddress().getPort() == settings.port() && (reads || page)
                ? request.getCookies().findCookie(NAME).map(Cookie::getValue)
                : Optional.empty();
    }

    /** Begins a session; it ends with the browser or the token. */
    public Cookie begin(String token) {
        return cookie(token);
    }

    /** Ends a session in the browser. */
    public Cookie end() {
        return cookie("").maxAge(0);
    }

    private Cookie cookie(String value) {
        return Cookie.of(NAME, value)
                .httpOnly(true)
                .secure(settings.tls())
                .sameSite(SameSite.Strict)
                .path("/");
    }
}
