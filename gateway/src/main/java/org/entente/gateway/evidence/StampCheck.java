package org.entente.gateway.evidence;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.Fingerprint;
import org.entente.crypto.timestamp.TimestampChain;
import org.entente.crypto.timestamp.TimestampToken;
import org.entente.crypto.timestamp.TimestampTrust;
import org.entente.gateway.exchange.AnswerProof;
import org.jspecify.annotations.Nullable;

/** Checks the timestamps of an evidence file: that an entry is under a stamped checkpoint, and who stamped it when. */
final class StampCheck {
    private final Set<String> fingerprints;
    private final Set<String> agreed;

    /**
     * A check.
     *
     * @param fingerprints of authorities' certificates (or of issuers above them) that the verifier's user trusts
     * @param agreed base64url SHA-256 of the certificates that the agreement accepts; empty if it names none
     */
    StampCheck(Set<String> fingerprints, Collection<String> agreed) {
        this.fingerprints = Set.copyOf(fingerprints);
        this.agreed = Set.copyOf(agreed);
    }

    /**
     * What was found.
     *
     * @param time when the entry was there at the latest; null if no trusted authority says so
     */
    record Found(String entry, @Nullable Instant time, String sentence) {}

    /**
     * Checks one stamp.
     *
     * @param leaf of the entry that it is about
     * @param journal origin and key of the journal that holds the entry
     */
    Found check(EvidenceFile.Stamp stamp, Hash leaf, AnswerProof.JournalKey journal) throws VerificationException {
        TlogProof proof = TlogProof.parse(stamp.proof().getBytes(StandardCharsets.UTF_8));
        long size = journal.verify(proof, leaf).checkpoint().size();
        List<byte[]> tokens = new ArrayList<>();
        for (String token : stamp.tokens()) {
            tokens.add(Base64Url.decode("stamps.tokens", token));
        }
        TimestampChain chain = TimestampChain.parse(tokens);
        byte[] stamped = Digests.sha256(proof.checkpoint().encode());
        chain.tokens().getFirst().checkImprint(stamped);
        Set<X509Certificate> certificates = certificates(stamp, chain);
        String checkpoint = "'" + stamp.entry() + "' under the checkpoint of size " + size;
        if (fingerprints.isEmpty()) {
            TimestampToken first = chain.tokens().getFirst();
            return new Found(
                    stamp.entry(),
                    null,
                    checkpoint + " carries a timestamp of " + first.genTime() + " by "
                            + Certificates.describe(first.authority())
                            + ", which was not believed: no fingerprint of a timestamp authority was given");
        }
        TimestampChain.Attested attested =
                chain.verify(stamped, TimestampTrust.ofDigests(given(certificates), certificates));
        if (!agreed.isEmpty()) {
            requireAgreed(chain, stamped, certificates);
        }
        return new Found(
                stamp.entry(),
                attested.time(),
                checkpoint + " was there on " + attested.time() + ", attested by "
                        + Certificates.describe(attested.authority())
                        + (chain.tokens().size() > 1
                                ? ", renewed " + (chain.tokens().size() - 1) + " times"
                                : "")
                        + ", good until " + attested.goodUntil()
                        + (agreed.isEmpty() ? "; the agreement names no authority" : "; the agreement accepts it"));
    }

    private void requireAgreed(TimestampChain chain, byte[] stamped, Set<X509Certificate> certificates)
            throws VerificationException {
        try {
            chain.verify(stamped, TimestampTrust.ofDigests(agreed, certificates));
        } catch (VerificationException e) {
            throw new VerificationException(
                    Reason.KEY_UNKNOWN,
                    "The agreement does not accept the timestamp authority in the file: " + e.sentence(),
                    e);
        }
    }

    private Set<String> given(Set<X509Certificate> certificates) {
        Set<String> digests = new HashSet<>();
        for (X509Certificate certificate : certificates) {
            if (fingerprints.contains(
                    Fingerprint.of(Certificates.sha256(certificate)).toString())) {
                digests.add(TimestampTrust.digest(certificate));
            }
        }
        return digests;
    }

    private static Set<X509Certificate> certificates(EvidenceFile.Stamp stamp, TimestampChain chain)
            throws VerificationException {
        Set<X509Certificate> certificates = new HashSet<>();
        chain.tokens().forEach(token -> certificates.addAll(token.certificates()));
        for (String certificate : stamp.certificates()) {
            try {
                certificates.add(Certificates.ofDer(Base64Url.decode("stamps.certificates", certificate)));
            } catch (IllegalArgumentException e) {
                throw new VerificationException(Reason.MALFORMED, "A certificate of a stamp cannot be read.", e);
            }
        }
        return certificates;
    }
}
