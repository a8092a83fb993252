package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.entente.gateway.disclosure.AuditReport;
import org.entente.gateway.disclosure.CountTable;
import org.entente.gateway.disclosure.DisclosureControl;
import org.entente.gateway.disclosure.SealedPackage;
import org.entente.gateway.disclosure.TableFile;
import org.entente.gateway.evidence.Audit;
import org.entente.gateway.exchange.DecisionReplay;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an auditor computes: from the node's journal, or from a protected table. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Holds what is said against what can be computed. With a FILE: whether a protected table hides what it"
                        + " withholds, by a solver of its own, without node and database. With replay: what this node's journal says.",
        footer = {
            "",
            "Example: entente audit protected.zip --spec specification.yaml",
            "Each exposure: the cell, what can be inferred. With --table insiders are considered too.",
            "Exit codes: 0 safe, 1 something can be inferred, 2 wrong usage."
        },
        subcommands = {AuditCommand.Replay.class, AuditObligationsCommand.class})
final class AuditCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A sealed package or a protected table as CSV.")
    private @Nullable Path file;

    @Option(names = "--spec", paramLabel = "SPEC.yaml", description = "How the table was to be protected.")
    private @Nullable Path spec;

    @Option(names = "--table", paramLabel = "TABLE.csv", description = "The true table, in the office.")
    private @Nullable Path truth;

    @Override
    public Integer call() {
        Path subject = file;
        Path named = spec;
        if (subject == null || named == null) {
            throw new ParameterException(
                    command.commandLine(), "Name a FILE and its --spec, or the journal's audit: replay.");
        }
        ProtectionFiles files = ProtectionFiles.read(named);
        PrintWriter out = command.commandLine().getOut();
        byte[] bytes = CommandFiles.read(subject);
        if (SealedPackage.is(bytes)) {
            SealedPackage sealed = SealedPackage.open(bytes);
            out.println("The package holds, "
                    + (sealed.signature() == null ? "without a signature" : "signed") + ", digest "
                    + sealed.digest() + ".");
            if (!Arrays.equals(sealed.specification(), files.bytes())) {
                out.println("It was sealed with another specification than the one named here.");
            }
            bytes = sealed.table();
        }
        byte[] csv = bytes;
        TableFile table =
                ProtectionFiles.named(subject.toString(), () -> TableFile.readProtected(csv, files.specification()));
        // A rate that is not that of the counts shown may tell one that is withheld.
        ProtectionFiles.named(subject.toString(), () -> table.figures(files.specification()));
        AuditReport report = ProtectionFiles.named(
                subject.toString(),
                () -> DisclosureControl.create()
                        .audit(table.table(), files.specification(), files.known(), trueTable(files)));
        for (AuditReport.Exposure exposure : report.exposures()) {
            out.println(String.join(" ", exposure.codes()) + "\t" + exposure.reason());
        }
        out.println(report.cells() + " cells, " + report.withheld() + " withheld: "
                + (report.safe() ? "safe" : report.exposures().size() + " exposures") + " against readers"
                + (report.insiders() ? " and insiders" : "; insiders need the true --table") + ". " + report.solver()
                + ", " + report.programs() + " linear and " + report.integerPrograms() + " integer programs.");
        out.flush();
        return report.safe() ? 0 : 1;
    }

    private @Nullable CountTable trueTable(ProtectionFiles files) {
        Path named = truth;
        return named == null
                ? null
                : ProtectionFiles.named(
                                named.toString(), () -> TableFile.read(CommandFiles.read(named), files.specification()))
                        .table();
    }

    @Command(
            name = "replay",
            description = "Makes every journaled decision again: from the request as it was signed, the agreements and"
                    + " instruments as they stood then, and the recorded facts. Reports every difference.",
            footer = {
                "",
                "Each line: outcome, entry, kind, exchange or party, what differs or is missing.",
                "Exit codes: 0 no difference, 1 at least one difference, 2 wrong usage."
            })
    static final class Replay extends NodeCommand {

        @Option(
                names = "--from",
                paramLabel = "ENTRY",
                defaultValue = "0",
                description = "First entry (default: ${DEFAULT-VALUE}). Quotas are checked only from 0 on.")
        private long from;

        @Option(names = "--to", paramLabel = "ENTRY", description = "First entry that is left out (default: the end).")
        private long to = Long.MAX_VALUE;

        @Override
        int run(ApplicationContext node) {
            if (from < 0 || to < from) {
                throw usage("Entries are counted from 0, and --to is not before --from.");
            }
            Audit.Report report = node.getBean(Audit.class).replay(from, to);
            for (DecisionReplay.Verdict finding : report.findings()) {
                out().println(finding.outcome() + "\t" + finding.index() + "\t" + finding.kind() + "\t"
                        + (finding.subject() == null ? "" : finding.subject()) + "\t" + finding.sentence());
            }
            out().println(report.decisions() + " decisions in entries " + report.from() + " to " + report.to() + ": "
                    + report.same() + " the same again, " + report.different() + " different, "
                    + report.notReplayable() + " not replayable; quotas "
                    + (report.quotasChecked()
                            ? "checked"
                            : "not checked to the end, since entries were left out or their records are not whole")
                    + ".");
            return report.different() == 0 ? 0 : 1;
        }
    }
}
