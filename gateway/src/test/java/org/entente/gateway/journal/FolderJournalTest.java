package org.entente.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.TileHashReader;
import org.entente.crypto.journal.TlogProof;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal in a folder keeps what it has signed, and refuses to go on from anything else. */
class FolderJournalTest {
    private static final Ed25519NoteSigner SIGNER = Ed25519NoteSigner.ofSeed("desk.phl.invalid/journal", new byte[32]);

    @TempDir
    private Path scratch;

    private Path folder;
    private Path anchor;

    @BeforeEach
    void place() {
        folder = scratch.resolve("desk");
        anchor = scratch.resolve("anchor");
    }

    private FolderJournal create() {
        return FolderJournal.create(folder, anchor, SIGNER, Clock.systemUTC(), new SecureRandom());
    }

    private FolderJournal open() {
        return FolderJournal.open(folder, anchor, SIGNER, Clock.systemUTC(), new SecureRandom());
    }

    private static Appended add(FolderJournal journal, int number) {
        return journal.append("note", Map.of("kind", "note", "number", number), "subject", Map.of());
    }

    private void fill(int entries) {
        try (FolderJournal journal = create()) {
            for (int i = 0; i < entries; i++) {
                add(journal, i);
            }
        }
    }

    private String refusal() {
        return assertThrows(JournalUnavailableException.class, () -> open().close())
                .detail();
    }

    @Test
    void everyEntryIsProvedUnderASignedCheckpointAcrossRestartsAndTileBorders() throws Exception {
        fill(260);
        try (FolderJournal journal = open()) {
            assertEquals(260, journal.size());
            add(journal, 260);
            for (long index : List.of(0L, 255L, 256L, 260L)) {
                TlogProof proof = journal.prove(index);
                Checkpoint signed = proof.verify(
                                proof.saltedRecord().leaf(),
                                SIGNER.name(),
                                SIGNER.verifierKey().verifier(),
                                List.of())
                        .checkpoint();
                assertEquals(261, signed.size());
            }
        }
    }

