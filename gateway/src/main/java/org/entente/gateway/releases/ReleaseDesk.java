package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.DisclosureRule;
import org.entente.crypto.Base64Url;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.disclosure.OfficePackage;
import org.entente.gateway.disclosure.SealedPackage;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.sdmx.DataReader;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.Cube;
import org.jspecify.annotations.Nullable;

/** The three steps of a release: import, approval by another person, publication. Each is one journaled act. */
@Singleton
public final class ReleaseDesk {

    private static final int ATTEMPTS = 5;

    private final Datasets datasets;
    private final ReleaseTable table;
    private final CubeStore store;
    private final Releases releases;
    private final Journal journal;
    private final Users users;
    private final Mappings mappings;
    private final KnownTables known;
    private final RequiredProtection required;
    private final PackageSigners signers;
    private final DatasetMetadata metadata;
    private final EditionLedger ledger;
    private final ImportSettings settings;
    private final Uuids ids;
    private final Clock clock;
    private final @Nullable String ownArea;

    ReleaseDesk(
            Datasets datasets,
            ReleaseTable table,
            CubeStore store,
            Releases releases,
            Journal journal,
            Users users,
            Mappings mappings,
            KnownTables known,
            RequiredProtection required,
            PackageSigners signers,
            DatasetMetadata metadata,
            EditionLedger ledger,
            ImportSettings settings,
            AreaCodes areas,
            EntenteSettings node,
            Uuids ids,
            Clock clock) {
        this.datasets = datasets;
        this.table = table;
        this.store = store;
        this.releases = releases;
        this.journal = journal;
        this.users = users;
        this.mappings = mappings;
        this.known = known;
        this.required = required;
        this.signers = signers;
        this.metadata = metadata;
        this.ledger = ledger;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.ownArea = areas.areaOf(node.party()).orElse(null);
    }

    /**
     * Imports figures in any format that {@link DataReader} reads as a new release: all of it or nothing. A statistician of the
     * owning office does.
     *
     * @throws EntenteException {@code csv-malformed}, {@code code-unknown}, {@code duplicate-key} with every problem by
     *     row and column; {@code sums-differ} with the differences; {@code dataset-unknown}, {@code release-unknown},
     *     {@code forbidden}
     */
    public ImportReport importFigures(String datasetId, InputStream figures, ReleaseTerms terms, StaffUser by) {
        return importFigures(datasetId, figures, null, terms, by);
    }

    /**
     * As {@link #importFigures(String, InputStream, ReleaseTerms, StaffUser)} for an office's own table.
     *
     * @param mapping how the table becomes figures: id of a stored mapping or {@code ID@VERSION}; null if the file is SDMX or a
     *     workbook of ours
     * @throws EntenteException also {@code mapping-unknown}, {@code mapping-invalid}
     */
    public ImportReport importFigures(
            String datasetId, InputStream figures, @Nullable String mapping, ReleaseTerms terms, StaffUser by) {
        Dataset dataset = datasets.get(datasetId);
        by.require(Roles.STATISTICIAN, dataset.authority(), dataset.id());
        store.sweep();
        Mappings.Stored stored = mapping == null ? null : mappings.get(mapping);
        Cube read = read(dataset, figures, stored);
        return store(dataset, read, terms, new Origin(stored, null, judged(dataset, read, terms.protection())), by);
    }

    /**
     * Imports the figures of a package in which the office has sealed them after protecting them: the normal way in. The package is
     * held against its manifest and its signature, and its audit is repeated.
     *
     * @param sealed the package's bytes
     * @param mapping how its table becomes figures; null if it is an SDMX-CSV table
     * @throws EntenteException as {@link #importFigures(String, InputStream, String, ReleaseTerms, StaffUser)}; also {@code
     *     package-damaged}, {@code signatory-unknown}, {@code specification-invalid}, {@code table-invalid}, {@code protection-unproved}
     */
    public ImportReport importPackage(
            String datasetId,
            byte[] sealed,
            @Nullable String mapping,
            ReleaseStatus status,
            @Nullable Integer editionOf,
            StaffUser by) {
        Dataset dataset = datasets.get(datasetId);
        by.require(Roles.STATISTICIAN, dataset.authority(), dataset.id());
        store.sweep();
        OfficePackage opened = OfficePackage.open(sealed);
        signers.require(opened, dataset);
        Mappings.Stored stored = mapping == null ? null : mappings.get(mapping);
        Cube read = read(dataset, new ByteArrayInputStream(opened.figures()), stored);
        PackageImport.requireWhole(opened, read);
        PackageImport.requireSampleJudged(opened, read);
        Protection.ByOffice protection = PackageImport.protection(opened, settings.auditCells());
        return store(
                dataset,
                read,
                new ReleaseTerms(status, protection, editionOf),
                new Origin(stored, opened.sealed(), judged(dataset, read, protection)),
                by);
    }

