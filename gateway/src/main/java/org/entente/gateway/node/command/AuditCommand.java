package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.gateway.evidence.Audit;
import org.entente.gateway.exchange.DecisionReplay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What an auditor computes from the node's journal. */
@Command(
        name = "audit",
        description = "Holds what this node's journal says against what can be computed from it.",
        subcommands = AuditCommand.Replay.class)
final class AuditCommand extends CommandGroup {

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
