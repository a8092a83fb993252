package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.util.List;
import java.util.TreeSet;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.UserAccount;
import org.entente.gateway.access.Users;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Staff users. */
@Command(
        name = "user",
        description = "Staff users of this node.",
        subcommands = {UserCommand.Add.class, UserCommand.Show.class, UserCommand.Password.class, UserKeyCommand.class})
final class UserCommand extends CommandGroup {

    @Command(
            name = "add",
            description = "Makes a user.",
            footer = {"", "Exit codes: 0 made, 1 refused, 2 wrong usage."})
    static final class Add extends NodeCommand {

        @Parameters(
                paramLabel = "NAME",
                description = "Sign-in name: small letters, digits, dots, dashes, underscores.")
        private String name = "";

        @Option(names = "--full-name", paramLabel = "TEXT", required = true, description = "The person's name.")
        private String fullName = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE[@AUTHORITY][/DATASET]",
                required = true,
                split = ",",
                description =
                        "statistician, treaty-officer, auditor, approver or administrator; for one authority or all,"
                                + " statistician and approver for one dataset or all.")
        private List<String> roles = List.of();

        @Option(
                names = "--authority",
                paramLabel = "ID",
                description = "The authority for which the roles are held that name none.")
        private @Nullable String authority;

        @Option(
                names = "--dataset",
                paramLabel = "ID",
                description = "The dataset for which the roles are held that name none.")
        private @Nullable String dataset;

        @Mixin
        private PasswordOption password = new PasswordOption();

        @Override
        int run(ApplicationContext node) {
            TreeSet<Grant> grants = new TreeSet<>();
            roles.forEach(role -> grants.add(scoped(Grant.parse(role))));
            UserAccount made = node.getBean(Users.class).add(name, fullName, grants, password.choose(name), null);
            out().println(made.name() + " " + made.grants());
            return 0;
        }

        private Grant scoped(Grant grant) {
            return new Grant(
                    grant.role(),
                    grant.authority().isEmpty() && authority != null ? authority : grant.authority(),
                    grant.dataset().isEmpty() && dataset != null ? dataset : grant.dataset());
        }
    }

    @Command(name = "list", description = "Lists the users.")
    static final class Show extends NodeCommand {
        @Override
        int run(ApplicationContext node) {
            for (UserAccount user : node.getBean(Users.class).all()) {
                out().println(user.name() + "\t" + user.fullName() + "\t" + user.grants() + "\t"
                        + (user.enabled() ? "enabled" : "shut out"));
            }
            return 0;
        }
    }

    @Command(name = "password", description = "Sets a user's password and lifts a lock.")
    static final class Password extends NodeCommand {

        @Parameters(paramLabel = "NAME", description = "The user's sign-in name.")
        private String name = "";

        @Mixin
        private PasswordOption password = new PasswordOption();

        @Override
        int run(ApplicationContext node) {
            node.getBean(Users.class).setPassword(name, password.choose(name), null);
            out().println(name + ": password set");
            return 0;
        }
    }
}
