package org.entente.gateway.releases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.sdmx.Artefact;
import org.entente.gateway.sdmx.MigrationTopics;
import org.entente.gateway.sdmx.ReportHeadings;
import org.entente.gateway.sdmx.StructureReader;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.Metadataflow;
import org.entente.gateway.statistics.Metadataflows;
import org.jspecify.annotations.Nullable;

/**
 * The dataflows that a node knows: those that ship with the application, and those whose structures an office has imported. An imported
 * one is used as the shipped ones are: by datasets, releases, legs, exchanges and mappings, and in structure queries. What another process of
 * the node imports is seen after {@link ReleaseSettings#fresh()} at the latest.
 */
@Singleton
public final class OwnStructures implements Dataflows, Metadataflows, ArtefactSource {

    /** Largest message that is kept; it goes to the database in one packet. */
    private static final int MAX_BYTES = 8 << 20;

    private static final TypeReference<TreeMap<String, String>> ROLES = new TypeReference<>() {};

    private final Database database;
    private final Journal journal;
    private final AreaCodes areas;
    private final ReleaseSettings settings;
    private final ObjectMapper mapper;
    private final Uuids ids;
    private final Clock clock;
    private final List<Dataflow> shipped;
    private final List<Artefact> shippedTopics;
    private final List<Metadataflow> shippedReports = List.of(ReportHeadings.load());
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Known known;

    /**
     * What is known as of an instant.
     *
     * @param messages how many imported messages it was made from
     */
    private record Known(
            Instant taken, long messages, List<Dataflow> flows, List<Artefact> topics, List<Metadataflow> reports) {}

    OwnStructures(
            Database database,
            Journal journal,
            AreaCodes areas,
            Dataflow diaspora,
            ReleaseSettings settings,
            ObjectMapper mapper,
            Uuids ids,
            Clock clock) {
        this.database = database;
        this.journal = journal;
        this.areas = areas;
        this.settings = settings;
        this.mapper = mapper;
        this.ids = ids;
        this.clock = clock;
        this.shipped = DiasporaStructure.flows(diaspora);
        this.shippedTopics = MigrationTopics.of(shipped);
    }

    /**
     * An imported message as it is listed.
     *
     * @param dataflows that it brought
     * @param topics category schemes and categorisations that it brought
     * @param metadataflows that it brought
     * @param digest SHA-256 of the document, base64url
     */
    public record Listed(
            UUID id,
            List<String> dataflows,
            List<String> topics,
            List<String> metadataflows,
            String digest,
            Instant importedAt) {}

    /**
     * What a message has brought.
     *
     * @param topics category schemes and categorisations
     */
    public record Added(List<Dataflow> dataflows, List<Artefact> topics, List<Metadataflow> metadataflows) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(UUID id, byte[] document, byte[] digest, Map<String, String> roles, Instant importedAt) {}

    @Override
    public List<Dataflow> all() {
        return known().flows();
    }

    @Override
    public List<Metadataflow> metadataflows() {
        return known().reports();
    }

    /** The topics under which the dataflows stand, category schemes and categorisations, and the flows of reports about data. */
    @Override
    public List<Artefact> artefacts() {
        Known now = known();
        List<Artefact> artefacts = new ArrayList<>(now.topics());
        now.reports().forEach(flow -> artefacts.add(new Artefact.ReportFlow(flow)));
        return artefacts;
    }

    @SuppressWarnings("ReferenceEquality") // whether somebody has read in the meantime
    private Known known() {
        Known taken = known;
        if (taken != null && isFresh(taken)) {
            return taken;
        }
        // One thread looks; the others go on with a list that is only a little too old, if there is one.
        if (taken != null && reading.isLocked()) {
            return taken;
        }
        reading.lock();
        try {
            Known now = known;
            return now != null && now != taken ? now : read();
        } finally {
            reading.unlock();
        }
    }

    private boolean isFresh(Known taken) {
        return clock.instant().isBefore(taken.taken().plus(settings.fresh()));
    }

    private Known read() {
        Instant now = clock.instant();
        long messages = database.one("SELECT COUNT(*) AS n FROM own_structure", row -> row.longValue("n"))
                .orElse(0L);
        Known before = known;
        List<Dataflow> flows = before == null ? shipped : before.flows();
        List<Artefact> topics = before == null ? shippedTopics : before.topics();
        List<Metadataflow> reports = before == null ? shippedReports : before.reports();
        if (before == null || messages != before.messages()) {
            flows = new ArrayList<>(shipped);
            topics = new ArrayList<>(shippedTopics);
            reports = new ArrayList<>(shippedReports);
            for (Stored stored : stored()) {
                StructureReader.Read message = parse(stored.document(), stored.roles());
                flows.addAll(ImportedFlows.of(message.dataflows(), flows, areas).added());
                topics.addAll(ImportedCategories.of(message.categories(), flows, topics));
                reports.addAll(ImportedReports.of(message.metadataflows(), reports, flows)
                        .added());
            }
        }
        Known taken = new Known(now, messages, List.copyOf(flows), List.copyOf(topics), List.copyOf(reports));
        known = taken;
        return taken;
    }

    private List<Stored> stored() {
        return database.query(
                "SELECT id, document, digest, roles, imported_us FROM own_structure ORDER BY entry", this::stored);
    }

