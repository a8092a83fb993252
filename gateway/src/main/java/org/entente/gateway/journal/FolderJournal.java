package org.entente.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.EntryBundle;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileHashReader;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.TileReader;
import org.entente.crypto.journal.Tiles;
import org.entente.crypto.journal.TlogProof;
import org.jspecify.annotations.Nullable;

/**
 * A journal in a folder, for a party with one machine and no database. Entries, tiles, checkpoints and proofs are the same as those of
 * {@link Journal}, so nobody who is shown them can tell which of the two keeps them. One process at a time, by a lock file.
 *
 * <p>What an act brings beside its record (a message, a table) is kept as an attachment: a file named by the SHA-256 of its
 * content, durable before the entry that names it. The state of a desk is what its entries say, read from the first to the last.
 */
public final class FolderJournal implements AutoCloseable {
    private final FolderFiles files;
    private final Anchor anchor;
    private final Ed25519NoteSigner signer;
    private final Clock clock;
    private final SecureRandom random;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, byte[]> tiles = new HashMap<>();
    private RightEdge edge = RightEdge.empty();
    private @Nullable SignedNote newest;
    private @Nullable JournalUnavailableException fault;

    private FolderJournal(
            FolderFiles files, Anchor anchor, Ed25519NoteSigner signer, Clock clock, SecureRandom random) {
        this.files = files;
        this.anchor = anchor;
        this.signer = signer;
        this.clock = clock;
        this.random = random;
    }

    /**
     * An entry of this journal.
     *
     * @param index from 0
     * @param kind what kind of act it is
     * @param subject what it is about, if anything
     * @param appended when, by the clock here
     * @param opening salt and record
     * @param attachments what came with it: hexadecimal SHA-256 by name
     */
    public record Entry(
            long index,
            String kind,
            @Nullable String subject,
            Instant appended,
            SaltedRecord opening,
            SortedMap<String, String> attachments) {}