    /**
     * Imports true counts, which the node protects before anything can be asked: by the strictest rule of national law, of every signed leg that
     * may ask for the dataset, and of the office, over everything that is imported and with all known tables. What cannot be proved is not
     * imported. The true counts answer no question.
     *
     * @param rule what the office itself asks for; null if law and legs are enough
     * @param revision how much the figures may differ from those out already, which the office declares to everybody
     * @throws EntenteException as {@link #importFigures(String, InputStream, String, ReleaseTerms, StaffUser)}; also {@code
     *     release-unprotected}, {@code sample-not-judged}, {@code table-invalid}, {@code protection-unproved}, {@code edition-unsafe}
     */
    public ImportReport importUnprotected(
            String datasetId,
            InputStream figures,
            @Nullable String mapping,
            @Nullable String rule,
            Ledger.Revision revision,
            ReleaseStatus status,
            @Nullable Integer editionOf,
            StaffUser by) {
        Dataset dataset = datasets.get(datasetId);
        by.require(Roles.STATISTICIAN, dataset.authority(), dataset.id());
        store.sweep();
        Mappings.Stored stored = mapping == null ? null : mappings.get(mapping);
        Cube read = read(dataset, figures, stored);
        if (CountedFigures.estimated(read, true)) {
            throw new EntenteException(
                    ErrorCode.SAMPLE_NOT_JUDGED,
                    "The figures are estimates from a sample; the node has no unweighted counts to judge them by.");
        }
        DisclosureRule strictest = required.of(dataset, rule == null ? null : AppliedRule.parse(rule));
        GatewayProtection.Shielded shielded =
                GatewayProtection.protect(read, dataset, strictest, known.figures(dataset.id()));
        List<String> reckoned = ledger.requireSafe(
                new EditionLedger.Edition(
                        "this release",
                        dataset,
                        read,
                        shielded.cube(),
                        shielded.protection().rule()),
                revision);
        UUID original = ids.next();
        store.write(original, read);
        return store(
                dataset,
                shielded.cube(),
                new ReleaseTerms(status, shielded.protection(), editionOf),
                new Origin(stored, null, new ReleaseTable.Original(original, read.digest()), revision, reckoned),
                by);
    }

    /** Holds what an office has protected against what balances tie to it, which this node has protected. */
    private List<String> judged(Dataset dataset, Cube shown, Protection protection) {
        return ledger.requireSafe(
                new EditionLedger.Edition("this release", dataset, null, shown, protection.applied()),
                Ledger.Revision.FREE);
    }

    private Cube read(Dataset dataset, InputStream figures, Mappings.@Nullable Stored stored) {
        return ReleaseChecks.read(
                figures,
                datasets.flow(dataset),
                ownArea,
                settings.readLimits(),
                stored == null ? null : stored.mapping());
    }

    /**
     * What the figures were read from besides their own file.
     *
     * @param balances with other datasets and periods that they were judged by
     */
    private record Origin(
            Mappings.@Nullable Stored mapping,
            @Nullable SealedPackage sealed,
            ReleaseTable.@Nullable Original original,
            Ledger.Revision revision,
            List<String> balances) {
        /** Figures that came protected. */
        private Origin(Mappings.@Nullable Stored mapping, @Nullable SealedPackage sealed, List<String> balances) {
            this(mapping, sealed, null, Ledger.Revision.FREE, balances);
        }
    }

