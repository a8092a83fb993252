package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.util.UUID;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Rounds of a programme. */
@Command(
        name = "round",
        description =
                "Rounds of a programme: opens them, asks all members, takes the figures of those without a node, shows who has answered, and closes them.",
        subcommands = {
            RoundCommand.Open.class,
            RoundCommand.Turn.class,
            RoundCommand.Show.class,
            RoundCommand.Again.class,
            RoundCommand.Close.class,
            DepositCommands.Template.class,
            DepositCommands.Upload.class,
            DepositCommands.Confirm.class,
            DepositCommands.Link.class,
            RoundCommand.Overview.class
        })
final class RoundCommand extends CommandGroup {
    private static final String EXIT =
            "Exit codes: 0 every member has answered, 1 one has not (it is named), 2 wrong usage.";

    private RoundCommand() {}

    private static boolean answered(Round.Task task) {
        return task.state() == Round.Outcome.ANSWERED || task.state() == Round.Outcome.DEPOSITED;
    }

    /** A round and its tasks, line by line. */
    abstract static class OfRound extends NodeCommand {

        final int show(Rounds.Progress progress) {
            Round round = progress.round();
            out().println(round.id() + "\t" + round.programme() + "\tfor " + round.year() + "\t"
                    + (round.closed() == null ? "open until " + round.deadline() : "closed " + round.closed()));
            for (Round.Task task : progress.tasks()) {
                out().println("\t" + task.party() + "\t" + task.table() + "\t" + task.state()
                        + (task.state().hasFigures()
                                ? "\t" + task.exchange() + "\t" + task.done()
                                : task.sentence() == null ? "" : "\t" + task.code() + "\t" + task.sentence()));
            }
            return progress.tasks().stream().allMatch(RoundCommand::answered) ? 0 : 1;
        }
    }

    @Command(
            name = "open",
            description =
                    "Opens a round for a year. Members are asked by 'round turn', or by the node itself within minutes.",
            footer = {"", "Exit codes: 0 opened, 1 refused, 2 wrong usage."})
    static final class Open extends OfRound {

        @Parameters(index = "0", paramLabel = "PROGRAMME", description = "Its id.")
        private String programme = "";

        @Parameters(index = "1", paramLabel = "YEAR", description = "That figures are wanted for.")
        private int year;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            show(node.getBean(Rounds.class).open(programme, year, by.signIn(node)));
            return 0;
        }
    }

    @Command(
            name = "turn",
            description = "Asks every member at once for whatever is not settled.",
            footer = {"", EXIT})
    static final class Turn extends OfRound {

        @Parameters(index = "0", paramLabel = "ROUND", description = "Its id.")
        private UUID round = new UUID(0, 0);

        @Override
        int run(ApplicationContext node) {
            return show(node.getBean(Rounds.class).turn(round));
        }
    }

    @Command(
            name = "show",
            description = "Shows what has become of each question.",
            footer = {"", EXIT})
    static final class Show extends OfRound {

        @Parameters(index = "0", paramLabel = "ROUND", description = "Its id.")
        private UUID round = new UUID(0, 0);

        @Override
        int run(ApplicationContext node) {
            return show(node.getBean(Rounds.class).progress(round));
        }
    }

    @Command(
            name = "again",
            description = "Asks a member again that has refused, or whose answer did not hold, at the next turn.",
            footer = {"", "Exit codes: 0 it will be asked, 1 refused, 2 wrong usage."})
    static final class Again extends OfRound {

        @Parameters(index = "0", paramLabel = "ROUND", description = "Its id.")
        private UUID round = new UUID(0, 0);

        @Parameters(index = "1", paramLabel = "PARTY", description = "Who is asked again.")
        private String party = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            show(node.getBean(Rounds.class).again(round, party, by.signIn(node)));
            return 0;
        }
    }

    @Command(
            name = "close",
            description = "Closes a round before its deadline. Where no answer came, the last signed one stands in.",
            footer = {"", EXIT})
    static final class Close extends OfRound {

        @Parameters(index = "0", paramLabel = "ROUND", description = "Its id.")
        private UUID round = new UUID(0, 0);

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            return show(node.getBean(Rounds.class).close(round, by.signIn(node)));
        }
    }

    @Command(
            name = "list",
            description = "Lists the rounds of a programme, newest first.",
            footer = {"", "Exit codes: 0 listed, 2 wrong usage."})
    static final class Overview extends NodeCommand {

        @Parameters(index = "0", paramLabel = "PROGRAMME", description = "Its id.")
        private String programme = "";

        @Override
        int run(ApplicationContext node) {
            node.getBean(Rounds.class)
                    .of(programme)
                    .forEach(round -> out().println(round.id() + "\tfor " + round.year() + "\topened "
                            + round.opened() + "\t"
                            + (round.closed() == null
                                    ? "open until " + round.deadline()
                                    : "closed " + round.closed())));
            return 0;
        }
    }
}
