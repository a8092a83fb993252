package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.util.UUID;
import org.entente.gateway.region.webhook.Webhook;
import org.entente.gateway.region.webhook.Webhooks;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Addresses outside that are told of new public editions. */
@Command(
        name = "webhook",
        description = "Addresses outside that are told, signed, of new public editions of profiles.",
        subcommands = {WebhookCommand.Add.class, WebhookCommand.Overview.class, WebhookCommand.End.class})
final class WebhookCommand extends CommandGroup {

    @Command(
            name = "add",
            description = "Registers an https address; it is told of what is published from now on.",
            footer = {
                "",
                "Example: entente webhook add https://ministry.example.org/hooks/migration --programme ADD-PROFILE --as admin",
                "Exit codes: 0 registered, 1 refused, 2 wrong usage."
            })
    static final class Add extends NodeCommand {

        @Parameters(paramLabel = "URL", description = "The address, https://...")
        private String url = "";

        @Option(
                names = "--programme",
                paramLabel = "ID",
                description = "Only of the profiles of this programme, which is declared here.")
        private @Nullable String programme;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println(line(node.getBean(Webhooks.class).add(url, programme, by.signIn(node))));
            return 0;
        }
    }

    @Command(
            name = "list",
            description =
                    "Lists the addresses, newest first, or the messages of one: edition, state, tries, what went wrong.")
    static final class Overview extends NodeCommand {

        @Parameters(arity = "0..1", paramLabel = "ID", description = "One of them.")
        private @Nullable UUID id;

        @Override
        int run(ApplicationContext node) {
            Webhooks webhooks = node.getBean(Webhooks.class);
            if (id == null) {
                webhooks.list().forEach(hook -> out().println(line(hook)));
                return 0;
            }
            webhooks.deliveries(id)
                    .forEach(message -> out().println(String.join(
                            "\t",
                            message.id().toString(),
                            message.programme() + " " + message.edition(),
                            message.state().name(),
                            message.tries() + " tries",
                            message.problem() == null ? "" : message.problem())));
            return 0;
        }
    }

    @Command(name = "end", description = "Ends one of them; what waits for it is not sent.")
    static final class End extends NodeCommand {

        @Parameters(paramLabel = "ID", description = "Which one.")
        private UUID id = new UUID(0, 0);

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println(line(node.getBean(Webhooks.class).end(id, reason, by.signIn(node))));
            return 0;
        }
    }

    private static String line(Webhook hook) {
        return String.join(
                "\t",
                hook.id().toString(),
                hook.url(),
                hook.programme() == null ? "all programmes" : hook.programme(),
                hook.madeBy(),
                hook.made().toString(),
                hook.ended() == null ? "" : "ended: " + hook.endReason());
    }
}
