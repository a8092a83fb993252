package org.entente.gateway.journal;

import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.RightEdge;
import org.entente.crypto.journal.TileHashReader;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.TileReader;

/** Reads where the journal stands, and refuses a state that does not follow from the one known before. */
final class HeadReader {

    /** Locks the head; if it has moved since, follows it. */
    Position lockAndFollow(Connection c, Position known) throws SQLException {
        Head head = JournalTables.lockHead(c).orElseThrow(() -> lost("The journal's head row is gone."));
        if (head.equals(known.head())) {
            return known;
        }
        if (head.epoch() != known.head().epoch()) {
            throw lost("The journal was recovered by a person while this process was running.");
        }
        if (head.size() < known.head().size()) {
            throw lost("The database holds " + head.size() + " entries, but held "
                    + known.head().size() + " before: it was set back.");
        }
        return reading(() -> {
            TileReader tiles = new Tiles(c);
            if (!root(known.head().size(), tiles).equals(known.head().root())) {
                throw lost("The first " + known.head().size() + " entries of the journal are not what they were.");
            }
            return load(head, tiles);
        });
    }

    /** Reads the right edge that belongs to a head, and checks that it does. */
    Position load(Connection c, Head head) throws SQLException {
        return reading(() -> load(head, new Tiles(c)));
    }

    private static Position load(Head head, TileReader tiles) {
        RightEdge edge = RightEdge.load(head.size(), tiles);
        if (!edge.root().equals(head.root())) {
            throw lost("The tiles of the journal do not lead to the root in its head.");
        }
        return new Position(head, edge);
    }

    /** The root that the stored tiles yield at a size. */
    Hash root(Connection c, long size) throws SQLException {
        return reading(() -> root(size, new Tiles(c)));
    }

    private static Hash root(long size, TileReader tiles) {
        return new MerkleTree(size, new TileHashReader(size, tiles)).root();
    }

    static JournalUnavailableException lost(String detail) {
        return new JournalUnavailableException(detail, null);
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T reading(Reading<T> reading) throws SQLException {
        try {
            return reading.read();
        } catch (TileFailure e) {
            throw e.failure;
        }
    }

    /** Tiles on a connection, each read once. */
    private static final class Tiles implements TileReader {
        private final Connection connection;
        private final Map<TileId, byte[]> read = new HashMap<>();

        Tiles(Connection connection) {
            this.connection = connection;
        }

        @Override
        public byte[] read(TileId id) {
            byte[] known = read.get(id);
            if (known != null) {
                return known;
            }
            try {
                byte[] tile = JournalTables.tile(connection, id)
                        .orElseThrow(() -> lost("The journal's " + id.path() + " is missing or too short."));
                read.put(id, tile);
                return tile;
            } catch (SQLException e) {
                throw new TileFailure(e);
            }
        }
    }

    private static final class TileFailure extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final SQLException failure;

        TileFailure(SQLException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