    private ImportReport store(Dataset dataset, Cube read, ReleaseTerms terms, Origin origin, StaffUser by) {
        Cube cube = ReleaseChecks.marked(read, datasets.flow(dataset), terms.status());
        // What was rounded here does not add up any more; that it did was made sure of before.
        boolean rounded = terms.protection() instanceof Protection.ByGateway gateway
                && gateway.rule().method() != DisclosureRule.Method.SUPPRESSION;
        List<SumDifference> differences = rounded ? List.of() : ReleaseChecks.differences(dataset, cube);
        UUID id = ids.next();
        store.write(id, cube);
        for (int attempt = 1; ; attempt++) {
            Release release = release(id, dataset, cube, terms, differences, by);
            try {
                journal.append(imported(release, cube, origin, by));
                return new ImportReport(release, cube.heapBytes());
            } catch (DuplicateWriteException e) {
                // Somebody else imported into the same dataset and took the number.
                if (attempt == ATTEMPTS) {
                    throw new EntenteException(
                            ErrorCode.RELEASE_STEP, "Other imports into " + dataset.id() + " are under way.", e);
                }
            }
        }
    }

    private Release release(
            UUID id, Dataset dataset, Cube cube, ReleaseTerms terms, List<SumDifference> differences, StaffUser by) {
        List<Release> earlier = table.releases(dataset.id()).stream()
                .map(ReleaseTable.Stored::release)
                .toList();
        Integer editionOf = terms.editionOf();
        int number = editionOf != null
                ? editionOf
                : 1 + earlier.stream().mapToInt(Release::number).max().orElse(0);
        int edition = 1
                + earlier.stream()
                        .filter(release -> release.number() == number)
                        .mapToInt(Release::edition)
                        .max()
                        .orElse(0);
        if (editionOf != null && edition == 1) {
            throw new EntenteException(
                    ErrorCode.RELEASE_UNKNOWN, "The dataset " + dataset.id() + " has no release " + editionOf + ".");
        }
        return new Release(
                id,
                dataset.id(),
                number,
                edition,
                terms.status(),
                ReleaseState.IMPORTED,
                terms.protection(),
                Base64Url.encode(cube.digest()),
                Base64Url.encode(ReleaseChecks.pattern(cube)),
                cube.observationCount(),
                differences,
                by.id(),
                clock.instant(),
                null,
                null,
                null,
                null,
                new TreeSet<>(),
                null,
                null);
    }

    private Draft imported(Release release, Cube cube, Origin origin, StaffUser by) {
        Mappings.Stored mapping = origin.mapping();
        Map<String, Object> record = record("release-imported", release, release.importedAt(), by);
        record.put("status", release.status());
        record.put("protection", ReleaseChecks.protection(release.protection()));
        record.put("observations", release.observations());
        if (mapping != null) {
            record.put(
                    "mapping", mapping.mapping().id() + "@" + mapping.mapping().version());
            record.put("mappingDigest", mapping.digest());
        }
        record.put("differences", release.differences().size());
        if (!origin.balances().isEmpty()) {
            record.put("balances", origin.balances());
        }
        List<Write> writes = new ArrayList<>();
        writes.add(table.insert(release, cube.digest(), ReleaseChecks.pattern(cube)));
        if (origin.sealed() != null) {
            writes.add(table.insert(release.id(), origin.sealed()));
        }
        ReleaseTable.Original original = origin.original();
        if (original != null) {
            record.put("original", Base64Url.encode(original.digest()));
            record.put("revision", origin.revision().toString());
            writes.add(table.insertOriginal(release.id(), original, origin.revision()));
        }
        return new Draft("release-imported", record, release.id().toString(), writes);
    }

