package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.time.LocalDate;
import java.util.UUID;
import org.entente.gateway.exchange.StaffData;
import org.entente.gateway.exchange.subscriptions.Subscription;
import org.entente.gateway.exchange.subscriptions.Subscriptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Standing requests. */
@Command(
        name = "subscription",
        description =
                "Standing requests, which ask by themselves when a partner tells of a newer release or a due day has come.",
        subcommands = {
            SubscriptionCommand.Add.class,
            SubscriptionCommand.Overview.class,
            SubscriptionCommand.Approve.class,
            SubscriptionCommand.End.class
        })
final class SubscriptionCommand extends CommandGroup {

    @Command(
            name = "add",
            description = "Proposes a standing request in your name. It asks nothing until an approver lets it begin.",
            footer = {
                "",
                "Example: entente subscription add A5.IT._T.PH._T.CB --on-release --until 2027-12-31 --requests 12 --as anna",
                "Exit codes: 0 proposed, 1 refused (the clause is named), 2 wrong usage."
            })
    static final class Add extends NodeCommand {

        @Parameters(paramLabel = "QUERY", description = "An SDMX key, or an SDMX REST 2 query from /data on.")
        private String query = "";

        @Option(names = "--flow", paramLabel = "ID", description = "The dataflow of the key, as for `ask`.")
        private @Nullable String flow;

        @Option(names = "--agreement", paramLabel = "ID", description = "Under this agreement.")
        private @Nullable String agreement;

        @Option(names = "--leg", paramLabel = "ID", description = "Under this leg; needed when several fit.")
        private @Nullable String leg;

        @Option(names = "--purpose", paramLabel = "CODE", description = "What for, as the agreement lists it.")
        private @Nullable String purpose;

        @Option(names = "--on-release", description = "Asks when the partner tells of a newer release.")
        private boolean onRelease;

        @Option(names = "--on-due-days", description = "Asks on the due days of the leg's calendar.")
        private boolean onCalendar;

        @Option(names = "--until", required = true, paramLabel = "DATE", description = "Its last day (UTC).")
        private LocalDate until = LocalDate.EPOCH;

        @Option(
                names = "--requests",
                defaultValue = "12",
                paramLabel = "N",
                description = "How many requests it may make in all (default: ${DEFAULT-VALUE}).")
        private int most;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            String whole = query;
            if (!query.startsWith("/")) {
                var id = node.getBean(StaffData.class)
                        .dataflow(flow, agreement, leg)
                        .id();
                whole = "/data/dataflow/" + id.agency() + "/" + id.id() + "/" + id.version() + "/" + query;
            }
            Subscription made = node.getBean(Subscriptions.class)
                    .add(
                            new Subscriptions.Wish(whole, agreement, leg, purpose, onRelease, onCalendar, until, most),
                            by.signIn(node));
            out().println(line(made));
            return 0;
        }
    }

    @Command(
            name = "list",
            description =
                    "Lists standing requests, newest first: id, state (paused: until when the quota has no room), provider, leg, whose, until when, requests made, why it"
                            + " ended; with an id, when it asked and what came of it.")
    static final class Overview extends NodeCommand {

        @Parameters(arity = "0..1", paramLabel = "ID", description = "One standing request.")
        private @Nullable UUID id;

        @Override
        int run(ApplicationContext node) {
            Subscriptions subscriptions = node.getBean(Subscriptions.class);
            if (id == null) {
                subscriptions.list().forEach(one -> out().println(line(one)));
            } else {
                out().println(line(subscriptions.get(id)));
                subscriptions
                        .turns(id)
                        .forEach(turn -> out().println(String.join(
                                "\t",
                                turn.made().toString(),
                                turn.cause(),
                                "exchange " + turn.exchange(),
                                turn.state().name(),
                                turn.sentence() == null ? "" : turn.sentence())));
            }
            return 0;
        }
    }

    @Command(
            name = "approve",
            description = "Lets a standing request begin. An approver does, never the analyst in whose name it asks.")
    static final class Approve extends NodeCommand {

        @Parameters(paramLabel = "ID", description = "The standing request.")
        private UUID id = new UUID(0, 0);

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println(line(node.getBean(Subscriptions.class).approve(id, by.signIn(node))));
            return 0;
        }
    }

    @Command(
            name = "end",
            description =
                    "Ends a standing request, or does not let it begin: the analyst, an approver, an administrator.")
    static final class End extends NodeCommand {

        @Parameters(paramLabel = "ID", description = "The standing request.")
        private UUID id = new UUID(0, 0);

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it is shown.")
        private String reason = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println(line(node.getBean(Subscriptions.class).end(id, reason, by.signIn(node))));
            return 0;
        }
    }

    private static String line(Subscription one) {
        return String.join(
                "\t",
                one.id().toString(),
                one.resumes() == null ? one.state() : one.state() + " until " + one.resumes(),
                one.provider(),
                one.leg(),
                one.person(),
                "until " + one.until(),
                one.used() + " of " + one.most() + " requests",
                one.endCode() == null ? "" : one.endCode() + ": " + one.endReason());
    }
}
