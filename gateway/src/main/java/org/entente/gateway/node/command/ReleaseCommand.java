package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.SensitiveGroup;
import org.entente.gateway.releases.KnownTable;
import org.entente.gateway.releases.KnownTables;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ProtectionLoss;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseLosses;
import org.entente.gateway.releases.ReleaseStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Releases: approving what was imported, and letting it answer questions. */
@Command(
        name = "release",
        description = "Releases of this node's datasets.",
        subcommands = {
            ReleaseCommand.Show.class,
            ReleaseCommand.ImportPackage.class,
            ReleaseCommand.Known.class,
            ReleaseCommand.LetPublic.class,
            ReleaseCommand.Loss.class,
            ReleaseCommand.Approve.class,
            ReleaseCommand.Publish.class
        })
final class ReleaseCommand extends CommandGroup {

    @Command(name = "list", description = "Lists the releases.")
    static final class Show extends NodeCommand {

        @Option(names = "--dataset", paramLabel = "ID", description = "Only those of this dataset.")
        private @Nullable String dataset;

        @Override
        int run(ApplicationContext node) {
            node.getBean(ReleaseDesk.class).list(dataset).forEach(release -> out().println(describe(release)));
            return 0;
        }
    }

    @Command(
            name = "import",
            description =
                    "Imports a package in which the office has sealed a table that it has protected (entente protect). The package"
                            + " is held against its manifest and signature, and its audit is repeated. A second person approves it.",
            footer = {"", "Exit codes: 0 imported, 1 refused, 2 wrong usage."})
    static final class ImportPackage extends NodeCommand {

        @Option(names = "--protected", required = true, paramLabel = "PACKAGE", description = "The sealed package.")
        private Path sealed = Path.of("protected.zip");

        @Option(names = "--dataset", required = true, paramLabel = "ID", description = "The dataset.")
        private String dataset = "";

        @Option(names = "--status", required = true, description = "provisional or final.")
        private String status = "";

        @Option(
                names = "--edition-of",
                paramLabel = "NUMBER",
                description = "The release of which this is a wider edition.")
        private @Nullable Integer editionOf;

