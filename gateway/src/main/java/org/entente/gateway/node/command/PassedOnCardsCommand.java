package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.gateway.treaties.PassedOnCards;
import picocli.CommandLine.Command;

/** Cards that a depositary has passed on. */
@Command(
        name = "passed-on",
        description =
                "Lists cards of members of a framework that its depositary has passed on and nobody has confirmed.")
final class PassedOnCardsCommand extends NodeCommand {
    @Override
    int run(ApplicationContext node) {
        for (PassedOnCards.Waiting card : node.getBean(PassedOnCards.class).waiting()) {
            out().println(card.party() + "\tfingerprint " + card.fingerprint() + "\troot card " + card.rootCard()
                    + "\tpassed on by " + card.depositary() + "\t" + card.received());
        }
        return 0;
    }
}
