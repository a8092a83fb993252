package org.entente.gateway.treaties;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.Authority;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Party;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Where staff bring agreements forward. A treaty officer of one authority does so for that authority: proposes texts that name it, and
 * hands in what its own signatories have signed.
 */
@Singleton
public final class TreatyDesk {
    private final Treaties treaties;
    private final Signatories signatories;
    private final Scans scans;

    TreatyDesk(Treaties treaties, Signatories signatories, Scans scans) {
        this.treaties = treaties;
        this.signatories = signatories;
        this.scans = scans;
    }

    /**
     * Puts a text before the other parties under the seal of this node.
     *
     * @param counters digest of the text that it answers; null for a first proposal
     * @throws EntenteException {@code forbidden}, and as {@link Treaties#propose}
     */
    public ActReceipt propose(byte[] jsonOrYaml, @Nullable String counters, StaffUser by) {
        Agreement agreement;
        try {
            agreement = Agreement.author(jsonOrYaml);
        } catch (InvalidAgreementException e) {
            throw TreatyErrors.of(e);
        }
        require(by, authorities(agreement.party(signatories.own())), "that the text names");
        return treaties.propose(jsonOrYaml, counters, by.id().toString());
    }

    private static List<String> authorities(Optional<Party> own) {
        return own.stream()
                .flatMap(party -> party.authorities().stream())
                .map(Authority::id)
                .toList();
    }

    /**
     * Hands in what an officer has signed on the officer's own machine.
     *
     * @throws EntenteException {@code forbidden}, and as {@link Treaties#submit}
     */
    public ActReceipt submit(byte[] json, StaffUser by) {
        List<String> offices = signatories.authoritiesOf(treaties.read(json).certificateSha256());
        require(by, offices, "whose signatory signed");
        return treaties.submit(json, by.id().toString());
    }

    /**
     * Keeps the scan of a signature on paper.
     *
     * @throws EntenteException {@code forbidden}, and as {@link Scans#store}
     */
    public String store(byte[] scan, String media, StaffUser by) {
        by.require(Roles.TREATY_OFFICER);
        return scans.store(scan, media, by.id().toString());
    }

    /** The role for one of these authorities; whoever holds it for the whole party may do everything. */
    private static void require(StaffUser by, List<String> authorities, String which) {
        Set<String> held = by.authorities(Roles.TREATY_OFFICER);
        if (held.contains("")) {
            return;
        }
        if (authorities.stream().noneMatch(held::contains)) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN,
                    "This needs the role " + Roles.TREATY_OFFICER + " for an authority " + which
                            + (authorities.isEmpty() ? "" : " (" + String.join(", ", new TreeSet<>(authorities)) + ")")
                            + ".");
        }
    }
}
