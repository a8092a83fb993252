package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.entente.agreements.IsoDate;
import org.entente.agreements.life.FigureAct;
import org.entente.agreements.life.Instrument;
import org.entente.gateway.region.programme.ReconciliationRule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Acts about figures that were delivered. */
final class FigureCommands {
    private FigureCommands() {}

    @Command(name = "recall", description = "Recalls a release.")
    static final class Recall extends ActCommand {

        @Option(names = "--release", required = true, paramLabel = "ID", description = "The release.")
        private String release = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Option(
                names = "--digest",
                paramLabel = "DIGEST",
                split = ",",
                description = "Digests (SHA-256, base64url) of the figures.")
        private List<String> digests = List.of();

        @Override
        Instrument make(Head head) {
            return new FigureAct.ReleaseRecalled(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), release, reason, digests);
        }
    }

    @Command(name = "confirm-destruction", description = "Confirms that what was recalled is destroyed.")
    static final class Destroyed extends ActCommand {

        @Option(names = "--recall", required = true, paramLabel = "ID", description = "Id of the recall.")
        private String recall = "";

        @Option(
                names = "--digest",
                paramLabel = "DIGEST",
                split = ",",
                description = "Digests (SHA-256, base64url) of the figures.")
        private List<String> digests = List.of();

        @Option(names = "--on", required = true, paramLabel = "DATE", description = "The day.")
        private String on = "";

        @Override
        Instrument make(Head head) {
            return new FigureAct.DestructionConfirmed(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    recall,
                    digests,
                    IsoDate.parse(on));
        }
    }

    @Command(name = "decline-destruction", description = "Keeps what was recalled, and says why.")
    static final class NotDestroyed extends ActCommand {

        @Option(names = "--recall", required = true, paramLabel = "ID", description = "Id of the recall.")
        private String recall = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Override
        Instrument make(Head head) {
            return new FigureAct.DestructionDeclined(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), recall, reason);
        }
    }

    @Command(
            name = "record-deletion",
            description = "Records that figures were deleted because their retention is over.")
    static final class Deleted extends ActCommand {

        @Option(
                names = "--exchange",
                required = true,
                paramLabel = "ID",
                split = ",",
                description = "The exchanges whose answers were deleted.")
        private List<String> exchanges = List.of();

        @Option(names = "--on", required = true, paramLabel = "DATE", description = "The day.")
        private String on = "";

        @Option(
                names = "--exports",
                paramLabel = "FILE",
                description = "What had left the gateway: JSON list of what, name, post, and deletedOn or kept.")
        private @Nullable Path exports;

        @Override
        Instrument make(Head head) {
            List<FigureAct.Export> left = exports == null
                    ? List.of()
                    : JsonFiles.readList(exports, FigureAct.Export.class, "list of exports");
            return new FigureAct.DeletionRecorded(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    exchanges,
                    IsoDate.parse(on),
                    left);
        }
    }

    @Command(name = "report-error", description = "Reports an error in figures.")
    static final class Report extends ActCommand {

        @Option(names = "--release", required = true, paramLabel = "ID", description = "The release.")
        private String release = "";

        @Option(
                names = "--cell",
                paramLabel = "KEY[@PERIOD]",
                description = "Cells by series key; without it the release as a whole.")
        private List<String> cells = List.of();

        @Option(names = "--text", required = true, paramLabel = "TEXT", description = "What is wrong.")
        private String text = "";

        @Override
        Instrument make(Head head) {
            return new FigureAct.ErrorReported(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    release,
                    cells.stream().map(FigureCommands::cell).toList(),
                    text);
        }
    }

    @Command(name = "give-correction", description = "Answers an error report, or corrects unasked.")
    static final class Correction extends ActCommand {

        @Option(
                names = "--corrects",
                required = true,
                paramLabel = "ID",
                description = "The release that is corrected.")
        private String corrects = "";

        @Option(names = "--report", paramLabel = "ID", description = "Id of the report.")
        private @Nullable String report;

        @Option(names = "--release", paramLabel = "ID", description = "The release that corrects.")
        private @Nullable String release;

        @Option(names = "--text", required = true, paramLabel = "TEXT", description = "What is said to it.")
        private String text = "";

        @Override
        Instrument make(Head head) {
            return new FigureAct.CorrectionGiven(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    report,
                    corrects,
                    release,
                    text);
        }
    }

    @Command(name = "notify-breach", description = "Gives notice of a breach of security or confidentiality.")
    static final class Breach extends ActCommand {

        @Option(names = "--what", required = true, paramLabel = "TEXT", description = "What happened.")
        private String what = "";

        @Option(
                names = "--when",
                required = true,
                paramLabel = "TIME",
                description = "When: RFC 3339, for instance 2026-11-27T10:00:00Z.")
        private Instant when = Instant.EPOCH;

        @Option(names = "--measures", required = true, paramLabel = "TEXT", description = "What has been done.")
        private String measures = "";

        @Option(
                names = "--release",
                paramLabel = "ID",
                split = ",",
                description = "Releases concerned, as far as known.")
        private List<String> releases = List.of();

        @Override
        Instrument make(Head head) {
            return new FigureAct.BreachNotified(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    what,
                    when,
                    measures,
                    releases);
        }
    }

    @Command(name = "ask", description = "Asks a question on a release or a cell.")
    static final class Ask extends ActCommand {

        @Option(names = "--release", required = true, paramLabel = "ID", description = "The release.")
        private String release = "";

        @Option(names = "--cell", paramLabel = "KEY[@PERIOD]", description = "The cell.")
        private @Nullable String cell;

        @Option(names = "--thread", paramLabel = "ID", description = "The conversation; without it a new one.")
        private @Nullable String thread;

        @Option(names = "--text", required = true, paramLabel = "TEXT", description = "The question.")
        private String text = "";

        @Override
        Instrument make(Head head) {
            return new FigureAct.QuestionAsked(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    thread == null ? head.id() : thread,
                    release,
                    cell == null ? null : FigureCommands.cell(cell),
                    text);
        }
    }

    @Command(name = "reply", description = "Answers a question.")
    static final class Reply extends ActCommand {

        @Option(names = "--thread", required = true, paramLabel = "ID", description = "The conversation.")
        private String thread = "";

        @Option(names = "--text", required = true, paramLabel = "TEXT", description = "The answer.")
        private String text = "";

        @Override
        Instrument make(Head head) {
            return new FigureAct.ReplyGiven(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), thread, text);
        }
    }

    @Command(
            name = "consent-reconciliation",
            description = "Consents that the mirror pairs of a rule are also shown reconciled in regional profiles.")
    static final class ConsentReconciliation extends ActCommand {

        @Option(
                names = "--rule",
                required = true,
                paramLabel = "FILE",
                description = "The rule, as `programme reconciliation` writes it.")
        private Path rule = Path.of("rule.json");

        @Override
        Instrument make(Head head) {
            ReconciliationRule.Document document = ReconciliationRule.Document.read(CommandFiles.read(rule));
            ReconciliationRule what = document.rule();
            if (!what.parties().contains(head.party())) {
                throw usage("The rule is for figures of " + String.join(" and ", what.parties()) + ", not of "
                        + head.party() + ".");
            }
            return new FigureAct.ReconciliationConsented(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    document.programme(),
                    what.table(),
                    what.method(),
                    head.party().equals(what.origin()) ? what.destination() : what.origin(),
                    document.digest());
        }
    }

    @Command(
            name = "withdraw-reconciliation",
            description = "Withdraws such a consent; no later edition shows the reconciled figure.")
    static final class WithdrawReconciliation extends ActCommand {

        @Option(names = "--consent", required = true, paramLabel = "ID", description = "Id of the consent's act.")
        private String consent = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Override
        Instrument make(Head head) {
            return new FigureAct.ReconciliationWithdrawn(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), consent, reason);
        }
    }

    /** {@code KEY} or {@code KEY@PERIOD}. */
    private static FigureAct.Cell cell(String text) {
        int at = text.indexOf('@');
        return at < 0
                ? new FigureAct.Cell(text, null)
                : new FigureAct.Cell(text.substring(0, at), text.substring(at + 1));
    }
}
