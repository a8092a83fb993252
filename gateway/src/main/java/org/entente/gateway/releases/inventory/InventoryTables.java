package org.entente.gateway.releases.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Row;
import org.entente.gateway.journal.Write;

/** Rows of what was declared by hand, and of who may read the inventory. */
@Singleton
final class InventoryTables {
    private static final String SELECT = "SELECT id, declaration FROM inventory_entry ";

    /** Its own, so that stored columns do not change with the conventions of the HTTP interface. */
    private final JsonMapper json = JsonMapper.builder().build();

    private final Database database;

    InventoryTables(Database database) {
        this.database = database;
    }

    List<InventoryEntry> declared() {
        return database.query(SELECT + "ORDER BY authority, declared_us", this::entry);
    }

    Optional<InventoryEntry> declared(UUID id) {
        return database.one(SELECT + "WHERE id = ?", this::entry, id);
    }

    private InventoryEntry entry(Row row) throws SQLException {
        try {
            return json.readValue(row.string("declaration"), InventoryEntry.class);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored JSON column cannot be read", e);
        }
    }

    Write insert(UUID id, InventoryEntry entry, UUID by, Instant at) {
        try {
            return new Write.Insert(
                    "INSERT INTO inventory_entry (id, authority, declaration, declared_by, declared_us, entry)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    id,
                    entry.authority(),
                    json.writeValueAsString(entry),
                    by,
                    at,
                    Write.INDEX);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records can always be written", e);
        }
    }

    static Write delete(UUID id) {
        return new Write.Update("DELETE FROM inventory_entry WHERE id = ?", 1, id);
    }

    List<String> readers() {
        return database.query("SELECT party FROM inventory_reader ORDER BY party", row -> row.string("party"));
    }

    static Write admit(String party, UUID by, Instant at) {
        return new Write.Insert(
                "INSERT INTO inventory_reader (party, admitted_by, admitted_us, entry) VALUES (?, ?, ?, ?)",
                party,
                by,
                at,
                Write.INDEX);
    }

    static Write exclude(String party) {
        return new Write.Update("DELETE FROM inventory_reader WHERE party = ?", 1, party);
    }
}
