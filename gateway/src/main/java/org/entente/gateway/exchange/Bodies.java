package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.Digests;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Write;

/**
 * The content-addressed store of bodies. What is stored under a digest is that content for ever, so storing twice is
 * harmless, and a body that a failed transaction left behind is at worst unused.
 */
@Singleton
public final class Bodies {
    /** Bytes of one row; well below the server's packet limit. */
    static final int CHUNK_BYTES = 1 << 20;

    private static final String INSERT = "INSERT IGNORE INTO body (digest, chunk, bytes) VALUES (?, ?, ?)";

    private final Database database;

    Bodies(Database database) {
        this.database = database;
    }

    /**
     * The writes that make a body durable together with a journal entry. A body of several chunks is stored at once, in transactions of
     * its own, so that the sequencer never holds its lock over megabytes.
     */
    List<Write> writes(byte[] digest, byte[] body) {
        if (body.length <= CHUNK_BYTES) {
            return List.of(new Write.Insert(INSERT, digest, 0, body));
        }
        for (int chunk = 0, from = 0; from < body.length; chunk++, from += CHUNK_BYTES) {
            byte[] bytes = Arrays.copyOfRange(body, from, Math.min(body.length, from + CHUNK_BYTES));
            database.update(INSERT, digest, chunk, bytes);
        }
        return List.of();
    }

    /**
     * The body with this digest, checked against it.
     *
     * @throws EntenteException {@code internal-error} if what is stored no longer has the digest
     */
    public Optional<byte[]> find(byte[] digest) {
        List<byte[]> chunks =
                database.query("SELECT bytes FROM body WHERE digest = ? ORDER BY chunk", r -> r.bytes("bytes"), digest);
        if (chunks.isEmpty()) {
            return Optional.empty();
        }
        byte[] body = chunks.size() == 1 ? chunks.getFirst() : join(chunks);
        if (!Arrays.equals(digest, Digests.sha256(body))) {
            throw new EntenteException(
                    ErrorCode.INTERNAL_ERROR, "A stored body no longer has the digest under which it was stored.");
        }
        return Optional.of(body);
    }

    /** Whether the body with this digest is still kept. */
    public boolean has(byte[] digest) {
        return database.one("SELECT chunk FROM body WHERE digest = ? AND chunk = 0", row -> true, digest)
                .isPresent();
    }

    /**
     * Puts a body back that is not there, from an archive.
     *
     * @return whether it was missing
     */
    public boolean restore(byte[] digest, byte[] body) {
        if (!Arrays.equals(digest, Digests.sha256(body))) {
            throw new EntenteException(ErrorCode.EVIDENCE_INVALID, "The body does not have its digest.");
        }
        boolean missing = find(digest).isEmpty();
        for (int chunk = 0, from = 0; missing && from < body.length; chunk++, from += CHUNK_BYTES) {
            byte[] bytes = Arrays.copyOfRange(body, from, Math.min(body.length, from + CHUNK_BYTES));
            database.update(INSERT, digest, chunk, bytes);
        }
        return missing;
    }

    /** The write that deletes a body together with a journal entry; nothing if it is not there. Whoever deletes has seen that nobody needs it. */
    public Optional<Write> deletion(byte[] digest) {
        int chunks = database.one(
                        "SELECT COUNT(*) AS n FROM body WHERE digest = ?", r -> r.intValue("n"), (Object) digest)
                .orElse(0);
        return chunks == 0
                ? Optional.empty()
                : Optional.of(new Write.Update("DELETE FROM body WHERE digest = ?", chunks, (Object) digest));
    }

    private static byte[] join(List<byte[]> chunks) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        chunks.forEach(whole::writeBytes);
        return whole.toByteArray();
    }
}