    private static Map<String, Object> record(String kind, Release release, Instant now, StaffUser by) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("release", release.id().toString());
        record.put("dataset", release.dataset());
        record.put("number", release.number());
        record.put("edition", release.edition());
        record.put("digest", release.digest());
        record.put("pattern", release.pattern());
        return record;
    }

    /**
     * Approves an imported release. An approver of the owning office does, and never the person who imported it. What came out since the
     * import is reckoned with.
     *
     * @throws EntenteException {@code four-eyes}, {@code forbidden}, {@code differences-not-accepted}, {@code edition-unsafe}, {@code
     *     release-step}, {@code release-unknown}
     */
    public Release approve(UUID id, ReleaseApproval approval, StaffUser by) {
        ReleaseTable.Stored stored = stored(id);
        Release release = stored.release();
        by.require(Roles.APPROVER, stored.authority(), release.dataset());
        if (release.importedBy().equals(by.id())) {
            throw new EntenteException(
                    ErrorCode.FOUR_EYES, by.name() + " imported this release; another approver must look at it.");
        }
        ReleaseChecks.requireApprovable(release, datasets.get(release.dataset()), approval);
        int registered = known.of(release.dataset()).size();
        ReleaseChecks.requireKnownTables(release, approval, registered, table.publicCellsDecided(id));
        ledger.requireStillSafe(stored);
        Instant now = clock.instant();
        Map<String, Object> record = record("release-approved", release, now, by);
        record.put("groups", approval.groups());
        if (approval.knownTables() != null) {
            record.put("knownTables", approval.knownTables());
            record.put("knownTablesRegistered", registered);
        }
        if (approval.reason() != null) {
            record.put("reason", approval.reason());
        }
        String name = users.get(by.name()).fullName();
        step(new Draft(
                "release-approved", record, id.toString(), List.of(table.approve(id, by.id(), name, now, approval))));
        return stored(id).release();
    }

    /**
     * Decides that small counts of a release go out although they are small, since they are public elsewhere. A statistician of the owning
     * office does, by name; without that the release is not approved.
     *
     * @throws EntenteException {@code request-malformed} if there are none or no reason is given; {@code release-step}, {@code
     *     release-unknown}, {@code forbidden}
     */
    public Release letPublicCellsOut(UUID id, @Nullable String reason, StaffUser by) {
        ReleaseTable.Stored stored = stored(id);
        Release release = stored.release();
        by.require(Roles.STATISTICIAN, stored.authority(), release.dataset());
        long cells = release.protection().alreadyPublic();
        if (cells == 0 || reason == null || reason.isBlank() || reason.length() > 2000) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    cells == 0
                            ? "No small count of the release is public elsewhere; there is nothing to decide."
                            : "Say in 1 to 2000 characters why they go out.");
        }
        Instant now = clock.instant();
        String name = users.get(by.name()).fullName();
        Map<String, Object> record = record("release-public-cells", release, now, by);
        record.put("cells", cells);
        record.put("name", name);
        record.put("reason", reason);
        try {
            journal.append(new Draft(
                    "release-public-cells",
                    record,
                    id.toString(),
                    List.of(table.insertPublicCells(id, by.id(), name, reason, now))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(ErrorCode.RELEASE_STEP, "That has been decided already.", e);
        }
        return release;
    }

    /**
     * Publishes an approved release with the newest report about its dataset: from now on it answers questions. A statistician or approver of the owning office
     * does. What came out since the import is reckoned with.
     *
     * @throws EntenteException {@code edition-unsafe}, {@code release-step}, {@code release-unknown}, {@code forbidden}
     */
    public Release publish(UUID id, StaffUser by) {
        ReleaseTable.Stored stored = stored(id);
        String dataset = stored.release().dataset();
        if (!by.hasRole(Roles.APPROVER, stored.authority(), dataset)) {
            by.require(Roles.STATISTICIAN, stored.authority(), dataset);
        }
        // What cannot be read back unharmed is not published.
        releases.requireReadable(stored, datasets.get(dataset));
        if (stored.release().state() == ReleaseState.APPROVED) {
            ledger.requireStillSafe(stored);
        }
        Instant now = clock.instant();
        Map<String, Object> record = record("release-published", stored.release(), now, by);
        List<Write> writes = new ArrayList<>(List.of(table.publish(id, now)));
        metadata.freeze(stored.release(), datasets.get(dataset), now).ifPresent(frozen -> {
            record.put("metadata", Base64Url.encode(frozen.digest()));
            writes.add(DatasetMetadata.insert(id, frozen));
        });
        step(new Draft("release-published", record, id.toString(), writes));
        releases.refresh();
        return stored(id).release();
    }

    private void step(Draft draft) {
        try {
            journal.append(draft);
        } catch (ConflictingWriteException e) {
            throw new EntenteException(
                    ErrorCode.RELEASE_STEP,
                    "The release is not at the step that comes before " + draft.kind() + ".",
                    e);
        }
    }

    /** All releases, or those of one dataset, in order. */
    public List<Release> list(@Nullable String dataset) {
        return table.releases(dataset).stream()
                .map(ReleaseTable.Stored::release)
                .toList();
    }

    /** @throws EntenteException {@code release-unknown} */
    public Release get(UUID id) {
        return stored(id).release();
    }

    private ReleaseTable.Stored stored(UUID id) {
        return table.release(id)
                .orElseThrow(() -> new EntenteException(ErrorCode.RELEASE_UNKNOWN, "There is no release " + id + "."));
    }
}
