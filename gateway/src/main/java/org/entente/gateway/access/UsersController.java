package org.entente.gateway.access;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.Set;
import org.entente.gateway.base.Listeners;

/** Staff users over HTTP. */
@Controller(port = Listeners.STAFF, value = "/api/users")
@Secured(Roles.ADMINISTRATOR)
@ExecuteOn(TaskExecutors.BLOCKING)
final class UsersController {

    private final Users users;

    UsersController(Users users) {
        this.users = users;
    }

    /** A user to be made. */
    record NewUser(String name, String fullName, Set<Grant> grants, String password) {
        @Override
        public String toString() {
            return "NewUser[" + name + "]";
        }
    }

    /** A new password. */
    record NewPassword(String password) {
        @Override
        public String toString() {
            return "NewPassword[]";
        }
    }

    /** Whether a user may sign in. */
    record Enabled(boolean enabled) {}

    /** Who is signed in. */
    record Me(String name, Set<Grant> grants, String pseudonym) {}

    @Get
    List<UserAccount> list() {
        return users.all();
    }

    @Get("/me")
    @Secured(SecurityRule.IS_AUTHENTICATED)
    Me me(StaffUser user) {
        return new Me(user.name(), user.grants(), user.pseudonym());
    }

    @Post
    @Status(HttpStatus.CREATED)
    UserAccount add(@Body NewUser user, StaffUser by) {
        return users.add(user.name(), user.fullName(), user.grants(), user.password(), by);
    }

    @Put("/{name}/grants")
    UserAccount grants(String name, @Body Set<Grant> grants, StaffUser by) {
        users.setGrants(name, grants, by);
        return users.get(name);
    }

    @Put("/{name}/password")
    @Status(HttpStatus.NO_CONTENT)
    void password(String name, @Body NewPassword password, StaffUser by) {
        users.setPassword(name, password.password(), by);
    }

    @Put("/{name}/enabled")
    UserAccount enabled(String name, @Body Enabled enabled, StaffUser by) {
        users.setEnabled(name, enabled.enabled(), by);
        return users.get(name);
    }
}
