package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.gateway.evidence.witness.OutsideWitnesses;
import org.entente.gateway.evidence.witness.Witness;
import org.entente.gateway.partners.JournalConflicts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Partners' journals as this node has seen them. */
@Command(
        name = "witness",
        description = "What this node has seen of its partners' journals, and what to do when one contradicts itself.",
        subcommands = {WitnessCommand.Overview.class, WitnessCommand.Resolve.class})
final class WitnessCommand extends CommandGroup {

    @Command(
            name = "list",
            description = "Lists how far each partner's journal was recomputed and cosigned, who has cosigned this"
                    + " node's, and every contradiction found.",
            footer = {"", "Exit codes: 0 nothing waits for a decision, 1 a contradiction does, 2 wrong usage."})
    static final class Overview extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            node.getBean(Witness.class)
                    .standings()
                    .forEach(s -> out().println("partner\t" + s.party() + "\t" + s.size() + " entries recomputed, "
                            + s.cosigned() + " cosigned"
                            + (s.delivered() ? "" : ", not yet handed over") + ", " + s.waiting() + " waiting"));
            node.getBean(OutsideWitnesses.class)
                    .standings()
                    .forEach(s -> out().println("witness\t" + s.name() + "\t" + s.cosigned() + " entries cosigned"));
            JournalConflicts conflicts = node.getBean(JournalConflicts.class);
            conflicts
                    .all()
                    .forEach(c -> out().println("conflict\t" + c.party() + "\t" + c.kind() + "\t" + c.found()
                            + "\tentry " + c.journalIndex() + "\t"
                            + (c.followed() == null
                                    ? "OPEN: " + c.sentence()
                                    : c.followed() + " by " + c.decidedBy() + ": " + c.reason())));
            return conflicts.open(null).isEmpty() ? 0 : 1;
        }
    }

    @Command(
            name = "resolve",
            description = "Decides about the contradictions in a partner's journal; exchanges go on.",
            footer = {
                "",
                "HELD: the history kept here stays the measure; the partner must show that it continues it.",
                "NEW: what was kept is given up, and the partner's journal is read from its first entry again.",
                "Both checkpoints stay in this node's journal as proof.",
                "Exit codes: 0 decided, 1 refused, 2 wrong usage."
            })
    static final class Resolve extends NodeCommand {

        @Parameters(index = "0", paramLabel = "PARTY", description = "Whose journal.")
        private String party = "";

        @Option(names = "--follow", required = true, paramLabel = "HISTORY", description = "${COMPLETION-CANDIDATES}.")
        private JournalConflicts.Followed followed = JournalConflicts.Followed.HELD;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is journaled.")
        private String reason = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            node.getBean(Witness.class).resolve(party, followed, reason, by.signIn(node));
            out().println("Exchanges with " + party + " go on.");
            return 0;
        }
    }
}
