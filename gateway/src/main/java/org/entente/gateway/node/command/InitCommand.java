package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.NodeHome;
import org.entente.gateway.node.NodeInit;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes the node's identity and its first administrator. */
@Command(
        name = "init",
        description = "Makes the node's keys, journal and card, and its first administrator. Once per node.",
        footer = {"", "Exit codes: 0 made, 1 refused (for instance there are keys already), 2 wrong usage."})
final class InitCommand extends NodeCommand {

    @Option(
            names = "--admin",
            paramLabel = "NAME",
            defaultValue = "admin",
            description = "Sign-in name of the first administrator (default: ${DEFAULT-VALUE}).")
    private String admin = "admin";

    @Mixin
    private PasswordOption password = new PasswordOption();

    @Option(
            names = "--card",
            paramLabel = "FILE",
            description = "JSON with name, onBehalfOf and authorities for the node's card. Without it the card bears"
                    + " the party's code only; `card issue` makes a better one later.")
    private @Nullable Path card;

    @Option(
            names = "--valid-days",
            paramLabel = "DAYS",
            defaultValue = "825",
            description = "How long certificates and card are valid (default: ${DEFAULT-VALUE}).")
    private int validDays = 825;

    @Option(
            names = "--post-quantum",
            description = "Messages and checkpoints carry post-quantum signatures too (ML-DSA-65 and ML-DSA-44), and"
                    + " partners refuse them without.")
    private boolean postQuantum;

    @Override
    int run(ApplicationContext node) {
        String word = password.choose(admin);
        CardText text = CardTextFile.readOrBare(
                card, node.getBean(EntenteSettings.class).party());
        NodeInit init = node.getBean(NodeInit.class);
        Duration validity = Duration.ofDays(validDays);
        CardDocument issued = postQuantum
                ? init.initialiseWithCompanions(text, validity, CardCommand.BY)
                : init.initialise(text, validity, CardCommand.BY);
        node.getBean(Users.class)
                .add(admin, "First administrator", Set.of(new Grant(Roles.ADMINISTRATOR, "")), word, null);
        out().println("keys\t" + node.getBean(NodeHome.class).keyRing());
        out().println("administrator\t" + admin);
        out().println(CardCommand.describe(issued));
        return 0;
    }
}
