package org.entente.gateway.access;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.entente.gateway.base.Listeners;

/** Signing in: name and password against a bearer token. */
@Controller(port = Listeners.STAFF, value = "/login")
@Secured(SecurityRule.IS_ANONYMOUS)
final class LoginController {

    private final SignIn signIn;

    LoginController(SignIn signIn) {
        this.signIn = signIn;
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
        return new Token(signIn.token(credentials.username(), credentials.password()), "Bearer", signIn.seconds());
    }
}
