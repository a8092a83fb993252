package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.crypto.Base64Url;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.sdmx.Artefact;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.TableMapping;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.Structure;

/** The mappings that this node keeps, by which offices' own tables are imported; tools see them among the structures. */
@Singleton
public final class Mappings implements ArtefactSource {

    private final Database database;
    private final Journal journal;
    private final Dataflows dataflows;
    private final EntenteSettings settings;
    private final Uuids ids;
    private final Clock clock;
    /** What stored mappings are as artefacts; a mapping is never changed. */
    private final Map<String, List<Artefact>> shown = new ConcurrentHashMap<>();

    Mappings(
            Database database, Journal journal, Dataflows dataflows, EntenteSettings settings, Uuids ids, Clock clock) {
        this.database = database;
        this.journal = journal;
        this.dataflows = dataflows;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A mapping as it is listed.
     *
     * @param digest SHA-256 of the document, base64url
     */
    public record Listed(String id, String version, String name, String structure, String digest, Instant storedAt) {}

    /** A mapping with the digest of the document that it was read from. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Stored(TableMapping mapping, byte[] document) {

        /** SHA-256 of the document, base64url. */
        public String digest() {
            return Base64Url.encode(sha256(document));
        }
    }

    /**
     * Stores a mapping, in the short form or as an SDMX message. Any member of staff with a role in releases may.
     *
     * @throws EntenteException {@code mapping-invalid}, {@code mapping-exists}
     */
    public Listed store(byte[] json, StaffUser by) {
        TableMapping mapping = TableMapping.parse(json);
        Structure structure = structure(mapping);
        mapping.check(structure);
        Instant now = clock.instant();
        byte[] document =
                mapping.message(structure, new MessageHeader(ids.next().toString(), now, settings.party()));
        byte[] digest = sha256(document);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", "mapping-stored");
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("mapping", mapping.id());
        record.put("version", mapping.version());
        record.put("digest", Base64Url.encode(digest));
        Write row = new Write.Insert(
                "INSERT INTO import_mapping (id, version, name, structure, document, digest, stored_by, stored_us, entry)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                mapping.id(),
                mapping.version(),
                mapping.name(),
                structure.id().toString(),
                document,
                digest,
                by.id(),
                now,
                Write.INDEX);
        try {
            journal.append(new Draft("mapping-stored", record, mapping.id(), List.of(row)));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(
                    ErrorCode.MAPPING_EXISTS,
                    "There is a mapping " + mapping.id() + " " + mapping.version() + " already.",
                    e);
        }
        return new Listed(
                mapping.id(),
                mapping.version(),
                mapping.name(),
                structure.id().toString(),
                Base64Url.encode(digest),
                now);
    }

    /** The structure that a mapping names; of one that names none, the first that the node knows. */
    private Structure structure(TableMapping mapping) {
        String named = mapping.structure();
        List<Dataflow> known = dataflows.all();
        return known.stream()
                .map(Dataflow::structure)
                .filter(structure -> named == null || structure.id().toString().equals(named))
                .findFirst()
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.MAPPING_INVALID,
                        "The mapping cannot be used: this node knows no structure " + named + "."));
    }

    /** All mappings by id, the newest version of each first. */
    public List<Listed> all() {
        return database
                .query(
                        "SELECT id, version, name, structure, digest, stored_us FROM import_mapping"
                                + " ORDER BY id, stored_us DESC",
                        Mappings::listed)
                .stream()
                .toList();
    }

    /** All versions of all mappings, maintained by this node's party. */
    @Override
    public List<Artefact> artefacts() {
        List<Artefact> artefacts = new ArrayList<>();
        for (Listed listed : all()) {
            artefacts.addAll(shown.computeIfAbsent(listed.id() + "@" + listed.version(), name -> {
                TableMapping mapping = get(name).mapping();
                return mapping.artefacts(structure(mapping), settings.party());
            }));
        }
        return artefacts;
    }

    private static Listed listed(Row row) throws SQLException {
        return new Listed(
                row.string("id"),
                row.string("version"),
                row.string("name"),
                row.string("structure"),
                Base64Url.encode(row.bytes("digest")),
                row.instant("stored_us"));
    }

    /**
     * A stored mapping.
     *
     * @param name its id, for the version stored last, or {@code ID@VERSION}
     * @throws EntenteException {@code mapping-unknown}, {@code mapping-invalid} if what is stored was damaged
     */
    public Stored get(String name) {
        int at = name.indexOf('@');
        List<Stored> found = at < 0
                ? database.query(
                        "SELECT document, digest FROM import_mapping WHERE id = ? ORDER BY stored_us DESC LIMIT 1",
                        Mappings::stored,
                        name)
                : database.query(
                        "SELECT document, digest FROM import_mapping WHERE id = ? AND version = ?",
                        Mappings::stored,
                        name.substring(0, at),
                        name.substring(at + 1));
        if (found.isEmpty()) {
            throw new EntenteException(ErrorCode.MAPPING_UNKNOWN, "There is no mapping " + name + ".");
        }
        return found.getFirst();
    }

    private static Stored stored(Row row) throws SQLException {
        byte[] document = row.bytes("document");
        if (!Arrays.equals(sha256(document), row.bytes("digest"))) {
            throw new SQLException("a stored mapping is not what was stored");
        }
        return new Stored(TableMapping.parse(document), document);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
