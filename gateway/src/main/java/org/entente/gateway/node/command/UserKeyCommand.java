package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.util.UUID;
import org.entente.gateway.access.AccessKey;
import org.entente.gateway.access.AccessKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Access keys of staff users' tools. */
@Command(
        name = "key",
        description = "Access keys with which a user's tools (R, Python, Excel, ...) read SDMX data, and nothing else.",
        subcommands = {UserKeyCommand.Add.class, UserKeyCommand.Show.class, UserKeyCommand.Revoke.class})
final class UserKeyCommand extends CommandGroup {

    @Command(
            name = "add",
            description = "Makes a key and shows it, this once. Tools send it as the password of Basic authentication.",
            footer = {"", "Exit codes: 0 made, 1 refused, 2 wrong usage."})
    static final class Add extends NodeCommand {
        @Parameters(paramLabel = "NAME", description = "The user's sign-in name.")
        private String user = "";

        @Option(names = "--name", paramLabel = "TEXT", required = true, description = "What the key is for.")
        private String name = "";

        @Option(
                names = "--days",
                paramLabel = "N",
                defaultValue = "365",
                description = "For how many days it is good, at most 730; ${DEFAULT-VALUE} by default.")
        private int days;

        @Override
        int run(ApplicationContext node) {
            AccessKey.Made made = node.getBean(AccessKeys.class).add(user, name, days, null);
            err().println(made.key().id() + "\tgood until " + made.key().expires());
            out().println(made.text());
            return 0;
        }
    }

    @Command(name = "list", description = "Lists a user's keys: id, name, state, expiry, last use.")
    static final class Show extends NodeCommand {
        @Parameters(paramLabel = "NAME", description = "The user's sign-in name.")
        private String user = "";

        @Override
        int run(ApplicationContext node) {
            for (AccessKey key : node.getBean(AccessKeys.class).of(user)) {
                out().println(key.id() + "\t" + key.name() + "\t" + key.state() + "\t" + key.expires() + "\t"
                        + (key.lastUsed() == null ? "never used" : key.lastUsed()));
            }
            return 0;
        }
    }

    @Command(
            name = "revoke",
            description = "Ends a key at once.",
            footer = {"", "Exit codes: 0 ended, 1 refused, 2 wrong usage."})
    static final class Revoke extends NodeCommand {
        @Parameters(index = "0", paramLabel = "NAME", description = "The user's sign-in name.")
        private String user = "";

        @Parameters(index = "1", paramLabel = "ID", description = "The key's id, as `user key list` shows it.")
        private UUID id = new UUID(0, 0);

        @Override
        int run(ApplicationContext node) {
            node.getBean(AccessKeys.class).revoke(user, id, null);
            out().println(id + ": revoked");
            return 0;
        }
    }
}