        @Option(
                names = "--mapping",
                paramLabel = "ID[@VERSION]",
                description = "The stored mapping by which the office's own table becomes figures.")
        private @Nullable String mapping;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Release release = node.getBean(ReleaseDesk.class)
                    .importPackage(
                            dataset,
                            CommandFiles.read(sealed),
                            mapping,
                            ReleaseStatus.parse(status),
                            editionOf,
                            by.signIn(node))
                    .release();
            out().println(describe(release));
            if (release.protection() instanceof Protection.ByOffice office && office.sealed() != null) {
                Protection.SealedProof proof = office.sealed();
                out().println("  " + office.method() + "; " + proof.withheld() + " of " + proof.cells()
                        + " cells withheld, " + proof.alreadyPublic() + " small ones public already; "
                        + (proof.signedBy() == null ? "not signed" : "signed by " + proof.signedBy()) + "; audit "
                        + proof.audit());
            }
            release.differences().forEach(difference -> out().println("  differs: " + difference));
            return 0;
        }
    }

    @Command(
            name = "known",
            description =
                    "Registers figures of a dataset's source that are public elsewhere: they are never withheld, and whoever"
                            + " attacks is assumed to have them. Without FILE it lists what is registered.",
            footer = {"", "Exit codes: 0 registered, 1 refused, 2 wrong usage."})
    static final class Known extends NodeCommand {

        @Parameters(arity = "0..1", paramLabel = "FILE", description = "The figures, as import reads them.")
        private @Nullable Path file;

        @Option(names = "--dataset", required = true, paramLabel = "ID", description = "The dataset.")
        private String dataset = "";

        @Option(names = "--address", paramLabel = "URL", description = "Where they are public.")
        private @Nullable String address;

        @Option(names = "--date", paramLabel = "DAY", description = "When they were published.")
        private @Nullable String date;

        @Option(
                names = "--mapping",
                paramLabel = "ID[@VERSION]",
                description = "The stored mapping by which the table becomes figures.")
        private @Nullable String mapping;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            KnownTables known = node.getBean(KnownTables.class);
            Path figures = file;
            if (figures == null) {
                known.of(dataset).forEach(table -> out().println(describe(table)));
            } else {
                out().println(describe(
                        known.register(dataset, CommandFiles.read(figures), mapping, address, date, by.signIn(node))));
            }
            return 0;
        }

        private static String describe(KnownTable table) {
            return table.id() + "\t" + table.dataset() + "\t" + table.date() + "\t" + table.address() + "\t"
                    + table.observations() + " observations\tSHA-256 " + table.file();
        }
    }

    @Command(
            name = "let-public",
            description =
                    "Decides that small counts go out because they are public elsewhere. A statistician of the owning office"
                            + " does, by name, before another person approves.",
            footer = {"", "Exit codes: 0 decided, 1 refused, 2 wrong usage."})
    static final class LetPublic extends NodeCommand {

        @Parameters(paramLabel = "RELEASE", description = "The release's id.")
        private UUID id = new UUID(0, 0);

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Release release = node.getBean(ReleaseDesk.class).letPublicCellsOut(id, reason, by.signIn(node));
            out().println(describe(release) + "\t" + release.protection().alreadyPublic() + " small counts go out");
            return 0;
        }
    }

    @Command(
            name = "loss",
            description =
                    "Shows what the protection of a release costs, before you approve it: cells and persons that are not shown,"
                            + " by code of each dimension, and both figures of the cells that are different.",
            footer = {
                "",
                "It tells small counts: keep it to yourselves.",
                "Exit codes: 0 shown, 1 refused, 2 wrong usage."
            })
    static final class Loss extends NodeCommand {

        @Parameters(paramLabel = "RELEASE", description = "Its id.")
        private UUID id = new UUID(0, 0);

        @Option(
                names = "--explain",
                description =
                        "Also says what each leg of an agreement costs the others, where this node has protected the figures."
                                + " Takes as long as an import for each leg that makes a difference.")
        private boolean explain;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            ProtectionLoss loss = node.getBean(ReleaseLosses.class).of(id, explain, by.signIn(node));
            out().println("all\t" + share(loss.whole()));
            loss.byDimension()
                    .forEach((dimension, codes) -> codes.entrySet().stream()
                            .filter(code -> code.getValue().withheld() > 0)
                            .forEach(code ->
                                    out().println(dimension + "\t" + code.getKey() + "\t" + share(code.getValue()))));
            loss.different()
                    .forEach(cell -> out().println("cell\t"
                            + String.join(" ", cell.key().values()) + "\t"
                            + cell.before() + "\t" + (cell.after() == null ? "withheld" : cell.after()) + "\t"
                            + cell.because()));
            List<ProtectionLoss.LegCost> legs = loss.legs();
            if (legs != null) {
                legs.forEach(leg -> out().println("leg\t" + leg.leg() + "\t" + leg.agreement() + "\t" + leg.cells()
                        + " cells with " + leg.persons() + " persons are withheld only because of it"
                        + registers(leg.registers())));
            }
            if (loss.moreDifferent() > 0) {
                out().println("and " + loss.moreDifferent() + " cells more");
            }
            return 0;
        }

        private static String registers(ProtectionLoss.@Nullable Registers registers) {
            return registers == null
                    ? ""
                    : "; what its consumers hold themselves accounts for " + registers.cells() + " cells more, and "
                            + registers.persons() + " persons more";
        }

        private static String share(ProtectionLoss.Share share) {
            return share.withheld() + " of " + share.cells() + " cells withheld"
                    + (share.persons() == null
                            ? ""
                            : ", with " + share.personsWithheld() + " of " + share.persons() + " persons");
        }
    }

    @Command(
            name = "approve",
            description = "Approves an imported release; never the person who imported it.",
            footer = {"", "Exit codes: 0 approved, 1 refused, 2 wrong usage."})
    static final class Approve extends NodeCommand {

        @Parameters(paramLabel = "RELEASE", description = "The release's id.")
        private UUID id = new UUID(0, 0);

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                description = "Why the listed differences are accepted; needed exactly when there are some.")
        private @Nullable String reason;

        @Option(
                names = "--let-out",
                paramLabel = "GROUP",
                split = ",",
                description =
                        "Sensitive groups in the figures that are let out all the same: ${COMPLETION-CANDIDATES}.")
        private SortedSet<SensitiveGroup> groups = new TreeSet<>();

        @Option(
                names = "--known-tables",
                paramLabel = "WHAT",
                description =
                        "For protected figures: REGISTERED if all tables of the same source that are public elsewhere are"
                                + " registered (release known), NONE if there are none.")
        private ReleaseApproval.@Nullable KnownTables knownTables;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            ReleaseApproval approval = new ReleaseApproval(reason, groups, knownTables);
            out().println(describe(node.getBean(ReleaseDesk.class).approve(id, approval, by.signIn(node))));
            return 0;
        }
    }

    @Command(
            name = "publish",
            description = "Lets an approved release answer questions from now on.",
            footer = {"", "Exit codes: 0 published, 1 refused, 2 wrong usage."})
    static final class Publish extends NodeCommand {

        @Parameters(paramLabel = "RELEASE", description = "The release's id.")
        private UUID id = new UUID(0, 0);

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println(describe(node.getBean(ReleaseDesk.class).publish(id, by.signIn(node))));
            return 0;
        }
    }

    static String describe(Release release) {
        return release.id() + "\t" + release.dataset() + " " + release.number() + "." + release.edition() + "\t"
                + release.status() + "\t" + release.state() + "\t" + release.observations() + " observations\t"
                + release.differences().size() + " differences";
    }
}
