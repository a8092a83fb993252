package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.treaties.Treaties;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a member whose card was passed on a partner. */
@Command(
        name = "confirm",
        description =
                "Accepts a card that a depositary has passed on, after its fingerprint has been compared with its owner over"
                        + " another channel.",
        footer = {"", "Exit codes: 0 accepted, 1 refused, 2 wrong usage."})
final class ConfirmCardCommand extends NodeCommand {

    @Parameters(paramLabel = "PARTY", description = "The owner of the card.")
    private String party = "";

    @Option(
            names = "--fingerprint",
            required = true,
            paramLabel = "TEXT",
            description = "The fingerprint as the owner reads it out.")
    private String fingerprint = "";

    @Mixin
    private ActingUser by = new ActingUser();

    @Override
    int run(ApplicationContext node) {
        StaffUser user = by.signIn(node);
        user.require(Roles.ADMINISTRATOR);
        Partner partner = node.getBean(Treaties.class)
                .confirmMember(party, fingerprint, user.id().toString());
        out().println(partner.toString());
        return 0;
    }
}
