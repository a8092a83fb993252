package org.entente.gateway.desk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.SensitiveGroup;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.JsonConventions;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.disclosure.OfficePackage;
import org.entente.gateway.journal.FolderJournal;
import org.entente.gateway.releases.Dataset;
import org.entente.gateway.releases.PackageImport;
import org.entente.gateway.releases.PackageSigners;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseChecks;
import org.entente.gateway.releases.ReleaseState;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.statistics.Cube;
import org.jspecify.annotations.Nullable;

/** What a desk has published and publishes: tables and offices' packages, with the checks of a node's import, approval and publication. */
public final class DeskReleases {
    /** A package that withholds more cells is not audited again here. */
    private static final long AUDIT_CELLS = 20_000;

    private static final int MOST_REASON = 2000;

    private final DeskState state;
    private final FolderJournal journal;
    private final DeskBook book;
    private final Uuids ids;

    DeskReleases(DeskState state, FolderJournal journal, DeskBook book, Uuids ids) {
        this.state = state;
        this.journal = journal;
        this.book = book;
        this.ids = ids;
    }

    /** What answers requests. */
    public List<PublishedRelease> all() {
        return state.releases();
    }

    /**
     * Who publishes, and for what.
     *
     * @param by who has imported the figures
     * @param approvedBy who answers for them; another person
     * @param reason why listed differences are accepted; exactly when there are some
     * @param groups sensitive groups that the approver lets out
     */
    public record Publication(
            ReleaseTerms terms,
            String by,
            String approvedBy,
            @Nullable String reason,
            SortedSet<SensitiveGroup> groups) {}

    /**
     * Publishes a table: reads and checks it as a node's import does, and lets it answer from now on.
     *
     * @param declaration what the office says of the dataset, JSON; the same each time
     * @param figures in any format in which a node imports them, but offices' own tables
     * @throws EntenteException as an import, an approval and a publication at a node
     */
    public Release publish(byte[] declaration, byte[] figures, Publication publication) {
        requireTwo(publication);
        return publish(
                declare(declaration),
                figures,
                publication,
                new ReleaseApproval(publication.reason(), publication.groups()),
                null);
    }

    /**
     * Publishes what an office has protected and sealed (entente protect): holds the package against its manifest, its signature and this
     * desk's card, and repeats its audit.
     *
     * @param status of the release; the package says itself how it is protected
     * @param knownTables what is declared of tables that are public elsewhere; those that the package names are registered
     * @param decision that small counts go out since they are public elsewhere; null where there are none
     * @throws EntenteException as {@link #publish(byte[], byte[], Publication)}; also {@code package-damaged}, {@code signatory-unknown},
     *     {@code protection-unproved}, {@code known-tables-undeclared}, {@code public-cells-undecided}
     */
    public Release publishPackage(
            byte[] declaration,
            byte[] sealed,
            ReleaseStatus status,
            ReleaseApproval.@Nullable KnownTables knownTables,
            @Nullable PublicCells decision,
            Signed by) {
        OfficePackage opened = OfficePackage.open(sealed);
        Publication publication = new Publication(
                new ReleaseTerms(status, PackageImport.protection(opened, AUDIT_CELLS), null),
                by.by(),
                by.approvedBy(),
                by.reason(),
                by.groups());
        requireTwo(publication);
        Dataset dataset = declare(declaration);
        PackageSigners.require(opened, dataset, state.chain());
        byte[] figures = opened.figures();
        Cube read = state.read(figures, dataset, status);
        PackageImport.requireWhole(opened, read);
        PackageImport.requireSampleJudged(opened, read);
        requireDecided(opened.alreadyPublic().size(), decision, publication);
        return publish(
                dataset,
                figures,
                publication,
                new ReleaseApproval(publication.reason(), publication.groups(), knownTables),
                decision);
    }

    /**
     * A statistician's decision that small counts go out because they are public elsewhere.
     *
     * @param by who has decided, by name; never who approves
     * @param reason why
     */
    public record PublicCells(String by, String reason) {}

    /** Decisions that small counts go out since they are public elsewhere, the oldest first. */
    public List<PublicCells> decisions() {
        return journal.entries().stream()
                .filter(entry -> entry.kind().equals(DeskState.RELEASE))
                .map(entry -> DeskState.record(entry).path("publicCells"))
                .filter(decided -> !decided.isMissingNode())
                .map(decided -> new PublicCells(
                        decided.path("name").asText(), decided.path("reason").asText()))
                .toList();
    }