    /**
     * Begins a journal.
     *
     * @param folder of the journal; may not hold one
     * @param anchorFolder outside of it, so that it is not set back together with the journal
     * @throws JournalUnavailableException if there is one already, or the anchor says that there was
     */
    public static FolderJournal create(
            Path folder, Path anchorFolder, Ed25519NoteSigner signer, Clock clock, SecureRandom random) {
        Anchor anchor = new Anchor(anchorFolder);
        if (anchor.read().isPresent()) {
            throw Guard.refuse(anchor.file() + " says that there is a journal " + signer.name()
                    + " already. Open that one, or choose another folder for the anchor.");
        }
        FolderFiles files = FolderFiles.lock(folder);
        try {
            FolderJournal journal = new FolderJournal(files, anchor, signer, clock, random);
            files.begin();
            journal.sign();
            return journal;
        } catch (IOException e) {
            files.close();
            throw unavailable("The journal in " + folder + " cannot be begun", e);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    /**
     * Opens a journal: reads every entry, and refuses it if it is damaged, or behind what was signed before.
     *
     * @throws JournalUnavailableException with cause and remedy
     */
    public static FolderJournal open(
            Path folder, Path anchorFolder, Ed25519NoteSigner signer, Clock clock, SecureRandom random) {
        return open(folder, new Anchor(anchorFolder), signer, clock, random, false);
    }

    /**
     * Opens a journal although there is no anchor: for a new machine, after a person has decided that the folder is the newest state.
     *
     * @throws JournalUnavailableException if the journal contradicts itself, or an anchor is there
     */
    public static FolderJournal adopt(
            Path folder, Path anchorFolder, Ed25519NoteSigner signer, Clock clock, SecureRandom random) {
        Anchor anchor = new Anchor(anchorFolder);
        if (anchor.read().isPresent()) {
            throw Guard.refuse(anchor.file() + " is there; a journal is adopted only where none was known.");
        }
        return open(folder, anchor, signer, clock, random, true);
    }

    private static FolderJournal open(
            Path folder, Anchor anchor, Ed25519NoteSigner signer, Clock clock, SecureRandom random, boolean adopting) {
        FolderFiles files = FolderFiles.lock(folder);
        try {
            FolderJournal journal = new FolderJournal(files, anchor, signer, clock, random);
            journal.load(adopting);
            return journal;
        } catch (IOException e) {
            files.close();
            throw unavailable("The journal in " + folder + " cannot be read", e);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private void load(boolean adopting) throws IOException {
        byte[] anchored = anchor.read().orElse(null);
        if (anchored == null && !adopting) {
            throw Guard.refuse(anchor.file() + " is missing, so it cannot be told whether the journal is up to date."
                    + " Put it back; on a new machine, adopt the journal as it is.");
        }
        entries.addAll(files.readEntries());
        List<Hash> leaves =
                entries.stream().map(entry -> entry.opening().leaf()).toList();
        grow(edge.append(leaves));
        Checkpoint signed = checked(files.readCheckpoint(), "the checkpoint in " + files.folder());
        if (anchored != null) {
            checked(anchored, anchor.file().toString());
        }
        // A crash between an entry and its checkpoint: the entry is durable, so it counts.
        if (signed.size() < entries.size() || anchored == null) {
            sign();
        } else {
            keepTiles();
            newest = note(files.readCheckpoint());
            anchor.write(files.readCheckpoint());
        }
    }

    /** Refuses a signed state that the entries do not contain. */
    private Checkpoint checked(byte[] note, String where) {
        Checkpoint signed;
        try {
            signed = Checkpoint.open(note, signer.name(), signer.verifierKey().verifier(), List.of())
                    .checkpoint();
        } catch (VerificationException e) {
            throw unavailable(where + " is damaged or belongs to another journal", e);
        }
        if (signed.size() > entries.size()) {
            throw Guard.refuse("The journal holds " + entries.size() + " entries, but " + signed.size()
                    + " were signed, as " + where + " says: it was set back. Restore the newer state.");
        }
        if (!tree(signed.size()).root().equals(signed.root())) {
            throw Guard.refuse("The first " + signed.size() + " entries are not those that were signed, as " + where
                    + " says: the journal was changed. Restore it.");
        }
        return signed;
    }

    /**
     * Appends and returns when the entry is durable and its checkpoint signed.
     *
     * @param kind as in {@link Draft}
     * @param record a JSON object as a map, a record or a Jackson node
     * @param attachments what is to be kept beside the record, by name
     * @throws JournalUnavailableException if it cannot be written; the journal takes nothing more until it is opened again
     */
    public synchronized Appended append(
            String kind, Object record, @Nullable String subject, Map<String, byte[]> attachments) {
        JournalUnavailableException known = fault;
        if (known != null) {
            throw known.forUntried();
        }
        Draft draft = new Draft(kind, record, subject, List.of());
        byte[] salt = new byte[SaltedRecord.SALT_LENGTH];
        random.nextBytes(salt);
        SaltedRecord opening = SaltedRecord.of(salt, draft.record());
        try {
            SortedMap<String, String> names = new TreeMap<>();
            for (Map.Entry<String, byte[]> attachment : attachments.entrySet()) {
                names.put(attachment.getKey(), files.store(attachment.getValue()));
            }
            Entry entry = new Entry(
                    entries.size(), kind, subject, clock.instant().truncatedTo(ChronoUnit.MICROS), opening, names);
            files.append(entry);
            entries.add(entry);
            grow(edge.append(List.of(opening.leaf())));
            sign();
            return new Appended(entry.index(), salt, draft.record(), prove(entry.index()));
        } catch (IOException e) {
            throw stop(unavailable("The journal in " + files.folder() + " cannot be written", e));
        } catch (JournalUnavailableException e) {
            throw stop(e);
        }
    }

    private JournalUnavailableException stop(JournalUnavailableException e) {
        fault = e;
        return e;
    }

    private void grow(RightEdge.Growth growth) {
        edge = growth.edge();
        for (RightEdge.Tile tile : growth.changed()) {
            tiles.put(key(tile.id().level(), tile.id().index()), tile.hashes());
        }
    }

    private static long key(int level, long index) {
        return ((long) level << 56) | index;
    }

    /** Writes what shows the present state: tiles and bundles, then the checkpoint, then the anchor. */
    private void sign() throws IOException {
        keepTiles();
        SignedNote note =
                new Checkpoint(signer.name(), edge.size(), tree(edge.size()).root()).sign(signer);
        files.writeCheckpoint(note.encode());
        anchor.write(note.encode());
        newest = note;
    }

    /** The tree and its entries as files, for whoever is shown the folder (C2SP tlog-tiles). */
    private void keepTiles() throws IOException {
        TileReader reader = reader();
        for (TileId id : Tiles.added(0, edge.size())) {
            files.keepTile(id.path(), reader.read(id));
            if (id.level() == 0) {
                int first = Math.toIntExact(id.index() * TileId.FULL_WIDTH);
                files.keepTile(
                        id.entriesPath(),
                        EntryBundle.encode(entries.subList(first, first + id.width()).stream()
                                .map(entry -> entry.opening().entry())
                                .toList()));
            }
        }
    }

    private static SignedNote note(byte[] bytes) {
        try {
            return SignedNote.parse(bytes);
        } catch (VerificationException e) {
            throw unavailable("The checkpoint is damaged", e);
        }
    }

    private TileReader reader() {
        return id -> {
            byte[] hashes = tiles.get(key(id.level(), id.index()));
            if (hashes == null) {
                throw new IllegalStateException("there is no tile " + id);
            }
            return hashes;
        };
    }

    private MerkleTree tree(long size) {
        return new MerkleTree(size, new TileHashReader(size, reader()));
    }

    /** All entries, in order. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Number of entries under the newest checkpoint. */
    public long size() {
        return edge.size();
    }

    /** The journal's origin. */
    public String origin() {
        return signer.name();
    }

    /** The newest signed checkpoint. */
    public SignedNote latestCheckpoint() {
        SignedNote note = newest;
        if (note == null) {
            throw new JournalUnavailableException("Nothing was signed yet.", null);
        }
        return note;
    }

    /** A proof of an entry at the newest checkpoint, with salt and record. */
    public TlogProof prove(long index) {
        return new TlogProof(
                index,
                tree(edge.size()).inclusion(index).path(),
                latestCheckpoint(),
                entries.get((int) index).opening().encode());
    }

    /**
     * What came with an entry.
     *
     * @throws JournalUnavailableException if the file is missing or is not what was kept
     */
    public byte[] attachment(Entry entry, String name) {
        String digest = entry.attachments().get(name);
        if (digest == null) {
            throw Guard.refuse("Entry " + entry.index() + " of kind " + entry.kind() + " came without " + name + ".");
        }
        return files.load(digest);
    }

    @Override
    public void close() {
        files.close();
    }

    static JournalUnavailableException unavailable(String what, Exception cause) {
        return new JournalUnavailableException(what + ": " + cause.getMessage() + ".", cause);
    }
}
