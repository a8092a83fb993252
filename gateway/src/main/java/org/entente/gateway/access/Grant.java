package org.entente.gateway.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * A role, held for one authority of the party or for all of them. Written {@code role} or {@code role@authority}.
 *
 * @param role one of {@link Roles}
 * @param authority the authority's id, or empty for every authority
 */
public record Grant(String role, String authority) implements Comparable<Grant> {

    /** Refuses roles that do not exist. */
    public Grant {
        if (!Roles.ALL.contains(role)) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "There is no role " + role + "; there are " + Roles.ALL + ".");
        }
        if (!authority.matches("[A-Za-z0-9_.-]{0,64}")) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "No authority has the id " + authority + ".");
        }
    }

    /** Reads {@code role} or {@code role@authority}. */
    @JsonCreator
    public static Grant parse(String text) {
        int at = text.indexOf('@');
        return at < 0 ? new Grant(text, "") : new Grant(text.substring(0, at), text.substring(at + 1));
    }

    /** Whether the grant holds for the authority. */
    public boolean covers(String askedRole, String askedAuthority) {
        return role.equals(askedRole) && (authority.isEmpty() || authority.equals(askedAuthority));
    }

    @Override
    @JsonValue
    public String toString() {
        return authority.isEmpty() ? role : role + "@" + authority;
    }

    @Override
    public int compareTo(Grant other) {
        return toString().compareTo(other.toString());
    }
}
