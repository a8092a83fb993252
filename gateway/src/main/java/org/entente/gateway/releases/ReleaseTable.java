package org.entente.gateway.releases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Row;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.disclosure.SealedPackage;
import org.entente.gateway.journal.Write;
import org.entente.gateway.statistics.ArtefactId;
import org.jspecify.annotations.Nullable;

/** Rows of datasets and releases. */
@Singleton
final class ReleaseTable {

    private static final TypeReference<List<SumDifference>> DIFFERENCES = new TypeReference<>() {};
    private static final String SELECT =
            "SELECT r.*, d.authority, m.digest AS metadata FROM data_release r JOIN dataset d ON d.id = r.dataset"
                    + " LEFT JOIN release_metadata m ON m.release_id = r.id ";

    /** Its own, so that stored columns do not change with the conventions of the HTTP interface. */
    private final JsonMapper json = JsonMapper.builder().build();

    private final Database database;

    ReleaseTable(Database database) {
        this.database = database;
    }

    /** The part of a dataset that is kept as JSON. */
    record Declaration(
            String title, SortedMap<SensitiveGroup, Facts.Presence> coverage, AbsentCells absent, List<SumRule> sums) {}

    /** A release with what is not shown of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(Release release, String authority, byte[] digest) {}

    Optional<Dataset> dataset(String id) {
        return database.one("SELECT * FROM dataset WHERE id = ?", this::dataset, id);
    }

    List<Dataset> datasets() {
        return database.query("SELECT * FROM dataset ORDER BY id", this::dataset);
    }

    private Dataset dataset(Row row) throws SQLException {
        Declaration declared = read(row.string("declaration"), Declaration.class);
        return new Dataset(
                row.string("id"),
                ArtefactId.parse(row.string("dataflow")),
                row.string("authority"),
                declared.title(),
                declared.coverage(),
                declared.absent(),
                declared.sums());
    }

    Write insert(Dataset dataset, UUID by, java.time.Instant at) {
        return new Write.Insert(
                "INSERT INTO dataset (id, dataflow, authority, declaration, declared_by, declared_us, entry)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                dataset.id(),
                dataset.dataflow().toString(),
                dataset.authority(),
                write(new Declaration(dataset.title(), dataset.coverage(), dataset.absent(), dataset.sums())),
                by,
                at,
                Write.INDEX);
    }

    Optional<Stored> release(UUID id) {
        return database.one(SELECT + "WHERE r.id = ?", this::stored, id);
    }

    List<Stored> releases(@Nullable String dataset) {
        return dataset == null
                ? database.query(SELECT + "ORDER BY r.dataset, r.number, r.edition", this::stored)
                : database.query(SELECT + "WHERE r.dataset = ? ORDER BY r.number, r.edition", this::stored, dataset);
    }

    /** Published releases, the newest of each dataset last. */
    List<Stored> published() {
        return database.query(
                SELECT + "WHERE r.state = ? ORDER BY r.dataset, r.number, r.edition",
                this::stored,
                ReleaseState.PUBLISHED);
    }

    private Stored stored(Row row) throws SQLException {
        byte[] digest = row.bytes("digest");
        byte[] metadata = row.bytesOrNull("metadata");
        Release release = new Release(
                row.uuid("id"),
                row.string("dataset"),
                row.intValue("number"),
                row.intValue("edition"),
                ReleaseStatus.valueOf(row.string("status")),
                ReleaseState.valueOf(row.string("state")),
                read(row.string("protection"), Protection.class),
                Base64Url.encode(digest),
                Base64Url.encode(row.bytes("pattern")),
                row.longValue("observations"),
                readDifferences(row.string("differences")),
                row.uuid("imported_by"),
                row.instant("imported_us"),
                row.uuidOrNull("approved_by"),
                row.stringOrNull("approver_name"),
                row.instantOrNull("approved_us"),
                row.stringOrNull("reason"),
                groups(row.string("groups_out")),
                row.instantOrNull("published_us"),
                metadata == null ? null : Base64Url.encode(metadata));
        return new Stored(release, row.string("authority"), digest);
    }

