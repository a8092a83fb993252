package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** The register of tables that are public elsewhere, by dataset. */
@Singleton
public final class KnownTables {
    private final Datasets datasets;
    private final Database database;
    private final CubeStore store;
    private final Journal journal;
    private final Mappings mappings;
    private final ImportSettings settings;
    private final Uuids ids;
    private final Clock clock;

    KnownTables(
            Datasets datasets,
            Database database,
            CubeStore store,
            Journal journal,
            Mappings mappings,
            ImportSettings settings,
            Uuids ids,
            Clock clock) {
        this.datasets = datasets;
        this.database = database;
        this.store = store;
        this.journal = journal;
        this.mappings = mappings;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Registers a public table; a statistician of the owning office does.
     *
     * @param file figures in any format that imports read
     * @param mapping how an office's own table becomes figures, or null
     * @param address where they are public
     * @param date of that edition
     * @throws EntenteException {@code known-table-exists}, {@code release-unprotected} for an address or a date that is none, and as an
     *     import
     */
    public KnownTable register(
            String datasetId,
            byte[] file,
            @Nullable String mapping,
            @Nullable String address,
            @Nullable String date,
            StaffUser by) {
        Dataset dataset = datasets.get(datasetId);
        by.require(Roles.STATISTICIAN, dataset.authority(), dataset.id());
        Protection.PublicSource source =
                (Protection.PublicSource) Protection.declared("PUBLIC_SOURCE", address, date, null, null, null);
        Cube cube = ReleaseChecks.read(
                new ByteArrayInputStream(file),
                datasets.flow(dataset),
                null,
                settings.readLimits(),
                mapping == null ? null : mappings.get(mapping).mapping());
        KnownTable known = new KnownTable(
                ids.next(),
                dataset.id(),
                source.address(),
                source.date(),
                Base64Url.encode(Digests.sha256(file)),
                Base64Url.encode(cube.digest()),
                cube.observationCount(),
                by.id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        store.write(known.id(), cube);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", "known-table-registered");
        record.put("time", known.registeredAt().toString());
        record.put("by", by.pseudonym());
        record.put("dataset", known.dataset());
        record.put("table", known.id().toString());
        record.put("address", known.address());
        record.put("date", known.date());
        record.put("file", known.file());
        record.put("digest", known.digest());
        record.put("observations", known.observations());
        try {
            journal.append(
                    new Draft("known-table-registered", record, known.id().toString(), List.of(insert(known))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(
                    ErrorCode.KNOWN_TABLE_EXISTS,
                    "These figures are registered for " + known.dataset() + " already.",
                    e);
        }
        return known;
    }

    private static Write insert(KnownTable known) {
        return new Write.Insert(
                "INSERT INTO known_table (id, dataset, address, edition_date, file_digest, digest, observations,"
                        + " registered_by, registered_us, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                known.id(),
                known.dataset(),
                known.address(),
                known.date(),
                Base64Url.decode(known.file()),
                Base64Url.decode(known.digest()),
                known.observations(),
                known.registeredBy(),
                known.registeredAt(),
                Write.INDEX);
    }

    /** The tables registered for a dataset, the oldest first. */
    public List<KnownTable> of(String dataset) {
        return database.query("SELECT * FROM known_table WHERE dataset = ? ORDER BY id", KnownTables::known, dataset);
    }

    private static KnownTable known(Row row) throws SQLException {
        return new KnownTable(
                row.uuid("id"),
                row.string("dataset"),
                row.string("address"),
                row.string("edition_date"),
                Base64Url.encode(row.bytes("file_digest")),
                Base64Url.encode(row.bytes("digest")),
                row.longValue("observations"),
                row.uuid("registered_by"),
                row.instant("registered_us"));
    }

    /** Their figures. */
    List<Cube> figures(String dataset) {
        Structure structure = datasets.flow(datasets.get(dataset)).structure();
        return of(dataset).stream()
                .map(known -> store.read(known.id(), structure, Base64Url.decode(known.digest())))
                .toList();
    }
}
