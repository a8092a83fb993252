package org.entente.gateway.journal;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.sql.DataSource;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.Ed25519NoteSigner;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.NoteSigner;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileReader;
import org.entente.crypto.journal.TlogProof;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The node's journal. Every act that changes state is appended here together with its rows; what has no entry has not
 * happened.
 *
 * <p>It starts with the first append, or by {@link #start()}, if the guard lets it. While the guard refuses, every append
 * fails with {@code journal-unavailable} and the guard's reason; reading goes on.
 */
@Singleton
public final class Journal implements AutoCloseable {
    private static final long RETRY_NANOS = 1_000_000_000L;

    private final JournalSettings settings;
    private final Database database;
    private final DataSource source;
    private final JournalIdentity identity;
    private final Clock clock;
    private final SecureRandom random;
    private final HeadReader heads = new HeadReader();
    private final Anchor anchor;
    private final JournalTiles tiles;
    private final Cosignatures cosignatures;
    private final ExecutorService continuations = Executors.newVirtualThreadPerTaskExecutor();

    private volatile @Nullable Running running;
    private volatile @Nullable SignedNote newest;
    private @Nullable JournalUnavailableException refusal;
    private long refusedAt;
    private boolean closed;

    @Inject
    Journal(
            JournalSettings settings,
            EntenteSettings node,
            Database database,
            JournalIdentity identity,
            Clock clock,
            SecureRandom random) {
        this(settings, database, database.source(), identity, new Anchor(node.home()), clock, random);
    }

    /** As above, with a seam between the sequencer and its connections. */
    Journal(
            JournalSettings settings,
            Database database,
            DataSource source,
            JournalIdentity identity,
            Anchor anchor,
            Clock clock,
            SecureRandom random) {
        this.settings = settings;
        this.database = database;
        this.source = source;
        this.identity = identity;
        this.anchor = anchor;
        this.clock = clock;
        this.random = random;
        this.cosignatures = new Cosignatures(database, clock);
        this.tiles = new JournalTiles(database, cosignatures);
    }

    private record Running(Sequencer sequencer, Acknowledger acknowledger, Keeper keeper) {}

    /**
     * Starts, if it does not run yet.
     *
     * @throws JournalUnavailableException with the guard's reason
     * @throws EntenteException if the database does not answer
     */
    public synchronized void start() {
        startUnlessRunning();
    }

    /**
     * Appends and waits until the entry is durable and its checkpoint signed.
     *
     * @throws JournalUnavailableException if the journal or the database cannot take it; nothing was kept, unless the
     *     exception says that this is unknown
     * @throws DuplicateWriteException if a row that the draft inserts is there already
     * @throws ConflictingWriteException if an update of the draft met another number of rows than it expected
     */
    public Appended append(Draft draft) {
        try {
            return submit(draft).join();
        } catch (CompletionException e) {
            throw unwrapped(e);
        }
    }

    /**
     * As {@link #append}, without waiting. The future fails with the exceptions named there. What is chained to it runs
     * on a virtual thread.
     */
    public CompletableFuture<Appended> appendAsync(Draft draft) {
        return submit(draft).thenApplyAsync(Function.identity(), continuations);
    }

    private CompletableFuture<Appended> submit(Draft draft) {
        byte[] salt = new byte[SaltedRecord.SALT_LENGTH];
        random.nextBytes(salt);
        Pending pending = new Pending(draft, salt);
        try {
            sequencer().offer(pending);
        } catch (EntenteException e) {
            pending.result.completeExceptionally(e);
        }
        return pending.result;
    }

    private static RuntimeException unwrapped(CompletionException e) {
        // The same exception object may belong to many callers of a batch; each gets its own, with its own stack.
        if (e.getCause() instanceof JournalUnavailableException shared) {
            return shared.again();
        }
        return e.getCause() instanceof RuntimeException own ? own : e;
    }

    private Sequencer sequencer() {
        Running now = running;
        if (now != null && now.sequencer().fault() == null) {
            return now.sequencer();
        }
        synchronized (this) {
            return startUnlessRunning().sequencer();
        }
    }

    private Running startUnlessRunning() {
        Running now = running;
        if (now != null) {
            if (now.sequencer().fault() == null) {
                return now;
            }
            // It stopped by itself; whether it may go on is for the guard to say.
            running = null;
            stop(now);
        }
        if (closed) {
            throw new JournalUnavailableException("The node is stopping.", null);
        }
        JournalUnavailableException known = refusal;
        if (known != null && System.nanoTime() - refusedAt < RETRY_NANOS) {
            throw known.again();
        }
        try {
            Running started = begin();
            running = started;
            refusal = null;
            return started;
        } catch (JournalUnavailableException e) {
            refusal = e;
            refusedAt = System.nanoTime();
            throw e;
        }
    }

    private Running begin() {
        Position position = new Guard(database, anchor, heads).pass(identity);
        Keeper keeper = new Keeper(database, anchor, settings.keepInterval());
        Acknowledger acknowledger = new Acknowledger(identity, (head, note) -> {
            newest = note;
            keeper.accept(head, note);
        });
        Sequencer sequencer = new Sequencer(
                settings, new JournalConnection(source), new BatchWriter(clock, heads), position, acknowledger::accept);
        keeper.start();
        acknowledger.start();
        sequencer.start();
        return new Running(sequencer, acknowledger, keeper);
    }

    /** Finishes what is under way; later appends are refused. */
    @Override
    @PreDestroy
    public synchronized void close() {
        closed = true;
        Running now = running;
        running = null;
        if (now != null) {
            stop(now);
        }
        continuations.close();
    }

    private static void stop(Running running) {
        try {
            running.sequencer().stop();
            running.acknowledger().stop();
            running.keeper().stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Begins the journal of a new node.
     *
     * @throws JournalUnavailableException if the database or the anchor file says that there is one already, or the
     *     server's settings are not durable
     */
    public synchronized void create() {
        new JournalSetUp(database, anchor).create(identity);
    }

    /**
     * Takes the journal in the database as it is, although there is no anchor file: for a new machine of an existing node, and
     * after a person has decided that a restored state is the right one. Other processes of the node check again.
     *
     * @throws JournalUnavailableException if the journal contradicts itself or the anchor file is there
     */
    public synchronized void adopt() {
        new JournalSetUp(database, anchor).adopt(identity, heads);
        refusal = null;
    }

    /**
     * Holds a checkpoint that somebody has seen of this journal against the database. If the database does not hold it, the journal stops,
     * and the checkpoint becomes the anchor, so that neither this process nor a later one goes on before a person has recovered it.
     *
     * @throws JournalUnavailableException if the database does not hold it
     * @throws EntenteException if the note is no checkpoint of this journal, or the database does not answer
     */
    public void compare(SignedNote seen) {
        Checkpoint checkpoint;
        try {
            requirePresentName(Checkpoint.parse(seen.text()).origin());
            checkpoint = identity.keys().open(seen, List.of()).checkpoint();
        } catch (VerificationException e) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "The note is no checkpoint of this journal: " + e.sentence(), e);
        }
        if (!holds(checkpoint)) {
            stopFor(seen, checkpoint);
        }
    }

    /** Whoever follows this journal under another name knows of a new beginning that the database does not, or not of the last one. */
    private void requirePresentName(String followed) {
        if (followed.equals(origin())) {
            return;
        }
        throw Guard.refuse(
                isNamed(followed)
                        ? "The partner follows " + followed + ", which was given up for " + origin()
                                + ". Its administrator or treaty officer confirms this node's newest card."
                        : "The partner follows this node's journal as " + followed + ", and the database holds "
                                + origin() + ": an older state was restored. Restore the newer one, or begin anew with"
                                + " `journal recover --new-origin`.");
    }

    private boolean holds(Checkpoint checkpoint) {
        return database.inTransaction(c -> {
            Optional<Head> head = JournalTables.head(c);
            return head.isPresent()
                    && head.get().size() >= checkpoint.size()
                    && heads.root(c, checkpoint.size()).equals(checkpoint.root());
        });
    }

    /** An anchor that stops the journal by itself, and knows of at least as much, is the better one. */
    private boolean anchorStopsIt(long size) {
        try {
            Optional<SignedNote> anchored = anchored();
            return anchored.isPresent()
                    && size(anchored.get()) >= size
                    && !holds(Checkpoint.parse(anchored.get().text()));
        } catch (VerificationException e) {
            return false;
        }
    }

    private synchronized void stopFor(SignedNote seen, Checkpoint checkpoint) {
        // A recovery may have come between the look and the lock.
        if (holds(checkpoint)) {
            return;
        }
        long size = checkpoint.size();
        database.update("UPDATE journal_head SET epoch = epoch + 1 WHERE id = 1");
        stopRunning();
        if (!anchorStopsIt(size)) {
            anchor.write(seen.encode());
        }
        JournalUnavailableException e = Guard.refuse("A partner has seen a checkpoint of " + size
                + " entries that this node has signed and the database does not hold. Recover the journal.");
        refusal = e;
        refusedAt = System.nanoTime();
        throw e;
    }

    /** The checkpoint in the anchor file, if there is one. */
    public Optional<SignedNote> anchored() {
        return anchor.read().map(note -> {
            try {
                return SignedNote.parse(note);
            } catch (VerificationException e) {
                throw new JournalUnavailableException(anchor.file() + " is damaged.", e);
            }
        });
    }

    /**
     * Refills a journal that was set back, up to a checkpoint that it has signed before, and goes on from there.
     *
     * @param target that checkpoint
     * @param others what else others have seen of it, no larger
     * @param copies level 0 tiles of this journal, from whoever has kept them
     * @return how many entries are lost but for their leaf hashes
     * @throws JournalUnavailableException if the tiles do not lead to the checkpoint, or to what others have seen on the way; nothing is
     *     changed then
     */
    public synchronized long recover(SignedNote target, List<SignedNote> others, TileReader copies) {
        stopRunning();
        long lost =
                new JournalRecovery(database, anchor, heads, clock).recover(identity.keys(), target, others, copies);
        newest = null;
        refusal = null;
        return lost;
    }

    /**
     * Tries whether {@link #recover} would do, and changes nothing.
     *
     * @throws JournalUnavailableException if it would not, saying why
     */
    public synchronized void rehearse(SignedNote target, List<SignedNote> others, TileReader copies) {
        stopRunning();
        new JournalRecovery(database, anchor, heads, clock).rehearse(identity.keys(), target, others, copies);
    }

    /**
     * What the database held of the journal when it went on under another name.
     *
     * @param origin the name that ended
     */
    public record Ended(String origin, long size, Hash root) {}

    /**
     * Goes on under another name and key, because the journal cannot be continued. The caller sees to it that {@link JournalIdentity} answers
     * accordingly from then on.
     *
     * @param next the journal key from now on; its name is the new origin
     * @param signers all that sign its checkpoints, that key first
     * @param gap the first entry under the new name
     * @return where it stands
     * @throws JournalUnavailableException if the database holds no journal, or one that contradicts itself; nothing is changed then
     */
    public synchronized long beginAnew(Ed25519NoteSigner next, List<NoteSigner> signers, Function<Ended, Draft> gap) {
        stopRunning();
        byte[] salt = new byte[SaltedRecord.SALT_LENGTH];
        random.nextBytes(salt);
        long index = new OriginChange(database, anchor, heads, clock).begin(next, signers, salt, gap);
        newest = null;
        refusal = null;
        return index;
    }

    private void stopRunning() {
        Running now = running;
        running = null;
        if (now != null) {
            stop(now);
        }
    }

    /** The journal's origin. */
    public String origin() {
        return identity.origin();
    }

    /** Whether the journal has or had that name. */
    public boolean isNamed(String origin) {
        return identity.keys(origin).isPresent();
    }

    /**
     * The newest signed checkpoint of this node.
     *
     * @throws JournalUnavailableException if nothing was ever signed
     */
    public SignedNote latestCheckpoint() {
        SignedNote own = newest;
        // Another process of the node may be further; what it has stored is signed and durable.
        Optional<SignedNote> stored = tiles.uncosigned();
        if (own == null || (stored.isPresent() && size(stored.get()) > size(own))) {
            return stored.orElseThrow(() -> new JournalUnavailableException("Nothing was signed yet.", null));
        }
        return own;
    }

    /** Number of entries under the newest checkpoint this process knows of; from memory once it has signed one. */
    public long size() {
        SignedNote own = newest;
        return size(own == null ? latestCheckpoint() : own);
    }

    private static long size(SignedNote note) {
        try {
            return Checkpoint.parse(note.text()).size();
        } catch (VerificationException e) {
            throw new IllegalStateException("a stored note is no checkpoint", e);
        }
    }

    /**
     * A fresh proof of an entry at the newest checkpoint, with salt and record if they are still kept.
     *
     * @throws EntenteException with {@code not-found} if that checkpoint does not reach the index
     */
    public TlogProof prove(long index) {
        return prove(index, latestCheckpoint());
    }

    /**
     * A proof of an entry at the newest checkpoint that a witness has cosigned, or at the newest at all while none that reaches the entry
     * is cosigned.
     *
     * @param preferred names of the keys of witnesses that the reader can check; another witness counts only where none of these has cosigned
     * @throws EntenteException as {@link #prove}
     */
    public TlogProof proveWitnessed(long index, Collection<String> preferred) {
        return prove(
                index,
                cosignatures
                        .newestAbove(index, preferred)
                        .or(() -> cosignatures.newestAbove(index))
                        .flatMap(tiles::checkpoint)
                        .orElseGet(this::latestCheckpoint));
    }

    /**
     * How many entries {@link #prove} reaches: those under the newest checkpoint that a process of this node has signed. An entry is durable,
     * with its rows, a moment before it belongs to them.
     */
    public long provable() {
        return size(latestCheckpoint());
    }

    /** The tree under the newest checkpoint. */
    public MerkleTree tree() {
        return tiles.tree(provable());
    }

    private TlogProof prove(long index, SignedNote checkpoint) {
        long size = size(checkpoint);
        Optional<JournalEntry> entry = index < size ? entry(index) : Optional.empty();
        if (entry.isEmpty()) {
            throw new EntenteException(ErrorCode.NOT_FOUND, "The journal has no entry " + index + ".");
        }
        SaltedRecord opening = entry.get().opening();
        return new TlogProof(
                index,
                tiles.tree(size).inclusion(index).path(),
                cosignatures.on(checkpoint),
                opening == null ? null : opening.encode());
    }

    /**
     * The signed checkpoint of a size. Where its note is not stored yet, it is signed again, by the same key to the same bytes (Ed25519 is deterministic).
     *
     * @throws EntenteException {@code not-found} if this node has never signed one of that size
     */
    public SignedNote checkpointAt(long size) {
        return tiles.uncosigned(size)
                .or(() -> read(c -> JournalTables.checkpointRoot(c, size)).map(root -> identity.sign(size, root)))
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "This journal has no checkpoint of " + size + " entries."));
    }

    /** Sibling hashes from an entry's leaf to the root of an earlier tree that holds it. */
    public List<Hash> inclusionAt(long index, long size) {
        return tiles.tree(size).inclusion(index).path();
    }

    /** The entry at an index. */
    public Optional<JournalEntry> entry(long index) {
        return read(c -> JournalTables.entries(c, index, 1)).stream()
                .filter(entry -> entry.index() == index)
                .findFirst();
    }

    /** Entries from an index on, in order. */
    public List<JournalEntry> entries(long from, int limit) {
        return read(c -> JournalTables.entries(c, from, limit));
    }

    /** The entries about a subject, oldest first. */
    public List<JournalEntry> bySubject(String subject) {
        return read(c -> JournalTables.entriesAbout(c, subject));
    }

    private interface Reading<T> {
        T read(Connection c) throws SQLException;
    }

    private <T> T read(Reading<T> reading) {
        return database.withConnection(reading::read);
    }
}
