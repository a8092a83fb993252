package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SigningKey;
import org.junit.jupiter.api.Test;

/** Checkpoints with ML-DSA-44 signatures beside those with Ed25519. */
class CompanionTest {
    private static final String ORIGIN = "ita.example/journal";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Checkpoint CHECKPOINT = new Checkpoint(ORIGIN, 7, Hash.leaf(new byte[] {1}));

    private final SigningKey quantum = SigningKey.mlDsa(SignatureAlgorithm.ML_DSA_44, seed(9));
    private final SubtreeSigner companion = SubtreeSigner.ofJournal(ORIGIN, quantum);
    private final Ed25519NoteSigner log = Ed25519NoteSigner.ofSeed(ORIGIN, seed(1));
    private final Ed25519NoteSigner before = Ed25519NoteSigner.ofSeed(ORIGIN, seed(2));

    private static byte[] seed(int value) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) value);
        return seed;
    }

    private JournalKeys keys() throws VerificationException {
        return JournalKeys.of(List.of(
                new ListedKey(before.verifierKey(), null), new ListedKey(log.verifierKey(), companion.verifierKey())));
    }

    /** The struct of the specification, written by hand, and the platform's own implementation of ML-DSA. */
    @Test
    void theSignedBytesAreThoseOfTheSpecification() throws IOException, GeneralSecurityException {
        byte[] signature = SubtreeSigner.of("phl.example/witness", quantum, InstantSource.fixed(NOW))
                .sign(CHECKPOINT.text().getBytes(UTF_8));
        assertEquals(8 + 2420, signature.length);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(message);
        out.writeBytes("subtree/v1\n\0");
        out.writeByte("phl.example/witness".length());
        out.writeBytes("phl.example/witness");
        out.writeLong(NOW.getEpochSecond());
        out.writeByte(ORIGIN.length());
        out.writeBytes(ORIGIN);
        out.writeLong(0);
        out.writeLong(7);
        out.write(CHECKPOINT.root().bytes());
        Signature platform = Signature.getInstance("ML-DSA", "SUN");
        platform.initVerify(quantum.publicKey());
        platform.update(message.toByteArray());
        assertTrue(platform.verify(signature, 8, 2420));
    }

    @Test
    void aJournalsCompanionSignsTheSameCheckpointTheSameWay() {
        byte[] text = CHECKPOINT.text().getBytes(UTF_8);
        assertArrayEquals(companion.sign(text), companion.sign(text));
        assertEquals(0, companion.sign(text)[7], "no time is stated");
        assertThrows(IllegalArgumentException.class, () -> companion.sign("no checkpoint\n".getBytes(UTF_8)));
    }

    @Test
    void bothSignaturesOpenACheckpointAndItsVkeySurvivesItsText() throws VerificationException {
        assertEquals(
                companion.verifierKey(),
                VerifierKey.parse(companion.verifierKey().toString()));
        SignedNote note = SignedNote.parse(CHECKPOINT.sign(log, companion).encode());
        Checkpoint.Opened opened = keys().open(note, List.of());
        assertEquals(CHECKPOINT, opened.checkpoint());
        assertEquals(List.of(), opened.cosignatures());
    }

    @Test
    void aStrippedCompanionIsRefused() {
        refused(Reason.SIGNATURE_MISSING, CHECKPOINT.sign(log));
        refused(Reason.KEY_UNKNOWN, CHECKPOINT.sign(companion));
    }

    @Test
    void anotherKeysCompanionAndOneOfAnotherCheckpointAreRefused() {
        SubtreeSigner other = SubtreeSigner.ofJournal(ORIGIN, SigningKey.mlDsa(SignatureAlgorithm.ML_DSA_44, seed(8)));
        refused(Reason.SIGNATURE_MISSING, CHECKPOINT.sign(log, other));
        SignedNote larger = new Checkpoint(ORIGIN, 8, CHECKPOINT.root()).sign(companion);
        refused(Reason.SIGNATURE_INVALID, CHECKPOINT.sign(log).with(larger.signatures()));
    }

    @Test
    void aSignatureIsBoundToTheNameOfItsKey() throws VerificationException {
        byte[] text = CHECKPOINT.text().getBytes(UTF_8);
        VerifierKey renamed = VerifierKey.of(
                "other.example",
                VerifierKey.ML_DSA_44_COSIGNATURE,
                companion.verifierKey().publicKey());
        assertTrue(companion.verifierKey().verifier().verify(text, companion.sign(text)));
        assertFalse(renamed.verifier().verify(text, companion.sign(text)));
    }

    @Property(tries = 100)
    void aSignatureWithAnyBitChangedIsRefused(@ForAll @IntRange(max = 8 * 2428 - 1) int bit)
            throws VerificationException {
        byte[] text = CHECKPOINT.text().getBytes(UTF_8);
        byte[] signature = companion.sign(text);
        signature[bit / 8] ^= (byte) (1 << bit % 8);
        assertFalse(companion.verifierKey().verifier().verify(text, signature));
        assertFalse(companion.verifierKey().verifier().verify(text, Arrays.copyOf(signature, 2427)));
    }

    @Test
    void aCheckpointFromBeforeTheCompanionStaysOneAndIsNoneForWhatCameLater() throws VerificationException {
        SignedNote old = CHECKPOINT.sign(before);
        assertEquals(CHECKPOINT, keys().open(old, List.of()).checkpoint());
        keys().requireSince(old, before.verifierKey());
        keys().requireSince(CHECKPOINT.sign(before, log, companion), log.verifierKey());
        assertEquals(
                Reason.KEY_UNKNOWN,
                assertThrows(VerificationException.class, () -> keys().requireSince(old, log.verifierKey()))
                        .reason());
        assertThrows(VerificationException.class, () -> keys().now().open(old, List.of()));
    }

    @Test
    void aWitnessesCosignatureCountsOnlyWithThatOfItsCompanion() throws VerificationException {
        ListedKey listed = new ListedKey(log.verifierKey(), companion.verifierKey()).asWitness("ita.example/witness");
        WitnessKeys witnesses = WitnessKeys.of(List.of(listed));
        CosignatureSigner signer = CosignatureSigner.ofSeed("ita.example/witness", seed(1), InstantSource.fixed(NOW));
        SubtreeSigner beside = SubtreeSigner.of("ita.example/witness", quantum, InstantSource.fixed(NOW));
        JournalKeys journal = JournalKeys.of(before.verifierKey().verifier());
        List<WitnessKeys.Cosigned> counted =
                witnesses.counted(journal.open(CHECKPOINT.sign(before, signer, beside), witnesses.verifiers()));
        assertEquals(1, counted.size());
        assertEquals(NOW, CosignatureVerifier.time(counted.getFirst().line().signature()));
        assertTrue(counted.getFirst().companion() instanceof NoteSignature line
                && CosignatureVerifier.time(line.signature()).equals(NOW));
        Checkpoint.Opened stripped = journal.open(CHECKPOINT.sign(before, signer), witnesses.verifiers());
        assertEquals(
                Reason.SIGNATURE_MISSING,
                assertThrows(VerificationException.class, () -> witnesses.counted(stripped))
                        .reason());
        List<WitnessKeys.Cosigned> alone = new ArrayList<>(
                witnesses.counted(journal.open(CHECKPOINT.sign(before, beside), witnesses.verifiers())));
        assertEquals(List.of(), alone);
    }

    private void refused(Reason reason, SignedNote note) {
        VerificationException refusal = assertThrows(VerificationException.class, () -> keys().open(note, List.of()));
        assertEquals(reason, refusal.reason(), refusal.getMessage());
    }
}
