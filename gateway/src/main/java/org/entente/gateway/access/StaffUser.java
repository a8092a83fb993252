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

    public boolean hasRole(String role, String authority, String dataset) {
        return grants.stream().anyMatch(grant -> grant.covers(role, authority, dataset));
    }

    /** The authorities for which the role is held as a whole, not for single datasets; an empty id stands for all of them. */
    public Set<String> authorities(String role) {
        return grants.stream()
                .filter(grant -> grant.role().equals(role) && grant.dataset().isEmpty())
                .map(Grant::authority)
                .collect(Collectors.toCollection(TreeSet::new));
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

    /** @throws EntenteException {@code forbidden}, naming role, authority and dataset */
    public void require(String role, String authority, String dataset) {
        if (!hasRole(role, authority, dataset)) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN,
                    "This needs the role " + role + " for the authority " + authority + " or its dataset " + dataset
                            + ".");
        }
    }
}
