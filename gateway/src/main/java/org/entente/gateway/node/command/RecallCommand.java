package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.util.UUID;
import org.entente.gateway.exchange.RecallBook;
import org.entente.gateway.exchange.Recalls;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Recalls: stopping a release for good, and destroying what a partner has recalled. */
@Command(
        name = "recall",
        description = "Recalls of releases: own ones with their holders, and partners' ones.",
        subcommands = {RecallCommand.Overview.class, RecallCommand.Release.class, RecallCommand.Destroy.class})
final class RecallCommand extends CommandGroup {

    @Command(name = "list", description = "Lists own recalls with who has destroyed what, and partners' recalls.")
    static final class Overview extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            RecallBook.Book book = node.getBean(RecallBook.class).book();
            for (RecallBook.Own own : book.own()) {
                out().println("own\t" + describe(own.recall()));
                own.holders()
                        .forEach(holder -> out().println("\t" + holder.partner() + "\t" + holder.exchanges()
                                + " exchanges, " + holder.proved() + " proved deleted\t"
                                + (holder.notified() ? "notified" : "to be notified by an officer's act") + "\t"
                                + answer("no answer", holder.answer(), holder.reason())));
            }
            for (RecallBook.Received received : book.received()) {
                out().println(received.provider() + "\t" + describe(received.recall()) + "\t"
                        + answer("answer owed", received.answer(), received.reason()));
                received.holdings()
                        .forEach(held -> out().println("\t" + held.exchange() + "\t" + held.leg() + "\t"
                                + (held.deleted() ? "deleted" : "held")));
            }
            return 0;
        }

        private static String answer(String none, @Nullable String answer, @Nullable String reason) {
            return (answer == null ? none : answer) + (reason == null ? "" : ": " + reason);
        }

        private static String describe(Recalls.Recall recall) {
            return (recall.id() == null ? "no signed act yet" : recall.id()) + "\trelease " + recall.release() + "\t"
                    + recall.at() + "\t" + recall.reason();
        }
    }

    @Command(
            name = "release",
            description =
                    "Stops a published release for good, at once. Its holders learn of it by the officer's signed act"
                            + " release-recalled, which follows.",
            footer = {"", "Exit codes: 0 recalled, 1 refused, 2 wrong usage."})
    static final class Release extends NodeCommand {

        @Parameters(paramLabel = "RELEASE", description = "The release's id.")
        private UUID release = new UUID(0, 0);

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; partners read it.")
        private String reason = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Recalls.Recall recall = node.getBean(Recalls.class).recall(release, reason, by.signIn(node));
            out().println("recalled\t" + recall.release() + "\t" + recall.at());
            return 0;
        }
    }

    @Command(
            name = "destroy",
            description =
                    "Deletes what this node holds of a release that a partner has recalled, and prints the digests for the officer's"
                            + " signed confirmation.",
            footer = {"", "Exit codes: 0 destroyed, 1 refused, 2 wrong usage."})
    static final class Destroy extends NodeCommand {

        @Parameters(paramLabel = "RECALL", description = "The recall's id, urn:uuid:...")
        private String recall = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            RecallBook.Destroyed destroyed = node.getBean(RecallBook.class).destroy(recall, by.signIn(node));
            destroyed.digests().forEach(digest -> out().println(digest));
            return 0;
        }
    }
}
