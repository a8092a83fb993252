package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.gateway.access.Roles;
import org.entente.gateway.treaties.Treaties;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Acts that have not passed yet, in both directions. */
@Command(
        name = "catch-up",
        description = "Sends a partner what waits for it, and fetches the texts and acts that this node has missed.",
        footer = {"", "Exit codes: 0 done, 1 the partner does not answer or an act is refused, 2 wrong usage."})
final class CatchUpCommand extends NodeCommand {

    @Parameters(paramLabel = "PARTY", description = "The partner; in a framework the depositary.")
    private String party = "";

    @Mixin
    private ActingUser by = new ActingUser();

    @Override
    int run(ApplicationContext node) {
        by.signIn(node).require(Roles.TREATY_OFFICER);
        node.getBean(Treaties.class)
                .catchUpWith(party)
                .forEach(act -> out().println(act.act() + "\t" + act.agreement() + "\tversion " + act.version()
                        + "\tdigest " + act.digest()));
        return 0;
    }
}
