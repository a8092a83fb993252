package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.util.UUID;
import org.entente.gateway.exchange.Approvals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Partners' requests that a person of this node decides. */
@Command(
        name = "request",
        description = "Partners' requests that a person of this node decides.",
        subcommands = {
            RequestCommand.Overview.class,
            RequestCommand.Show.class,
            RequestCommand.Approve.class,
            RequestCommand.Refuse.class
        })
final class RequestCommand extends CommandGroup {

    @Command(name = "list", description = "Lists the requests that wait, the most urgent first.")
    static final class Overview extends NodeCommand {

        @Option(names = "--decided", description = "Those that were answered instead, the latest first.")
        private boolean decided;

        @Override
        int run(ApplicationContext node) {
            node.getBean(Approvals.class).list(decided).forEach(line -> out().println(describe(line)));
            return 0;
        }
    }

    @Command(
            name = "show",
            description =
                    "Shows a request: what it asks for, what would leave, who has spoken, and the agreed grounds of refusal.")
    static final class Show extends NodeCommand {

        @Mixin
        private Named named = new Named();

        @Override
        int run(ApplicationContext node) {
            Approvals.Whole whole = node.getBean(Approvals.class).show(named.partner, named.exchange);
            Approvals.Line line = whole.request();
            out().println(describe(line));
            out().println("asks for\t" + line.asksFor());
            out().println("purpose\t" + line.purpose() + "\t" + line.requester());
            out().println("agreement\t" + line.agreement());
            out().println("the clauses say\t" + whole.decision().path("outcome").asText());
            whole.decision()
                    .path("reasons")
                    .forEach(reason ->
                            out().println("\t" + reason.path("sentence").asText()));
            if (whole.release() != null) {
                out().println("would leave\t" + whole.cells() + " cells of " + whole.dataset() + ", release "
                        + whole.release());
            }
            line.said()
                    .forEach(said -> out().println(said.verdict() + "\t" + said.name() + "\t" + said.at()
                            + (said.ground() == null ? "" : "\t" + said.ground())
                            + (said.note() == null ? "" : "\t" + said.note())));
            whole.grounds()
                    .forEach(ground -> out().println("ground\t" + ground.code() + "\t"
                            + ground.text().best("en")));
            return 0;
        }
    }

    @Command(
            name = "approve",
            description = "Approves a request; with as many persons as the leg wants it is answered at once.",
            footer = {"", "Exit codes: 0 approved, 1 refused, 2 wrong usage."})
    static final class Approve extends NodeCommand {

        @Mixin
        private Named named = new Named();

        @Option(names = "--note", paramLabel = "TEXT", description = "A note that stays on this node.")
        private @Nullable String note;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println(describe(
                    node.getBean(Approvals.class).approve(named.partner, named.exchange, note, by.signIn(node))));
            return 0;
        }
    }

    @Command(
            name = "refuse",
            description = "Refuses a request on a ground of the agreement; `request show` lists them.",
            footer = {"", "Exit codes: 0 refused as wanted, 1 not accepted, 2 wrong usage."})
    static final class Refuse extends NodeCommand {

        @Mixin
        private Named named = new Named();

        @Option(names = "--ground", required = true, paramLabel = "CODE", description = "The agreed ground.")
        private String ground = "";

        @Option(names = "--note", paramLabel = "TEXT", description = "A note that stays on this node.")
        private @Nullable String note;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println(describe(node.getBean(Approvals.class)
                    .refuse(named.partner, named.exchange, ground, note, by.signIn(node))));
            return 0;
        }
    }

    /** Which request. */
    static final class Named {
        @Parameters(index = "0", paramLabel = "PARTNER", description = "The party that asks.")
        private String partner = "";

        @Parameters(index = "1", paramLabel = "EXCHANGE", description = "The exchange's id.")
        private UUID exchange = new UUID(0, 0);
    }

    private static String describe(Approvals.Line line) {
        long approvals = line.said().stream()
                .filter(said -> said.verdict().equals("approved"))
                .count();
        return line.partner() + "\t" + line.exchange() + "\t" + line.leg() + "\t"
                + line.state() + (line.outcome() == null ? "" : " (" + line.outcome() + ")") + "\tdue " + line.due()
                + (line.overdue() ? " OVERDUE" : "") + "\t" + approvals + " of " + line.persons() + " approvals";
    }
}
