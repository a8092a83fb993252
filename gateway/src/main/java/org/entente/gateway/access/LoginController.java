package org.entente.gateway.access;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.token.generator.AccessTokenConfiguration;
import io.micronaut.security.token.generator.TokenGenerator;
import java.util.Map;
import java.util.TreeSet;
import org.entente.gateway.base.Listeners;

/** Signing in: name and password against a bearer token. */
@Controller(port = Listeners.STAFF, value = "/login")
@Secured(SecurityRule.IS_ANONYMOUS)
final class LoginController {

    private final Users users;
    private final TokenGenerator tokens;
    private final int seconds;

    LoginController(Users users, TokenGenerator tokens, AccessTokenConfiguration lifetime) {
        this.users = users;
        this.tokens = tokens;
        this.seconds = lifetime.getExpiration();
    }

    /** Who wants to sign in. */
    record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    /** A token of RFC 6750, and how many seconds it is good for. */
    @SuppressWarnings("RecordComponentName")
    record Token(
            @com.fasterxml.jackson.annotation.JsonProperty("access_token")
            String accessToken,

            @com.fasterxml.jackson.annotation.JsonProperty("token_type")
            String tokenType,

            @com.fasterxml.jackson.annotation.JsonProperty("expires_in")
            int expiresIn) {}

    @Post
    @ExecuteOn(TaskExecutors.BLOCKING)
    Token login(@Body Credentials credentials) {
        UserTable.Stored user = users.signIn(credentials.username(), credentials.password());
        TreeSet<String> roles = new TreeSet<>();
        user.grants().forEach(grant -> roles.add(grant.role()));
        Authentication authentication = Authentication.build(
                user.name(),
                roles,
                Map.of(
                        StaffSessions.USER_CLAIM, user.id().toString(),
                        StaffSessions.EPOCH_CLAIM, user.epoch()));
        String token = tokens.generateToken(authentication, seconds)
                .orElseThrow(() -> new IllegalStateException("the token was not generated"));
        return new Token(token, "Bearer", seconds);
    }
}