    @Test
    void theFolderIsATreeOfTilesThatAnybodyCanCheck() throws Exception {
        fill(260);
        MerkleTree tree = new MerkleTree(260, new TileHashReader(260, id -> {
            try {
                return Files.readAllBytes(folder.resolve(id.path()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));
        Checkpoint signed = Checkpoint.open(
                        Files.readAllBytes(folder.resolve("checkpoint")),
                        SIGNER.name(),
                        SIGNER.verifierKey().verifier(),
                        List.of())
                .checkpoint();
        assertEquals(signed.root(), tree.root());
    }

    @Test
    void anAttachmentComesBackAsItWasAndAChangedOneIsRefused() throws IOException {
        byte[] content = "figures".getBytes(StandardCharsets.UTF_8);
        try (FolderJournal journal = create()) {
            journal.append("release", Map.of("kind", "release"), null, Map.of("figures", content));
        }
        try (FolderJournal journal = open()) {
            assertArrayEquals(content, journal.attachment(journal.entries().getFirst(), "figures"));
            try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
                Files.writeString(files.filter(Files::isRegularFile).findFirst().orElseThrow(), "other figures");
            }
            JournalUnavailableException refused = assertThrows(
                    JournalUnavailableException.class,
                    () -> journal.attachment(journal.entries().getFirst(), "figures"));
            assertTrue(refused.detail().contains("was changed"), refused.detail());
        }
    }

    @Test
    void aFolderThatWasSetBackIsRefused() throws IOException {
        fill(3);
        Map<Path, byte[]> before = snapshot();
        try (FolderJournal journal = open()) {
            add(journal, 3);
        }
        restore(before);
        assertTrue(refusal().contains("set back"));
    }

    @Test
    void aFolderThatWasSetBackAndWentOnOtherwiseIsRefused() throws IOException {
        fill(3);
        Map<Path, byte[]> before = snapshot();
        byte[] anchored = Files.readAllBytes(anchor.resolve(Anchor.FILE_NAME));
        try (FolderJournal journal = open()) {
            add(journal, 3);
        }
        byte[] newer = Files.readAllBytes(anchor.resolve(Anchor.FILE_NAME));
        restore(before);
        Files.write(anchor.resolve(Anchor.FILE_NAME), anchored);
        try (FolderJournal journal = open()) {
            add(journal, 33);
        }
        Files.write(anchor.resolve(Anchor.FILE_NAME), newer);
        assertTrue(refusal().contains("not those that were signed"));
    }

    @Test
    void aChangedEntryIsRefused() throws IOException {
        fill(3);
        Path entries = folder.resolve("entries");
        Files.writeString(entries, Files.readString(entries).replace("\"number\":1", "\"number\":7"));
        assertTrue(refusal().contains("not those that were signed"));
    }

    @Test
    void anEntryThatIsNoEntryIsRefused() throws IOException {
        fill(3);
        Path entries = folder.resolve("entries");
        Files.writeString(entries, Files.readString(entries).replace("\"index\":1", "\"index\":2"));
        assertTrue(refusal().contains("Entry 1 of the journal is damaged"));
    }

    @Test
    void aChangedTileIsRefused() throws IOException {
        fill(3);
        Files.write(folder.resolve("tile/0/000.p/3"), new byte[96]);
        assertTrue(refusal().contains("does not fit"));
    }

    @Test
    void withoutItsAnchorAJournalIsAdoptedByAPersonOrNotOpened() throws IOException {
        fill(2);
        Files.delete(anchor.resolve(Anchor.FILE_NAME));
        assertTrue(refusal().contains("is missing"));
        FolderJournal.adopt(folder, anchor, SIGNER, Clock.systemUTC(), new SecureRandom())
                .close();
        try (FolderJournal journal = open()) {
            assertEquals(2, journal.size());
        }
        assertThrows(
                JournalUnavailableException.class,
                () -> FolderJournal.adopt(folder, anchor, SIGNER, Clock.systemUTC(), new SecureRandom()));
    }

    @Test
    void aLineThatACrashCutShortIsTakenAwayAndAnEntryWithoutCheckpointCounts() throws IOException {
        fill(2);
        byte[] checkpoint = Files.readAllBytes(folder.resolve("checkpoint"));
        byte[] anchored = Files.readAllBytes(anchor.resolve(Anchor.FILE_NAME));
        try (FolderJournal journal = open()) {
            add(journal, 2);
        }
        // As if the machine had stopped after the entry, before checkpoint and anchor, and again within the next entry.
        Files.write(folder.resolve("checkpoint"), checkpoint);
        Files.write(anchor.resolve(Anchor.FILE_NAME), anchored);
        Files.writeString(folder.resolve("entries"), "{\"append", StandardOpenOption.APPEND);
        try (FolderJournal journal = open()) {
            assertEquals(3, journal.size());
            assertEquals(3, add(journal, 3).index());
        }
    }

    @Test
    void oneProcessAtATime() {
        try (FolderJournal journal = create()) {
            assertTrue(refusal().contains("Another command"));
            assertEquals(0, journal.size());
        }
    }

    @Test
    void whatCannotBeWrittenStopsTheJournal() throws IOException, VerificationException {
        try (FolderJournal journal = create()) {
            add(journal, 0);
            // The entries' file is gone and a folder stands in its place: nothing can be appended.
            Path entries = folder.resolve("entries");
            byte[] kept = Files.readAllBytes(entries);
            Files.delete(entries);
            Files.createDirectory(entries);
            assertThrows(JournalUnavailableException.class, () -> add(journal, 1));
            Files.delete(entries);
            Files.write(entries, kept);
            assertThrows(JournalUnavailableException.class, () -> add(journal, 2));
        }
        try (FolderJournal journal = open()) {
            assertEquals(1, journal.size());
            assertEquals(1, add(journal, 3).index());
        }
    }

    private Map<Path, byte[]> snapshot() throws IOException {
        Map<Path, byte[]> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        return files;
    }

    private void restore(Map<Path, byte[]> files) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!files.containsKey(file)) {
                    Files.delete(file);
                }
            }
        }
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Path copy = Files.write(scratch.resolve("copy"), file.getValue());
            Files.copy(copy, file.getKey(), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
