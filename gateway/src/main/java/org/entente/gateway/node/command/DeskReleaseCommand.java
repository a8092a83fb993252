package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.agreements.SensitiveGroup;
import org.entente.gateway.desk.Desk;
import org.entente.gateway.desk.DeskReleases;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a table at a desk. */
@Command(
        name = "release",
        description =
                "Publishes a table: all of it or nothing. From now on it answers requests, in place of the dataset's"
                        + " earlier release. Without FILE it lists what answers.",
        footer = {"", "Exit codes: 0 published, 1 refused (rows and columns are named), 2 wrong usage."})
final class DeskReleaseCommand extends DeskWork {

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The figures: SDMX-CSV, JSON or ML, or a workbook of ours.")
    private @Nullable Path file;

    @Option(
            names = "--protected",
            description =
                    "FILE is a package that the office has sealed (entente protect); it says how it is protected.")
    private boolean sealed;

    @Option(
            names = "--known-tables",
            paramLabel = "WHAT",
            description =
                    "With --protected: REGISTERED if the package names all tables of the same source that are public"
                            + " elsewhere, NONE if there are none.")
    private ReleaseApproval.@Nullable KnownTables knownTables;

    @Option(
            names = "--let-public",
            paramLabel = "REASON",
            description =
                    "With --protected: why small counts go out that are public elsewhere; a statistician decides (--decided-by).")
    private @Nullable String letPublic;

    @Option(
            names = "--decided-by",
            paramLabel = "NAME",
            description = "The statistician who has decided so; never who approves.")
    private @Nullable String decidedBy;

    @Option(
            names = "--dataset",
            paramLabel = "FILE",
            description =
                    "The dataset's declaration: JSON with id, dataflow, authority, title, coverage, absent, sums.")
    private @Nullable Path dataset;

    @Option(
            names = "--status",
            defaultValue = "final",
            description = "provisional or final (default: ${DEFAULT-VALUE}).")
    private String status = "final";

    @Option(
            names = "--protection",
            paramLabel = "KIND",
            description = "PUBLIC_SOURCE (with --address and --date) or BY_OFFICE (with --method and --approver).")
    private @Nullable String protection;

    @Option(names = "--address", paramLabel = "URL", description = "Where the public source is.")
    private @Nullable String address;

    @Option(names = "--date", paramLabel = "DAY", description = "When the public source was published.")
    private @Nullable String date;

    @Option(names = "--method", paramLabel = "TEXT", description = "How the office has protected the figures.")
    private @Nullable String method;

    @Option(names = "--approver", paramLabel = "TEXT", description = "Who answers for the office's protection.")
    private @Nullable String approver;

    @Option(
            names = "--rule",
            paramLabel = "TEXT",
            description =
                    "What the office's method guarantees, such as \"suppression threshold=5 width=1 secondary\"; without"
                            + " it no leg that asks for protection gets the figures.")
    private @Nullable String rule;

    @Option(names = "--by", paramLabel = "NAME", description = "Who has prepared the table.")
    private @Nullable String by;

    @Option(names = "--approved-by", paramLabel = "NAME", description = "Who answers for it; another person.")
    private @Nullable String approvedBy;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why listed differences between totals and parts are accepted; exactly when there are some.")
    private @Nullable String reason;

    @Option(
            names = "--let-out",
            paramLabel = "GROUP",
            split = ",",
            description = "Sensitive groups in the figures that are let out all the same: ${COMPLETION-CANDIDATES}.")
    private SortedSet<SensitiveGroup> groups = new TreeSet<>();

    @Override
    int run(Desk desk) {
        if (file == null) {
            desk.releases()
                    .all()
                    .forEach(release -> out().println(release.id() + "\t" + release + "\t" + release.status()));
            desk.releases()
                    .decisions()
                    .forEach(decided -> out().println("small counts that are public elsewhere went out by decision of "
                            + decided.by() + ": " + decided.reason()));
            return 0;
        }
        if (dataset == null || by == null || approvedBy == null) {
            throw usage("Name the --dataset, and who has prepared (--by) and approved (--approved-by) the table.");
        }
        if (sealed != (knownTables != null)) {
            throw usage("A package (--protected) is published with --known-tables, other figures without.");
        }
        if ((letPublic != null) != (decidedBy != null) || (letPublic != null && !sealed)) {
            throw usage("--let-public and --decided-by go together, and with --protected.");
        }
        Release release = sealed
                ? publishPackage(desk, file, dataset, by, approvedBy)
                : desk.releases()
                        .publish(
                                CommandFiles.read(dataset),
                                CommandFiles.read(file),
                                new DeskReleases.Publication(
                                        new ReleaseTerms(
                                                ReleaseStatus.parse(status),
                                                Protection.declared(protection, address, date, method, approver, rule),
                                                null),
                                        by,
                                        approvedBy,
                                        reason,
                                        groups));
        out().println(ReleaseCommand.describe(release));
        release.differences().forEach(difference -> out().println("  differs: " + difference));
        return 0;
    }

    private Release publishPackage(Desk desk, Path table, Path declaration, String prepared, String approved) {
        if (protection != null
                || address != null
                || date != null
                || method != null
                || approver != null
                || rule != null) {
            throw usage("A package says itself how it is protected.");
        }
        return desk.releases()
                .publishPackage(
                        CommandFiles.read(declaration),
                        CommandFiles.read(table),
                        ReleaseStatus.parse(status),
                        knownTables,
                        letPublic == null || decidedBy == null
                                ? null
                                : new DeskReleases.PublicCells(decidedBy, letPublic),
                        new DeskReleases.Signed(prepared, approved, reason, groups));
    }
}