    Write insert(Release release, byte[] digest, byte[] pattern) {
        return new Write.Insert(
                "INSERT INTO data_release (id, dataset, number, edition, status, state, protection, digest, pattern,"
                        + " observations, differences, imported_by, imported_us, import_entry, groups_out)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
                release.id(),
                release.dataset(),
                release.number(),
                release.edition(),
                release.status(),
                release.state(),
                write(release.protection()),
                digest,
                pattern,
                release.observations(),
                write(release.differences()),
                release.importedBy(),
                release.importedAt(),
                Write.INDEX);
    }

    /** Where the true counts of a release stand that the node itself has protected. */
    Write insertOriginal(UUID release, Original original, Ledger.Revision revision) {
        return new Write.Insert(
                "INSERT INTO release_original (release_id, original, digest, revision) VALUES (?, ?, ?, ?)",
                release,
                original.id(),
                original.digest(),
                revision.toString());
    }

    /** How far a release's figures may differ from what was out when it was imported; free where nothing was declared. */
    Ledger.Revision revision(UUID release) {
        return database.one(
                        "SELECT revision FROM release_original WHERE release_id = ?",
                        row -> Ledger.Revision.parse(row.string("revision")),
                        release)
                .orElse(Ledger.Revision.FREE);
    }

    /** Where the true counts of a release stand. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Original(UUID id, byte[] digest) {}

    Optional<Original> original(UUID release) {
        return database.one(
                "SELECT original, digest FROM release_original WHERE release_id = ?",
                row -> new Original(row.uuid("original"), row.bytes("digest")),
                release);
    }

    /** Somebody's decision that small counts go out because they are public elsewhere. */
    Write insertPublicCells(UUID release, UUID by, String name, String reason, java.time.Instant at) {
        return new Write.Insert(
                "INSERT INTO release_public_cells (release_id, decided_by, name, reason, decided_us, entry)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                release,
                by,
                name,
                reason,
                at,
                Write.INDEX);
    }

    boolean publicCellsDecided(UUID release) {
        return database.one(
                        "SELECT name FROM release_public_cells WHERE release_id = ?",
                        row -> row.string("name"),
                        release)
                .isPresent();
    }

    /** The package that a release came in. */
    Write insert(UUID release, SealedPackage sealed) {
        return new Write.Insert(
                "INSERT INTO release_package (release_id, digest, manifest, signature, specification) VALUES (?, ?, ?, ?, ?)",
                release,
                HexFormat.of().parseHex(sealed.digest()),
                sealed.manifest(),
                sealed.signature(),
                sealed.specification());
    }

    /** Fails its draft unless the release is imported and was imported by somebody else. */
    Write approve(UUID release, UUID by, String name, java.time.Instant at, ReleaseApproval approval) {
        return new Write.Update(
                "UPDATE data_release SET state = ?, approved_by = ?, approver_name = ?, approved_us = ?, approve_entry = ?,"
                        + " reason = ?, groups_out = ? WHERE id = ? AND state = ? AND imported_by <> ?",
                1,
                ReleaseState.APPROVED,
                by,
                name,
                at,
                Write.INDEX,
                approval.reason(),
                approval.groups().stream().map(Enum::name).collect(Collectors.joining(",")),
                release,
                ReleaseState.IMPORTED,
                by);
    }

    /** Fails its draft unless the release is approved. */
    Write publish(UUID release, java.time.Instant at) {
        return new Write.Update(
                "UPDATE data_release SET state = ?, published_us = ?, publish_entry = ? WHERE id = ? AND state = ?",
                1,
                ReleaseState.PUBLISHED,
                at,
                Write.INDEX,
                release,
                ReleaseState.APPROVED);
    }

    private static SortedSet<SensitiveGroup> groups(String text) {
        SortedSet<SensitiveGroup> groups = new TreeSet<>();
        Arrays.stream(text.split(","))
                .filter(name -> !name.isEmpty())
                .forEach(name -> groups.add(SensitiveGroup.valueOf(name)));
        return groups;
    }

    private String write(Object value) {
        try {
            return value instanceof Protection protection
                    ? json.writerFor(Protection.class).writeValueAsString(protection)
                    : json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records can always be written", e);
        }
    }

    private <T> T read(String text, Class<T> type) throws SQLException {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored JSON column cannot be read", e);
        }
    }

    private List<SumDifference> readDifferences(String text) throws SQLException {
        try {
            return json.readValue(text, DIFFERENCES);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored JSON column cannot be read", e);
        }
    }
}
