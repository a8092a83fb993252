package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Set;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.Fingerprint;
import org.entente.crypto.keys.KeyRing;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.NodeHome;
import org.entente.gateway.node.NodeInit;
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
            names = "--valid-days",
            paramLabel = "DAYS",
            defaultValue = "825",
            description = "How long the self-signed certificates are valid (default: ${DEFAULT-VALUE}).")
    private int validDays = 825;

    @Override
    int run(ApplicationContext node) {
        String word = password.read(admin);
        node.getBean(NodeInit.class).initialise(Duration.ofDays(validDays));
        node.getBean(Users.class)
                .add(admin, "First administrator", Set.of(new Grant(Roles.ADMINISTRATOR, "")), word, null);
        KeyRing keys = node.getBean(KeyRing.class);
        out().println("Keys are in " + node.getBean(NodeHome.class).keyRing());
        out().println("Signing certificate: "
                + Fingerprint.of(Certificates.sha256(keys.signing().certificate())));
        out().println("Administrator: " + admin);
        return 0;
    }
}
