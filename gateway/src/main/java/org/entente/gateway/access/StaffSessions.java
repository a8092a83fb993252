package org.entente.gateway.access;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * Looks the signed-in user up at every request: a token ends at once when its user is shut out or changed, and the roles are
 * those of the database.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class StaffSessions implements Ordered {

    static final String USER_CLAIM = "uid";
    static final String EPOCH_CLAIM = "epoch";
    static final String ATTRIBUTE = "entente.staff-user";

    private static final Pattern STATUS = Pattern.compile("/api/exchanges/[0-9a-f-]{36}/status");

    private final UserTable table;
    private final Users users;
    private final ExecutorService blocking;

    StaffSessions(UserTable table, Users users, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.table = table;
        this.users = users;
        this.blocking = blocking;
    }

    @RequestFilter
    CompletionStage<HttpRequest<?>> attach(HttpRequest<?> request) {
        Optional<Authentication> signedIn = request.getUserPrincipal(Authentication.class);
        if (signedIn.isEmpty()) {
            return CompletableFuture.completedFuture(request);
        }
        if (request.getAttribute(KeyAuthentication.BY_KEY).isPresent()) {
            requireReading(request);
            return CompletableFuture.completedFuture(request);
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    request.setAttribute(ATTRIBUTE, current(signedIn.get()));
                    return request;
                },
                blocking);
    }

    /** A key reads SDMX data and structures, and looks after answers that wait. It decides nothing that a person must decide. */
    private static void requireReading(HttpRequest<?> request) {
        String path = request.getPath();
        boolean reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        boolean open = path.startsWith("/sdmx/")
                || path.equals("/api/users/me")
                || STATUS.matcher(path).matches();
        if (!reads || !open || request.getParameters().contains("askAnyway")) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN,
                    "An access key reads SDMX data and structures and nothing else; sign in for "
                            + request.getMethodName() + " " + path + ".");
        }
    }

    private StaffUser current(Authentication token) {
        if (token.getAttributes().get(USER_CLAIM) instanceof String id
                && token.getAttributes().get(EPOCH_CLAIM) instanceof Number epoch) {
            Optional<UserTable.Stored> user = table.byId(UUID.fromString(id));
            if (user.isPresent() && user.get().enabled() && user.get().epoch() == epoch.longValue()) {
                return users.staff(user.get().account());
            }
        }
        throw new EntenteException(ErrorCode.UNAUTHENTICATED, "The token is no longer valid; sign in again.");
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.after();
    }
}
