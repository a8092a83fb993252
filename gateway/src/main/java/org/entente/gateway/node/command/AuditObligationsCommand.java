package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.entente.gateway.evidence.obligations.Obligation;
import org.entente.gateway.evidence.obligations.Obligations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What was owed under an agreement in a year, and what became of it. */
@Command(
        name = "obligations",
        description =
                "What both sides owed under an agreement in a year by the agreement's own days: deliveries, answers, quotas,"
                        + " receipts, corrections, deletions, notices, reviews. Kept, late or missed, by this node's journal. An auditor's"
                        + " look; it is journaled.",
        footer = {
            "",
            "Example: entente audit obligations --agreement urn:uuid:... --year 2026 --as rosa --password-file rosa.txt",
            "Each line: outcome, duty, clause, who owed it, leg, subject, due, met, journal entries. Then totals, and how often staff"
                    + " looked at received figures, by role.",
            "Exit codes: 0 nothing late or missed, 1 something was, 2 wrong usage."
        })
final class AuditObligationsCommand extends NodeCommand {

    @Option(names = "--agreement", required = true, paramLabel = "ID", description = "Id or digest of the agreement.")
    private String agreement = "";

    @Option(
            names = "--year",
            required = true,
            paramLabel = "YEAR",
            description = "The year in which it fell due, in the agreement's time zone.")
    private int year;

    @Option(names = "--sample", paramLabel = "N", description = "Draw so many at random, for testing.")
    private @Nullable Integer sample;

    @Option(names = "--seed", paramLabel = "TEXT", description = "What makes the draw the same again.")
    private @Nullable String seed;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the lines as CSV into a file.")
    private @Nullable Path csv;

    @Mixin
    private ActingUser auditor = new ActingUser();

    @Override
    int run(ApplicationContext node) {
        Path file = csv;
        Obligations.Report report = node.getBean(Obligations.class)
                .audit(
                        new Obligations.Asked(agreement, year, sample, seed),
                        file == null ? "obligations" : "obligations-export",
                        auditor.signIn(node));
        if (file == null) {
            report.obligations().forEach(this::print);
        } else {
            CommandFiles.write(file, report.csv());
        }
        report.totals()
                .forEach(total ->
                        out().println("total\t" + total.duty() + "\t" + total.outcome() + "\t" + total.count()));
        report.reads()
                .forEach(reads -> out().println("reads\t" + reads.partner() + "\t" + reads.leg() + "\t" + reads.role()
                        + "\t" + reads.times() + " looks at " + reads.exchanges() + " answers"));
        return report.broken() ? 1 : 0;
    }

    private void print(Obligation one) {
        out().println(one.outcome() + "\t" + one.duty() + "\tclause "
                + one.duty().clause() + "\t" + one.party() + "\t"
                + (one.leg() == null ? "" : one.leg()) + "\t" + one.subject() + "\tdue " + one.due() + "\t"
                + (one.met() == null ? "" : "met " + one.met()) + "\t"
                + one.entries().stream().map(String::valueOf).collect(Collectors.joining(",", "entries ", "")));
    }
}
