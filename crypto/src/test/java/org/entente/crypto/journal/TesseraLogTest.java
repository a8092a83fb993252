package org.entente.crypto.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.entente.crypto.VerificationException;
import org.junit.jupiter.api.Test;

/** A small log made by another implementation: its tiles, entries and signed checkpoints read as ours. */
class TesseraLogTest {
    private static final String ORIGIN = "example.com/log/testdata";
    private static final String VKEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    private final Path log = SharedVectors.locate("standards/vectors/tessera-testlog");

    @Test
    void theKeyReadsAndWritesAsPublished() throws VerificationException {
        assertEquals(VKEY, VerifierKey.parse(VKEY).toString());
    }

    @Test
    void everyCheckpointVerifiesAndIsTheRootOfItsTiles() throws Exception {
        for (long size = 0; size <= 15; size++) {
            Checkpoint checkpoint = checkpoint(size);
            assertEquals(size, checkpoint.size());
            assertEquals(tree(size).root(), checkpoint.root());
        }
    }

    @Test
    void checkpointsAreWrittenByteForByteAsTheyWereRead() throws Exception {
        byte[] note = Files.readAllBytes(log.resolve("checkpoint.9"));
        SignedNote signed = SignedNote.parse(note);
        assertArrayEquals(note, signed.encode());
        assertEquals(signed.text(), Checkpoint.parse(signed.text()).text());
    }

    @Test
    void everyEntryIsProvedInEveryLaterCheckpoint() throws Exception {
        for (long size = 1; size <= 15; size++) {
            List<byte[]> entries =
                    EntryBundle.parse(Files.readAllBytes(log.resolve(new TileId(0, 0, (int) size).entriesPath())));
            assertEquals(size, entries.size());
            for (int index = 0; index < size; index++) {
                tree(size)
                        .inclusion(index)
                        .verify(Hash.leaf(entries.get(index)), checkpoint(size).root());
            }
        }
    }

    @Test
    void everyCheckpointIsConsistentWithTheEarlierOnes() throws Exception {
        for (long newer = 1; newer <= 15; newer++) {
            for (long older = 1; older <= newer; older++) {
                tree(newer)
                        .consistency(older)
                        .verify(checkpoint(older).root(), checkpoint(newer).root());
            }
        }
    }

    @Test
    void bundlesAreWrittenAsTheyWereRead() throws Exception {
        byte[] bundle = Files.readAllBytes(log.resolve("tile/entries/000.p/15"));
        assertArrayEquals(bundle, EntryBundle.encode(EntryBundle.parse(bundle)));
    }

    @Test
    void aCheckpointWithOneChangedDigitIsRefused() throws Exception {
        String note = Files.readString(log.resolve("checkpoint.12"));
        byte[] changed = note.replace("\n12\n", "\n13\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        NoteVerifier key = VerifierKey.parse(VKEY).verifier();
        VerificationException refusal =
                assertThrows(VerificationException.class, () -> Checkpoint.open(changed, ORIGIN, key, List.of()));
        assertEquals(VerificationException.Reason.SIGNATURE_INVALID, refusal.reason());
    }

    private Checkpoint checkpoint(long size) throws IOException, VerificationException {
        byte[] note = Files.readAllBytes(log.resolve("checkpoint." + size));
        return Checkpoint.open(note, ORIGIN, VerifierKey.parse(VKEY).verifier(), List.of())
                .checkpoint();
    }

    private MerkleTree tree(long size) {
        return new MerkleTree(size, new TileHashReader(size, this::tile));
    }

    private byte[] tile(TileId id) {
        try {
            return Files.readAllBytes(log.resolve(id.path()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
