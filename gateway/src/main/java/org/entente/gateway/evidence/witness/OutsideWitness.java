package org.entente.gateway.evidence.witness;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import java.net.URI;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.NoteVerifier;
import org.entente.crypto.journal.VerifierKey;

/**
 * A witness that is no partner: {@code entente.witness.outside.NAME.*}.
 *
 * @param name as the node's settings call it
 * @param url submission prefix, to which {@code /add-checkpoint} is appended
 * @param vkey its public key, of type 0x04 (Ed25519) or 0x06 (ML-DSA-44)
 */
@EachProperty("entente.witness.outside")
record OutsideWitness(@Parameter String name, URI url, String vkey) {
    /** Verifies its cosignatures. */
    NoteVerifier verifier() throws VerificationException {
        return VerifierKey.parse(vkey).cosignatureVerifier();
    }
}
