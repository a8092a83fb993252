package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.List;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.OfficePackage;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.NodeIdentity;

/** Whose signature on a sealed package counts: that of the owning office's officers, as the party's own card lists them. */
@Singleton
public final class PackageSigners {
    private final NodeIdentity identity;

    PackageSigners(NodeIdentity identity) {
        this.identity = identity;
    }

    /**
     * Refuses a package that somebody else has signed. One that is sealed by its digest only is answered for by who imports and who approves
     * it.
     *
     * @throws EntenteException {@code signatory-unknown}, {@code package-damaged}
     */
    void require(OfficePackage opened, Dataset dataset) {
        require(opened, dataset, identity.chain());
    }

    /**
     * The same at a desk.
     *
     * @param cards the party's own, the current one last
     */
    public static void require(OfficePackage opened, Dataset dataset, List<CardDocument> cards) {
        String signer = opened.signedBy();
        if (signer == null) {
            return;
        }
        boolean officer = !cards.isEmpty()
                && cards.getLast().card().authorities().stream()
                        .filter(authority -> authority.id().equals(dataset.authority()))
                        .flatMap(authority -> authority.signatories().stream())
                        .anyMatch(one -> HexFormat.of()
                                .formatHex(Base64Url.decode(one.certificateSha256()))
                                .equals(signer));
        if (!officer) {
            throw new EntenteException(
                    ErrorCode.SIGNATORY_UNKNOWN,
                    "The certificate " + signer
                            + ", which signed the package, is not one of those that the card lists for "
                            + dataset.authority() + ".");
        }
    }
}
