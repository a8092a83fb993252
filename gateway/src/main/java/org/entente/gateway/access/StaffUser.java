package org.entente.gateway.access;

import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * The person or program that acts, as the node knows it. Controllers on the staff listener take it as a parameter.
 *
 * @param pseudonym 16 hexadecimal digits under which partners see the user; the node alone can tell who it is
 */
public record StaffUser(UUID id, String name, Set<Grant> grants, String pseudonym) {

    /** Keeps the grants in a fixed order. */
    public StaffUser {
        grants = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(grants));
    }

    /** The roles held for any authority. */
    public Set<String> roles() {
        return grants.stream().map(Grant::role).collect(Collectors.toCollection(TreeSet::new));
    }

    public boolean hasRole(String role) {
        return grants.stream().anyMatch(grant -> grant.role().equals(role));
    }

    public boolean hasRole(String role, String authority) {
        return grants.stream().anyMatch(grant -> grant.covers(role, authority));
    }

    /** @throws EntenteException {@code forbidden}, naming the role */
    public void require(String role) {
        if (!hasRole(role)) {
            throw new EntenteException(ErrorCode.FORBIDDEN, "This needs the role " + role + ".");
        }
    }

    /** @throws EntenteException {@code forbidden}, naming role and authority */
    public void require(String role, String authority) {
        if (!hasRole(role, authority)) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN, "This needs the role " + role + " for the authority " + authority + ".");
        }
    }

    /** The value of the header {@code Entente-Requester}: the role acted in, and the pseudonym. */
    public String requester(String role) {
        require(role);
        return role + ";u=" + pseudonym;
    }
}
