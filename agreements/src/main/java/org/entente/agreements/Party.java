package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state or a secretariat that is bound by the agreement (clause 2).
 *
 * @param id ISO 3166-1 alpha-3, an RCP's code, or another registered code
 * @param rootCard digest of the card at which trust in this party starts: base64url SHA-256
 * @param areas the party's own areas as codes of the agreement's area list; for a secretariat those of its members
 * @param onBehalfOf members for whom a secretariat acts; empty for a state
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Party(
        String id,
        Text name,
        Form form,
        Role role,
        String rootCard,
        List<String> areas,
        List<String> onBehalfOf,
        @Nullable String hostedBy,
        List<Authority> authorities,
        List<LiaisonOfficer> liaison,
        List<LegalBasis> legalBasis) {
    public Party {
        areas = Copies.of(areas);
        onBehalfOf = Copies.of(onBehalfOf);
        authorities = Copies.of(authorities);
        liaison = Copies.of(liaison);
        legalBasis = Copies.of(legalBasis);
    }

    /** State or secretariat. */
    public enum Form {
        STATE,
        SECRETARIAT
    }

    /** Whether the party gives figures, gets figures, or both. */
    public enum Role {
        SUPPLIER,
        RECIPIENT,
        BOTH;

        /** May this party be the provider of a leg? */
        public boolean supplies() {
            return this != RECIPIENT;
        }

        /** May this party be the consumer of a leg? */
        public boolean receives() {
            return this != SUPPLIER;
        }
    }
}
