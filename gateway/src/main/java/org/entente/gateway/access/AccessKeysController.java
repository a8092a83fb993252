package org.entente.gateway.access;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** Access keys over HTTP: everybody's own, and for administrators those of others, which they may list and revoke but not make. */
@Controller(port = Listeners.STAFF, value = "/api/users")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccessKeysController {
    private static final int DEFAULT_DAYS = 365;

    private final AccessKeys keys;

    AccessKeysController(AccessKeys keys) {
        this.keys = keys;
    }

    /** A key to be made; good for a year unless it says otherwise. */
    record NewKey(String name, @Nullable Integer days) {}

    /** The key, shown this once. */
    record Shown(UUID id, String name, String username, String key, Instant expires) {
        @Override
        public String toString() {
            return "Shown[" + id + "]";
        }
    }

    @Get("/me/keys")
    List<AccessKey> mine(StaffUser user) {
        return keys.of(user.name());
    }

    @Post("/me/keys")
    HttpResponse<Shown> add(@Body NewKey wanted, StaffUser user) {
        int days = wanted.days() == null ? DEFAULT_DAYS : wanted.days();
        AccessKey.Made made = keys.add(user.name(), wanted.name(), days, user);
        AccessKey key = made.key();
        return HttpResponse.created(new Shown(key.id(), key.name(), user.name(), made.text(), key.expires()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @Delete("/me/keys/{id}")
    @Status(HttpStatus.NO_CONTENT)
    void revokeMine(UUID id, StaffUser user) {
        keys.revoke(user.name(), id, user);
    }

    @Get("/{name}/keys")
    @Secured(Roles.ADMINISTRATOR)
    List<AccessKey> of(String name) {
        return keys.of(name);
    }

    @Delete("/{name}/keys/{id}")
    @Secured(Roles.ADMINISTRATOR)
    @Status(HttpStatus.NO_CONTENT)
    void revoke(String name, UUID id, StaffUser by) {
        keys.revoke(name, id, by);
    }
}
