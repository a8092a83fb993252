package org.entente.gateway.access;

import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.token.generator.AccessTokenConfiguration;
import io.micronaut.security.token.generator.TokenGenerator;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeSet;
import org.entente.gateway.base.EntenteException;

/** From name and password to a token that stands for the user until it expires or the user is changed. */
@Singleton
public final class SignIn {
    private final Users users;
    private final TokenGenerator tokens;
    private final int seconds;

    SignIn(Users users, TokenGenerator tokens, AccessTokenConfiguration lifetime) {
        this.users = users;
        this.tokens = tokens;
        this.seconds = lifetime.getExpiration();
    }

    /** For how long a token is good at most. */
    int seconds() {
        return seconds;
    }

    /**
     * A token for the user.
     *
     * @throws EntenteException {@code unauthenticated}, {@code account-locked}
     */
    public String token(String name, String password) {
        UserTable.Stored user = users.signIn(name, password);
        TreeSet<String> roles = new TreeSet<>();
        user.grants().forEach(grant -> roles.add(grant.role()));
        Authentication authentication = Authentication.build(
                user.name(),
                roles,
                Map.of(
                        StaffSessions.USER_CLAIM, user.id().toString(),
                        StaffSessions.EPOCH_CLAIM, user.epoch()));
        return tokens.generateToken(authentication, seconds)
                .orElseThrow(() -> new IllegalStateException("the token was not generated"));
    }
}