    private static void requireDecided(int cells, @Nullable PublicCells decision, Publication publication) {
        if (decision == null) {
            return;
        }
        int length = decision.reason().length();
        if (cells == 0
                || decision.reason().isBlank()
                || length > MOST_REASON
                || decision.by().isBlank()) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    cells == 0
                            ? "No small count of the release is public elsewhere; there is nothing to decide."
                            : "Say who has decided, and in 1 to " + MOST_REASON + " characters why they go out.");
        }
        if (decision.by().equalsIgnoreCase(publication.approvedBy())) {
            throw new EntenteException(
                    ErrorCode.FOUR_EYES,
                    decision.by() + " has decided that small counts go out; somebody else must approve the release.");
        }
    }

    /**
     * Who publishes.
     *
     * @param by who has imported the figures
     * @param approvedBy who answers for them; another person
     * @param reason why listed differences are accepted; exactly when there are some
     * @param groups sensitive groups that the approver lets out
     */
    public record Signed(
            String by, String approvedBy, @Nullable String reason, SortedSet<SensitiveGroup> groups) {}

    private static void requireTwo(Publication publication) {
        if (publication.by().equalsIgnoreCase(publication.approvedBy())) {
            throw new EntenteException(
                    ErrorCode.FOUR_EYES,
                    publication.by() + " has imported the figures; somebody else must approve them.");
        }
    }

    private Release publish(
            Dataset dataset,
            byte[] figures,
            Publication publication,
            ReleaseApproval approval,
            @Nullable PublicCells decision) {
        Cube cube = state.read(figures, dataset, publication.terms().status());
        Instant now = book.instant();
        int number = 1
                + state.releases().stream()
                        .filter(earlier -> earlier.dataset().id().equals(dataset.id()))
                        .mapToInt(PublishedRelease::number)
                        .max()
                        .orElse(0);
        Release release = new Release(
                ids.next(),
                dataset.id(),
                number,
                1,
                publication.terms().status(),
                ReleaseState.PUBLISHED,
                publication.terms().protection(),
                Base64Url.encode(cube.digest()),
                Base64Url.encode(ReleaseChecks.pattern(cube)),
                cube.observationCount(),
                ReleaseChecks.differences(dataset, cube),
                person(publication.by()),
                now,
                person(publication.approvedBy()),
                publication.approvedBy(),
                now,
                publication.reason(),
                new TreeSet<>(publication.groups()),
                now,
                null);
        ReleaseChecks.requireApprovable(release, dataset, approval);
        if (release.protection() instanceof Protection.ByOffice office && office.sealed() != null) {
            ReleaseChecks.requireKnownTables(release, approval, 0, decision != null);
        }
        Map<String, Object> record = book.record(DeskState.RELEASE);
        record.put("by", publication.by());
        record.put("approvedBy", publication.approvedBy());
        record.put("protection", ReleaseChecks.protection(release.protection()));
        if (decision != null) {
            Map<String, Object> decided = new TreeMap<>();
            decided.put("cells", release.protection().alreadyPublic());
            decided.put("name", decision.by());
            decided.put("reason", decision.reason());
            record.put("publicCells", decided);
        }
        record.put("release", JsonConventions.mapper().valueToTree(release));
        book.append(DeskState.RELEASE, record, release.id().toString(), Map.of(DeskState.FIGURES, figures));
        return release;
    }

    /** A desk knows no accounts; a person's id follows from the name. */
    private static UUID person(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private Dataset declare(byte[] declaration) {
        Dataset dataset = state.declared(declaration);
        Optional<Dataset> held = state.findDataset(dataset.id());
        if (held.isPresent() && !held.get().equals(dataset)) {
            throw new EntenteException(
                    ErrorCode.DATASET_EXISTS,
                    "The dataset " + dataset.id() + " was declared otherwise. Figures that need another declaration are"
                            + " another dataset.");
        }
        List<String> offices =
                state.card().authorities().stream().map(office -> office.id()).toList();
        if (!offices.isEmpty() && !offices.contains(dataset.authority())) {
            throw new EntenteException(
                    ErrorCode.DATASET_INCOMPLETE,
                    "authority: the card of " + state.party() + " names " + String.join(", ", offices) + ", and not "
                            + dataset.authority());
        }
        if (held.isEmpty()) {
            Map<String, Object> record = book.record(DeskState.DATASET);
            record.put("dataset", dataset.id());
            record.put("dataflow", dataset.dataflow().toString());
            record.put("authority", dataset.authority());
            record.put("title", dataset.title());
            record.put("coverage", dataset.coverage());
            record.put("absent", dataset.absent());
            record.put("sums", dataset.sums());
            book.append(DeskState.DATASET, record, dataset.id(), Map.of(DeskState.DECLARATION, declaration));
        }
        return dataset;
    }
}
