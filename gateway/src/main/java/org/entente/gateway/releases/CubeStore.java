package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Sql;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeCodec;
import org.entente.gateway.statistics.Structure;

/** Cubes in the database: compressed columns in chunks that fit any packet limit. */
@Singleton
final class CubeStore {

    private static final int CHUNK_BYTES = 1 << 20;

    /** Chunks of an import that is still under way are younger than this. */
    private static final Duration SWEEP_AFTER = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;

    CubeStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Writes the chunks in a transaction of their own, ahead of the release's journaled row: megabytes do not belong into
     * the journal's transaction, and chunks without a release are invisible.
     */
    void write(UUID release, Cube cube) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(compressed)) {
            CubeCodec.write(cube, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = compressed.toByteArray();
        database.inTransaction(connection -> {
            for (int seq = 0, from = 0; from < bytes.length; seq++, from += CHUNK_BYTES) {
                byte[] chunk = java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK_BYTES));
                Sql.update(
                        connection,
                        "INSERT INTO data_release_chunk (release_id, seq, bytes) VALUES (?, ?, ?)",
                        release,
                        seq,
                        chunk);
            }
            return bytes.length;
        });
    }

    /**
     * Reads a cube back.
     *
     * @param digest what its content must have
     * @throws EntenteException {@code release-damaged} if it has not
     */
    Cube read(UUID release, Structure structure, byte[] digest) {
        List<InputStream> chunks = database.query(
                "SELECT bytes FROM data_release_chunk WHERE release_id = ? ORDER BY seq",
                row -> new ByteArrayInputStream(row.bytes("bytes")),
                release);
        try (InputStream in = new InflaterInputStream(new SequenceInputStream(Collections.enumeration(chunks)))) {
            Cube cube = CubeCodec.read(structure, in);
            if (MessageDigest.isEqual(digest, cube.digest())) {
                return cube;
            }
            throw damaged(release, null);
        } catch (IOException e) {
            throw damaged(release, e);
        }
    }

    private static EntenteException damaged(UUID release, @org.jspecify.annotations.Nullable Throwable cause) {
        return new EntenteException(
                ErrorCode.RELEASE_DAMAGED,
                "The stored figures of release " + release + " do not have the digest in the journal.",
                cause);
    }

    /** Removes chunks that neither a release nor a known table refers to and that no import can still be about to refer to. */
    void sweep() {
        long before = clock.instant().minus(SWEEP_AFTER).toEpochMilli();
        // Ids are UUIDs of version 7, so ids made earlier are smaller.
        UUID bound = new UUID(before << 16, 0);
        database.update(
                "DELETE c FROM data_release_chunk c LEFT JOIN data_release r ON r.id = c.release_id"
                        + " LEFT JOIN known_table k ON k.id = c.release_id"
                        + " LEFT JOIN release_original o ON o.original = c.release_id"
                        + " WHERE r.id IS NULL AND k.id IS NULL AND o.original IS NULL AND c.release_id < ?",
                bound);
    }
}
