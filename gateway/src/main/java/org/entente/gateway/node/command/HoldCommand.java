package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.agreements.decision.Facts.Hold.Scope;
import org.entente.gateway.exchange.Holds;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds: stopping at once, by one authorised person. */
@Command(
        name = "hold",
        description =
                "Stops exchanges at once: of the node, with a partner, under an agreement or a leg, or of a release.",
        subcommands = {HoldCommand.Overview.class, HoldCommand.Set.class, HoldCommand.Lift.class})
final class HoldCommand extends CommandGroup {

    @Command(name = "list", description = "Lists the holds that stand.")
    static final class Overview extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            node.getBean(Holds.class).list().forEach(hold -> out().println(describe(hold)));
            return 0;
        }
    }

    @Command(
            name = "set",
            description = "Sets a hold. Running processes follow within a second.",
            footer = {
                "",
                "Example: entente hold set LEG urn:uuid:...#ITA-PHL-STOCK --reason 'figures under review' --as tina",
                "Exit codes: 0 set, 1 refused, 2 wrong usage."
            })
    static final class Set extends NodeCommand {

        @Mixin
        private What what = new What();

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println(describe(
                    node.getBean(Holds.class).set(what.scope, what.target, what.reason, by.signIn(node))));
            return 0;
        }
    }

    @Command(
            name = "lift",
            description = "Lifts a hold that this node has set.",
            footer = {"", "Exit codes: 0 lifted, 1 refused, 2 wrong usage."})
    static final class Lift extends NodeCommand {

        @Mixin
        private What what = new What();

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            node.getBean(Holds.class).lift(what.scope, what.target, what.reason, by.signIn(node));
            return 0;
        }
    }

    /** What is stopped, or goes on, and why. */
    static final class What {
        @Parameters(index = "0", paramLabel = "SCOPE", description = "${COMPLETION-CANDIDATES}.")
        private Scope scope = Scope.NODE;

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "TARGET",
                description = "The party, the agreement, AGREEMENT#LEG or the release's id; none for the node.")
        private @Nullable String target;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; partners read it.")
        private String reason = "";
    }

    private static String describe(Holds.Standing hold) {
        return hold.scope() + "\t" + (hold.target() == null ? "" : hold.target()) + "\tsince " + hold.since() + "\tby "
                + hold.by() + "\t" + hold.reason();
    }
}