    private Stored stored(Row row) throws SQLException {
        byte[] document = row.bytes("document");
        byte[] digest = row.bytes("digest");
        if (!java.util.Arrays.equals(Digests.sha256(document), digest)) {
            throw new SQLException("an imported structure is not what was imported");
        }
        try {
            return new Stored(
                    row.uuid("id"),
                    document,
                    digest,
                    mapper.readValue(row.string("roles"), ROLES),
                    row.instant("imported_us"));
        } catch (JsonProcessingException e) {
            throw new SQLException("the roles of an imported structure cannot be read", e);
        }
    }

    private static StructureReader.Read parse(byte[] document, Map<String, String> roles) {
        try {
            return StructureReader.readAll(new ByteArrayInputStream(document), roles);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The messages that were imported, in the order of their import. */
    public List<Listed> imported() {
        Map<UUID, List<String>> flows = brought("type = 'dataflow'");
        Map<UUID, List<String>> reports = brought("type = 'metadataflow'");
        Map<UUID, List<String>> topics = brought("type IN ('categoryscheme', 'categorisation')");
        return database.query(
                "SELECT id, digest, imported_us FROM own_structure ORDER BY entry",
                row -> new Listed(
                        row.uuid("id"),
                        flows.getOrDefault(row.uuid("id"), List.of()),
                        topics.getOrDefault(row.uuid("id"), List.of()),
                        reports.getOrDefault(row.uuid("id"), List.of()),
                        Base64Url.encode(row.bytes("digest")),
                        row.instant("imported_us")));
    }

    private Map<UUID, List<String>> brought(String which) {
        return database
                .query(
                        "SELECT artefact, structure FROM own_artefact WHERE " + which + " ORDER BY artefact",
                        row -> Map.entry(row.uuid("structure"), row.string("artefact")))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    /** The message as it came. */
    public byte[] document(UUID id) {
        return database.one("SELECT document FROM own_structure WHERE id = ?", row -> row.bytes("document"), id)
                .orElseThrow(
                        () -> new EntenteException(ErrorCode.NOT_FOUND, "No structure was imported as " + id + "."));
    }

    /**
     * Takes the dataflows of a structure message and the topics under which they stand, all of them or none, for good: an artefact is never
     * changed, a new version stands beside it.
     *
     * @param roles by component id the names of roles ({@code REPORTING_AREA} ...) that the message does not tell
     * @return what is new
     * @throws EntenteException {@code forbidden} for who is no statistician; {@code file-unusable} if the message cannot be read or its figures could not be exchanged; {@code
     *     structure-exists} if there is another artefact of the same id and version
     */
    public Added importMessage(byte[] document, Map<String, String> roles, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        if (document.length > MAX_BYTES) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE, "The structure message is larger than " + MAX_BYTES + " bytes.");
        }
        StructureReader.Read message = parse(document, roles);
        reading.lock();
        try {
            Known before = read();
            ImportedFlows imported = ImportedFlows.of(message.dataflows(), before.flows(), areas);
            List<Dataflow> flows = new ArrayList<>(before.flows());
            flows.addAll(imported.added());
            ImportedReports reports = ImportedReports.of(message.metadataflows(), before.reports(), flows);
            Added added = new Added(
                    imported.added(),
                    ImportedCategories.of(message.categories(), flows, before.topics()),
                    reports.added());
            if (added.dataflows().isEmpty()
                    && added.topics().isEmpty()
                    && added.metadataflows().isEmpty()) {
                throw new EntenteException(
                        ErrorCode.STRUCTURE_EXISTS, "This node knows everything in the message already.");
            }
            List<ImportedFlows.Named> artefacts = new ArrayList<>(imported.artefacts());
            artefacts.addAll(reports.artefacts());
            added.topics().forEach(topic -> ImportedFlows.name(topic.type().path(), topic.id(), artefacts));
            append(document, roles, added, artefacts, by);
            read();
            return added;
        } finally {
            reading.unlock();
        }
    }

    private void append(
            byte[] document,
            Map<String, String> roles,
            Added added,
            List<ImportedFlows.Named> artefacts,
            StaffUser by) {
        UUID id = ids.next();
        Instant now = clock.instant();
        byte[] digest = Digests.sha256(document);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", "structure-imported");
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("structure", id.toString());
        record.put("digest", Base64Url.encode(digest));
        record.put("roles", new TreeMap<>(roles));
        record.put(
                "dataflows",
                added.dataflows().stream().map(flow -> flow.id().toString()).toList());
        if (!added.topics().isEmpty()) {
            record.put(
                    "topics",
                    added.topics().stream().map(topic -> topic.ref().urn()).toList());
        }
        if (!added.metadataflows().isEmpty()) {
            record.put(
                    "metadataflows",
                    added.metadataflows().stream()
                            .map(flow -> flow.id().toString())
                            .toList());
        }
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Insert(
                "INSERT INTO own_structure (id, document, digest, roles, imported_by, imported_us, entry)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                id,
                document,
                digest,
                json(roles),
                by.id(),
                now,
                Write.INDEX));
        artefacts.forEach(artefact -> writes.add(new Write.Insert(
                "INSERT INTO own_artefact (type, artefact, structure) VALUES (?, ?, ?)",
                artefact.type(),
                artefact.id().toString(),
                id)));
        try {
            journal.append(new Draft("structure-imported", record, id.toString(), writes));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(
                    ErrorCode.STRUCTURE_EXISTS, "Somebody else has just imported one of the message's artefacts.", e);
        }
    }

    private String json(Map<String, String> roles) {
        try {
            return mapper.writeValueAsString(new TreeMap<>(roles));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
