package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.time.Instant;
import org.entente.gateway.evidence.reconciliation.Reconciliation;
import org.entente.gateway.evidence.witness.Recovery;
import org.entente.gateway.journal.JournalCheck;
import org.entente.gateway.partners.CardDocument;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The node's own journal. */
@Command(
        name = "journal",
        description = "Checks and recovers this node's journal.",
        subcommands = {
            JournalCommand.Fsck.class,
            JournalCommand.Reconcile.class,
            JournalCommand.Seen.class,
            JournalCommand.Recover.class,
            JournalCommand.Adopt.class
        })
final class JournalCommand extends CommandGroup {

    @Command(
            name = "fsck",
            description = "Derives the whole journal anew from what is stored, and compares.",
            footer = {"", "Exit codes: 0 everything fits, 1 something does not, 2 wrong usage."})
    static final class Fsck extends NodeCommand {

        @Option(
                names = "--tree",
                description =
                        "Only what partners can check, too: tiles, roots and checkpoints over the leaf hashes. Much quicker.")
        private boolean tree;

        @Override
        int run(ApplicationContext node) {
            JournalCheck.Report report =
                    node.getBean(JournalCheck.class).run(tree ? JournalCheck.Depth.TREE : JournalCheck.Depth.RECORDS);
            report.findings().forEach(out()::println);
            out().println(report.entries() + " entries ("
                    + (tree
                            ? "not looked at themselves"
                            : report.withoutRecord() + " without record, " + report.lost() + " lost")
                    + "), " + report.tiles() + " tiles, " + report.checkpoints() + " checkpoints ("
                    + report.unsigned() + " unsigned): " + report.problems() + " contradictions.");
            return report.passes() ? 0 : 1;
        }
    }

    @Command(
            name = "reconcile",
            description = "Compares this node's and a partner's records of every exchange between them over a period.",
            footer = {
                "",
                "Each line: exchange, who asked, what is different, the consumer's state, the provider's state.",
                "Exit codes: 0 no difference, 1 at least one difference, 2 wrong usage."
            })
    static final class Reconcile extends NodeCommand {

        @Parameters(index = "0", paramLabel = "PARTY", description = "With whom.")
        private String party = "";

        @Option(names = "--from", paramLabel = "INSTANT", description = "Start (default: a week before the end).")
        private @Nullable Instant from;

        @Option(names = "--to", paramLabel = "INSTANT", description = "End (default: two minutes ago).")
        private @Nullable Instant to;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Reconciliation.Report report = node.getBean(Reconciliation.class).run(party, from, to, by.signIn(node));
            report.differences()
                    .forEach(d -> out().println(d.exchange() + "\t" + d.consumer() + "\t" + d.kind() + "\t"
                            + (d.consumerState() == null ? "-" : d.consumerState()) + "\t"
                            + (d.providerState() == null ? "-" : d.providerState())));
            out().println(report.exchanges() + " exchanges with " + party + " from " + report.from() + " to "
                    + report.to() + ": " + report.differences().size() + " differences.");
            return report.differences().isEmpty() ? 0 : 1;
        }
    }

    @Command(
            name = "seen",
            description = "Asks the anchor file and all partners how far they have seen this node's journal.",
            footer = {"", "Exit codes: 0 all have answered, 1 at least one has not, 2 wrong usage."})
    static final class Seen extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            boolean all = true;
            for (Recovery.Known known : node.getBean(Recovery.class).known()) {
                all &= known.problem() == null;
                out().println(known.by() + "\t"
                        + (known.problem() == null ? known.size() + " entries" : "not asked: " + known.problem()));
            }
            return all ? 0 : 1;
        }
    }

    @Command(
            name = "recover",
            description = "Refills a journal whose database was set back, from partners' copies of its leaf hashes.",
            footer = {
                "",
                "Stop every other process of the node first. Lost records stay lost; the tree is what everybody has seen.",
                "Exit codes: 0 recovered, 1 refused, 2 wrong usage."
            })
    static final class Recover extends NodeCommand {

        @Option(
                names = "--void-unseen",
                description =
                        "Give up what the anchor file has and no partner has seen; its checkpoint is journaled as void.")
        private boolean withoutAnchor;

        @Option(
                names = "--new-origin",
                description =
                        "Go on under another name and key, because the journal cannot be continued; that is tried first. Every"
                                + " partner must confirm the card that says so.")
        private boolean newOrigin;

        @Option(names = "--despite-silent", description = "Go on although a partner could not be asked.")
        private boolean despiteSilent;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is journaled.")
        private String reason = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Recovery recovery = node.getBean(Recovery.class);
            if (newOrigin) {
                CardDocument card = recovery.beginAnew(despiteSilent, reason, by.signIn(node));
                out().println("The journal goes on as " + card.card().journalOrigin() + ".");
                out().println(CardCommand.describe(card));
                return 0;
            }
            Recovery.Result result = recovery.recover(withoutAnchor, despiteSilent, reason, by.signIn(node));
            out().println("The journal stands at " + result.size() + " entries, " + result.lost() + " of them lost.");
            return 0;
        }
    }

    @Command(
            name = "adopt",
            description =
                    "Takes the journal as it is although there is no anchor file, if it holds all that partners have seen.",
            footer = {"", "For a new machine of an existing node.", "Exit codes: 0 adopted, 1 refused, 2 wrong usage."})
    static final class Adopt extends NodeCommand {

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            node.getBean(Recovery.class).adopt(by.signIn(node));
            out().println("The journal is adopted.");
            return 0;
        }
    }
}
