package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.releases.ImportReport;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Imports figures as a new release. */
@Command(
        name = "import",
        description =
                "Imports figures as a new release of a dataset: all of it or nothing. A second person approves it. SDMX-CSV,"
                        + " SDMX-JSON, SDMX-ML and our own workbooks are told apart by themselves; an office's own table, CSV or"
                        + " XLSX, needs --mapping.",
        footer = {"", "Exit codes: 0 imported, 1 refused (rows and columns are named), 2 wrong usage."})
final class ImportCommand extends NodeCommand {

    @Parameters(paramLabel = "FILE", description = "The figures.")
    private Path file = Path.of("figures.csv");

    @Option(names = "--dataset", required = true, paramLabel = "ID", description = "The dataset.")
    private String dataset = "";

    @Option(names = "--status", required = true, description = "provisional or final.")
    private String status = "";

    @Option(
            names = "--protection",
            required = true,
            paramLabel = "KIND",
            description =
                    "PUBLIC_SOURCE (with --address and --date), BY_OFFICE (with --method and --approver), or BY_GATEWAY: the"
                            + " figures are true counts, and the node protects them.")
    private String protection = "";

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

    @Option(
            names = "--revision",
            defaultValue = "free",
            paramLabel = "HOW",
            description =
                    "With BY_GATEWAY: how far figures that are out may differ from these, as the office tells everybody:"
                            + " free (default), or small:N if none changes by more than N people.")
    private String revision = "free";

    @Option(
            names = "--edition-of",
            paramLabel = "NUMBER",
            description = "The release of which this is a wider edition.")
    private @Nullable Integer editionOf;

    @Option(
            names = "--mapping",
            paramLabel = "ID[@VERSION]",
            description = "The stored mapping by which an office's own table becomes figures.")
    private @Nullable String mapping;

    @Mixin
    private ActingUser by = new ActingUser();

    @Override
    int run(ApplicationContext node) {
        ReleaseStatus stated = ReleaseStatus.parse(status);
        Protection declared = "BY_GATEWAY".equals(protection)
                ? null
                : Protection.declared(protection, address, date, method, approver, rule);
        try (InputStream figures = Files.newInputStream(file)) {
            ReleaseDesk desk = node.getBean(ReleaseDesk.class);
            ImportReport report = declared == null
                    ? desk.importUnprotected(
                            dataset,
                            figures,
                            mapping,
                            rule,
                            Ledger.Revision.parse(revision),
                            stated,
                            editionOf,
                            by.signIn(node))
                    : desk.importFigures(
                            dataset, figures, mapping, new ReleaseTerms(stated, declared, editionOf), by.signIn(node));
            out().println(ReleaseCommand.describe(report.release()));
            if (report.release().protection() instanceof Protection.ByGateway gateway) {
                out().println("  protected here: " + gateway.withheld() + " of " + gateway.cells() + " cells withheld, "
                        + gateway.alreadyPublic() + " small ones public already in " + gateway.knownTables()
                        + " known tables; proved by " + gateway.solver());
            }
            report.release().differences().forEach(difference -> out().println("  differs: " + difference));
            return 0;
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.FILE_UNUSABLE, "The file " + file + " cannot be read.", e);
        }
    }
}
