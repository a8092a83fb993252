package org.entente.crypto.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedNoteTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Ed25519NoteSigner log = Ed25519NoteSigner.ofSeed("ita.example/journal", seed(1));
    private final Ed25519NoteSigner other = Ed25519NoteSigner.ofSeed("phl.example/journal", seed(2));
    private final CosignatureSigner witness =
            CosignatureSigner.ofSeed("mda.example/witness", seed(3), InstantSource.fixed(NOW));

    @Test
    void theNoteOfTheSpecificationIsReadAndWritten() throws VerificationException {
        String note = """
                Ognuno sta solo sul cuor della terra
                trafitto da un raggio di sole:

                ed è subito sera.

                — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
                """;
        SignedNote parsed = SignedNote.parse(note.getBytes(UTF_8));
        assertEquals(
                "quasimodo.example/salvatore", parsed.signatures().getFirst().name());
        assertEquals(note, parsed.toString());
        assertEquals(4, parsed.text().lines().count());
    }

    @Test
    void whatIsSignedVerifies() throws VerificationException {
        SignedNote note = SignedNote.parse(SignedNote.sign("text\n", log).encode());
        assertEquals(note.signatures(), note.verify(List.of(verifier(log))));
    }

    @Test
    void signingTwiceYieldsTheSameBytes() {
        assertArrayEquals(
                SignedNote.sign("text\n", log).encode(),
                SignedNote.sign("text\n", log).encode());
    }

    @Test
    void unknownKeysAreIgnored() throws VerificationException {
        SignedNote note = SignedNote.sign("text\n", other, log);
        assertEquals(List.of(note.signatures().get(1)), note.verify(List.of(verifier(log))));
    }

    @Test
    void noKnownKeyIsRefused() {
        SignedNote note = SignedNote.sign("text\n", other);
        refused(Reason.KEY_UNKNOWN, () -> note.verify(List.of(verifier(log))));
    }

    @Test
    void aKnownKeyThatFailsRejectsTheNoteEvenBesideAGoodSignature() {
        SignedNote wrong = SignedNote.sign("another text\n", other);
        SignedNote note = SignedNote.sign("text\n", log).with(wrong.signatures());
        refused(Reason.SIGNATURE_INVALID, () -> note.verify(List.of(verifier(log), verifier(other))));
    }

    @Test
    void sixteenSignaturesAreAccepted() throws VerificationException {
        SignedNote one = SignedNote.sign("text\n", other);
        SignedNote note = new SignedNote(
                        "text\n", Collections.nCopies(15, one.signatures().getFirst()))
                .with(SignedNote.sign("text\n", log).signatures());
        SignedNote parsed = SignedNote.parse(note.encode());
        assertEquals(16, parsed.signatures().size());
        assertEquals(1, parsed.verify(List.of(verifier(log))).size());
    }

    @Test
    void moreSignaturesThanAnyoneNeedsAreRefused() {
        String line = SignedNote.sign("text\n", log).signatures().getFirst().line() + "\n";
        refused(Reason.MALFORMED, () -> SignedNote.parse(("text\n\n" + line.repeat(101)).getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "text\n",
                "text\n\n",
                "text\n\n— name AAAAAAA=",
                "text\n\n- name AAAAAAA=\n",
                "text\n\n— na me AAAAAAA=\n",
                "text\n\n— na+me AAAAAAA=\n",
                "text\n\n— na\u2003me AAAAAAA=\n",
                "text\n\n— name AAAAAA==\n",
                "text\n\n— name AAAAAAB\n",
                "text\n\n— name AAAAAAB=\n",
                "text\n\n— name\n",
                "text\n\n—  AAAAAAA=\n",
                "te\txt\n\n— name AAAAAAA=\n",
                "text\r\n\n— name AAAAAAA=\n",
                "text\n\n— name AAAAAAA=\n\n",
                "text\n\n— name AAAAAAA=\nmore\n"
            })
    void whatIsNotInTheFormatIsRefused(String note) {
        refused(Reason.MALFORMED, () -> SignedNote.parse(note.getBytes(UTF_8)));
    }

    @Test
    void badUtf8IsRefused() {
        byte[] note = SignedNote.sign("text\n", log).encode();
        note[1] = (byte) 0xff;
        refused(Reason.MALFORMED, () -> SignedNote.parse(note));
    }

    @Test
    void aCosignatureVerifiesAndTellsItsTime() throws VerificationException {
        Checkpoint checkpoint = new Checkpoint("ita.example/journal", 7, Trees.leaf(1));
        SignedNote note = checkpoint.sign(log, witness);
        Checkpoint.Opened opened = Checkpoint.open(
                note.encode(),
                "ita.example/journal",
                verifier(log),
                List.of(witness.verifierKey().verifier()));
        assertEquals(checkpoint, opened.checkpoint());
        assertEquals(
                NOW, CosignatureVerifier.time(opened.cosignatures().getFirst().signature()));
    }

    @Test
    void aCosignatureWithAnotherTimeIsRefused() {
        SignedNote note = SignedNote.sign("text\n", witness);
        byte[] changed = note.signatures().getFirst().signature();
        changed[7] ^= 1;
        SignedNote spoiled =
                new SignedNote("text\n", List.of(new NoteSignature(witness.name(), witness.keyId(), changed)));
        refused(
                Reason.SIGNATURE_INVALID,
                () -> spoiled.verify(List.of(witness.verifierKey().verifier())));
    }

    @Test
    void aNoteSignatureIsNoCosignatureThoughTheKeyIsTheSame() {
        CosignatureSigner sameKey = CosignatureSigner.ofSeed("ita.example/journal", seed(1), InstantSource.fixed(NOW));
        SignedNote note = SignedNote.sign("text\n", log);
        refused(
                Reason.KEY_UNKNOWN,
                () -> note.verify(List.of(sameKey.verifierKey().verifier())));
    }

    @Test
    void aCheckpointOfAnotherJournalIsRefused() {
        byte[] note =
                new Checkpoint("elsewhere.example", 1, Trees.leaf(0)).sign(log).encode();
        refused(Reason.PROOF_INVALID, () -> Checkpoint.open(note, "ita.example/journal", verifier(log), List.of()));
    }

    @Test
    void aWitnessAloneDoesNotMakeACheckpoint() {
        byte[] note = new Checkpoint("ita.example/journal", 1, Trees.leaf(0))
                .sign(witness)
                .encode();
        refused(
                Reason.KEY_UNKNOWN,
                () -> Checkpoint.open(
                        note,
                        "ita.example/journal",
                        verifier(log),
                        List.of(witness.verifierKey().verifier())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "origin\n1\n",
                "origin\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "origin\n+1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "origin\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "origin\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
                "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n",
                "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
                "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n",
                "origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
            })
    void whatIsNoCheckpointIsRefused(String text) {
        refused(Reason.MALFORMED, () -> Checkpoint.parse(text));
    }

    @Test
    void extensionLinesAreKept() throws VerificationException {
        Checkpoint checkpoint = new Checkpoint("origin", 3, Trees.leaf(1), List.of("one", "two"));
        assertEquals(checkpoint, Checkpoint.parse(checkpoint.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "name+33d7b496",
                "example.com/log/testdata+33D7B496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
                "example.com/log/testdata+33d7b497+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
                "example.com/log/other+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx",
                "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx ",
                "example.com/log/testdata+33d7b496+AQ=="
            })
    void aKeyThatDoesNotMatchItsIdIsRefused(String vkey) {
        refused(Reason.MALFORMED, () -> VerifierKey.parse(vkey));
    }

    @Test
    void otherAlgorithmsAreNamedNotGuessed() throws VerificationException {
        VerifierKey rfc6962 =
                VerifierKey.parse(VerifierKey.of("name", 0x05, new byte[91]).toString());
        refused(Reason.ALGORITHM_MISMATCH, rfc6962::verifier);
        VerifierKey shortCompanion = VerifierKey.of("name", VerifierKey.ML_DSA_44_COSIGNATURE, new byte[1311]);
        refused(Reason.MALFORMED, shortCompanion::verifier);
        VerifierKey shortKey = VerifierKey.of("name", VerifierKey.ED25519, new byte[31]);
        refused(Reason.MALFORMED, shortKey::verifier);
    }

    private static NoteVerifier verifier(Ed25519NoteSigner signer) throws VerificationException {
        return signer.verifierKey().verifier();
    }

    private static byte[] seed(int fill) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) fill);
        return seed;
    }

    private interface Check {
        void run() throws VerificationException;
    }

    private static void refused(Reason reason, Check check) {
        assertEquals(
                reason, assertThrows(VerificationException.class, check::run).reason());
    }
}
