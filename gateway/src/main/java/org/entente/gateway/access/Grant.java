package org.entente.gateway.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * A role, held for one authority of the party or for all of them, and there for one dataset or for all of them. Written {@code
 * role[@authority][/dataset]}.
 *
 * @param role one of {@link Roles}
 * @param authority the authority's id, or empty for every authority
 * @param dataset the dataset's id, or empty for every dataset and all that is no dataset
 */
public record Grant(String role, String authority, String dataset) implements Comparable<Grant> {
    private static final Pattern TEXT = Pattern.compile("([^@/]*)(?:@([^@/]+))?(?:/([^@/]+))?");

    /** Refuses roles that do not exist. */
    public Grant {
        if (!Roles.ALL.contains(role)) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "There is no role " + role + "; there are " + Roles.ALL + ".");
        }
        if (!authority.matches("[A-Za-z0-9_.-]{0,64}")) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "No authority has the id " + authority + ".");
        }
        if (!dataset.matches("[A-Za-z0-9_.-]{0,64}")) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "No dataset has the id " + dataset + ".");
        }
        if (!dataset.isEmpty() && !Roles.OF_DATASETS.contains(role)) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "The role " + role + " is not held for single datasets; those that are: " + Roles.OF_DATASETS
                            + ".");
        }
    }

    /** For all datasets of the authority. */
    public Grant(String role, String authority) {
        this(role, authority, "");
    }

    /** Reads {@code role}, {@code role@authority}, {@code role/dataset} or {@code role@authority/dataset}. */
    @JsonCreator
    public static Grant parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "A role is written ROLE[@AUTHORITY][/DATASET], unlike " + text + ".");
        }
        String authority = matcher.group(2);
        String dataset = matcher.group(3);
        return new Grant(matcher.group(1), authority == null ? "" : authority, dataset == null ? "" : dataset);
    }

    /** Whether the grant holds for the authority as a whole. */
    public boolean covers(String askedRole, String askedAuthority) {
        return covers(askedRole, askedAuthority, "");
    }

    /** Whether the grant holds for a dataset of the authority. */
    public boolean covers(String askedRole, String askedAuthority, String askedDataset) {
        return role.equals(askedRole)
                && (authority.isEmpty() || authority.equals(askedAuthority))
                && (dataset.isEmpty() || dataset.equals(askedDataset));
    }

    @Override
    @JsonValue
    public String toString() {
        return role + (authority.isEmpty() ? "" : "@" + authority) + (dataset.isEmpty() ? "" : "/" + dataset);
    }

    @Override
    public int compareTo(Grant other) {
        return toString().compareTo(other.toString());
    }
}
