package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Accepts that a partner's journal goes on under another name. */
@Command(
        name = "confirm-journal",
        description =
                "Accepts a partner's card with which its journal begins anew under another name, because it cannot be"
                        + " continued: after its fingerprint was compared with the partner over another channel, and the partner has"
                        + " said what it has lost. For administrators and treaty officers.",
        footer = {"", "Exit codes: 0 accepted, 1 refused, 2 wrong usage."})
final class ConfirmJournalCommand extends NodeCommand {

    @Parameters(paramLabel = "FILE", description = "The card, or the list of cards, that the partner sent.")
    private Path file = Path.of("card.json");

    @Option(
            names = "--fingerprint",
            required = true,
            paramLabel = "ABCD-EFGH-...",
            description = "The fingerprint that the partner's person has read out.")
    private String fingerprint = "";

    @Mixin
    private ActingUser by = new ActingUser();

    @Override
    int run(ApplicationContext node) {
        Partner partner =
                node.getBean(Partners.class).confirmJournal(CommandFiles.read(file), fingerprint, by.signIn(node));
        out().println(CardCommand.describe(partner.current()));
        out().println("Its journal is followed as " + partner.card().journalOrigin() + " from now on.");
        return 0;
    }
}
