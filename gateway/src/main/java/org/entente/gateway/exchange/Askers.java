package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.NodeIdentity;

/** Members of staff as those who ask: in which role, and for which authorities of the party. */
@Singleton
public final class Askers {
    private static final List<String> READING = List.of(Roles.STATISTICIAN, Roles.TREATY_OFFICER, Roles.AUDITOR);

    private final NodeIdentity identity;

    Askers(NodeIdentity identity) {
        this.identity = identity;
    }

    /**
     * The user in the first role that reads figures and is not confined to single datasets of the party's own.
     *
     * @throws EntenteException {@code forbidden} if there is none
     */
    public Question.Asker of(StaffUser user) {
        String role = READING.stream()
                .filter(candidate -> !user.authorities(candidate).isEmpty())
                .findFirst()
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.FORBIDDEN,
                        "Figures are for " + Roles.STATISTICIAN + "; you are " + String.join(", ", user.roles())
                                + "."));
        return of(user, role);
    }

    /**
     * The user in a role.
     *
     * @throws EntenteException {@code forbidden} if the user does not hold it beyond single datasets
     */
    public Question.Asker of(StaffUser user, String role) {
        SortedSet<String> authorities = new TreeSet<>(user.authorities(role));
        if (authorities.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN, "This needs the role " + role + " for an authority, not for single datasets.");
        }
        if (authorities.contains("")) {
            authorities.clear();
            identity.card().authorities().stream().map(Card.Authority::id).forEach(authorities::add);
        }
        return new Question.Asker(user.name(), role, user.pseudonym(), authorities);
    }
}
