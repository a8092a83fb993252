package org.entente.agreements.life;

import java.util.Set;

/**
 * Who signed an act, as a fact that the caller has established.
 *
 * @param certificateSha256 base64url SHA-256 of the certificate under which the signature verified
 * @param signatories certificates (same form) that the acting party's card lists as signatories
 */
public record Author(String certificateSha256, Set<String> signatories) {
    public Author {
        signatories = Set.copyOf(signatories);
    }

    /** Is the signer one of the party's signatories? */
    boolean isSignatory() {
        return signatories.contains(certificateSha256);
    }
}
