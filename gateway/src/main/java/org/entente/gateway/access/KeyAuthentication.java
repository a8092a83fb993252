package org.entente.gateway.access;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.StaffListenerSettings;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * Callers with an access key instead of a token: as the password of Basic authentication (RFC 7617) with the user's name, or as {@code key=}
 * in the address where the administrator has switched that on. A user's own password is not accepted here.
 */
@Singleton
final class KeyAuthentication implements AuthenticationFetcher<HttpRequest<?>> {
    /** Request attribute that says that the caller has a key, and may only read. */
    static final String BY_KEY = "entente.by-key";

    private static final String BASIC = "basic ";

    private final AccessKeys keys;
    private final KeyFailures failures;
    private final StaffListenerSettings settings;
    private final ExecutorService blocking;

    KeyAuthentication(
            AccessKeys keys,
            KeyFailures failures,
            StaffListenerSettings settings,
            @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.keys = keys;
        this.failures = failures;
        this.settings = settings;
        this.blocking = blocking;
    }

    /** What a caller presents. */
    private record Presented(@Nullable String name, String key) {
        @Override
        public String toString() {
            return "Presented[]";
        }
    }

    @Override
    public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
        if (request.getServerAddress().getPort() != settings.port()) {
            return Publishers.empty();
        }
        Presented presented;
        try {
            presented = presented(request);
        } catch (EntenteException e) {
            return Publishers.just(e);
        }
        return presented == null
                ? Publishers.empty()
                : Publishers.fromCompletableFuture(
                        () -> CompletableFuture.supplyAsync(() -> authenticate(request, presented), blocking));
    }

    private Authentication authenticate(HttpRequest<?> request, Presented presented) {
        String address = request.getRemoteAddress().getAddress().getHostAddress();
        String name = presented.name() == null ? "" : presented.name();
        failures.refuseIfMany(address, name);
        Optional<StaffUser> user = keys.verify(presented.name(), presented.key());
        failures.count(address, name, user.isEmpty());
        StaffUser known = user.orElseThrow(
                () -> new EntenteException(ErrorCode.UNAUTHENTICATED, "Name and access key do not fit."));
        request.setAttribute(StaffSessions.ATTRIBUTE, known);
        request.setAttribute(BY_KEY, true);
        return Authentication.build(known.name(), known.roles());
    }

    private @Nullable Presented presented(HttpRequest<?> request) {
        String inQuery = request.getHeaders().get(QueryKeys.HEADER);
        if (inQuery != null) {
            if (!settings.keyInQuery()) {
                throw new EntenteException(
                        ErrorCode.UNAUTHENTICATED,
                        "This node takes no access key in the address; send it as the password of Basic"
                                + " authentication, or let the administrator decide on entente.staff.key-in-query.");
            }
            return new Presented(null, inQuery);
        }
        String authorization = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
            return null;
        }
        try {
            String pair = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring(BASIC.length()).strip()),
                    StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return new Presented(pair.substring(0, Math.max(0, colon)), pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            throw new EntenteException(ErrorCode.UNAUTHENTICATED, "The Authorization field is not readable.", e);
        }
    }
}
