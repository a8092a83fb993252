package org.entente.gateway.journal;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.EntryBundle;
import org.entente.crypto.journal.MerkleTree;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.TileHashReader;
import org.entente.crypto.journal.TileId;
import org.entente.gateway.base.Database;

/** The public face of the journal as C2SP tlog-tiles: checkpoint, tiles and entry bundles. Reads even while guarded. */
@Singleton
public final class JournalTiles {
    private final Database database;
    private final Cosignatures cosignatures;

    JournalTiles(Database database, Cosignatures cosignatures) {
        this.database = database;
        this.cosignatures = cosignatures;
    }

    /** The newest checkpoint whose signature is stored, with the cosignatures that it has. */
    public Optional<SignedNote> checkpoint() {
        return uncosigned().map(cosignatures::on);
    }

    /** The checkpoint of that size with its cosignatures, if its note is stored. */
    public Optional<SignedNote> checkpoint(long size) {
        return uncosigned(size).map(cosignatures::on);
    }

    /** The same as this node has signed it. */
    Optional<SignedNote> uncosigned(long size) {
        return database.one(
                        "SELECT note FROM journal_checkpoint WHERE size = ? AND note IS NOT NULL",
                        row -> row.bytes("note"),
                        size)
                .map(JournalTiles::parse);
    }

    /** The newest checkpoint whose signature is stored, as this node has signed it. */
    Optional<SignedNote> uncosigned() {
        return database.one(
                        "SELECT note FROM journal_checkpoint WHERE note IS NOT NULL ORDER BY size DESC LIMIT 1",
                        row -> row.bytes("note"))
                .map(JournalTiles::parse);
    }

    private static SignedNote parse(byte[] note) {
        try {
            return SignedNote.parse(note);
        } catch (VerificationException e) {
            throw new IllegalStateException("a stored note is damaged", e);
        }
    }

    /** The hashes of a tile, 32 bytes each; nothing if the tree has no such tile or not that wide. */
    public Optional<byte[]> tile(TileId id) {
        return database.withConnection(c -> JournalTables.tile(c, id));
    }

    /** The entries below a level 0 tile as a bundle; nothing if the tree does not reach that far. */
    public Optional<byte[]> entries(TileId id) {
        long first = id.index() * TileId.FULL_WIDTH;
        // A bundle with a lost entry is not served: it could not be what its tile says.
        List<byte[]> entries = database.query(
                "SELECT entry FROM journal_entry WHERE idx >= ? AND idx < ? AND entry IS NOT NULL ORDER BY idx",
                row -> row.bytes("entry"),
                first,
                first + id.width());
        return entries.size() == id.width() ? Optional.of(EntryBundle.encode(entries)) : Optional.empty();
    }

    /** The tree of a size that a checkpoint was signed for, read from the stored tiles. */
    public MerkleTree tree(long size) {
        return new MerkleTree(
                size,
                new TileHashReader(
                        size, id -> tile(id).orElseThrow(() -> new IllegalStateException("missing " + id.path()))));
    }
}
