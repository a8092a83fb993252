package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.gateway.exchange.CrisisPacks;
import picocli.CommandLine.Command;

/** Crisis packs; they are opened by an officer's act, {@code agreement act open-pack}. */
@Command(
        name = "pack",
        description = "Lists crisis packs. An officer opens one by an act on the agreement.",
        subcommands = {PackCommand.Held.class, PackCommand.Made.class})
final class PackCommand extends CommandGroup {

    @Command(
            name = "held",
            description = "Lists the packs that partners have delivered: id, provider, leg, release, state.")
    static final class Held extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            node.getBean(CrisisPacks.class)
                    .held()
                    .forEach(pack -> out().println(String.join(
                            "\t", pack.id(), pack.provider(), pack.leg(), pack.release(), pack.state())));
            return 0;
        }
    }

    @Command(
            name = "made",
            description = "Lists the packs for partners: id, consumer, leg, release, when it was delivered or why not.")
    static final class Made extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            node.getBean(CrisisPacks.class)
                    .made()
                    .forEach(pack -> out().println(String.join(
                            "\t", pack.id(), pack.consumer(), pack.leg(), pack.release(), delivery(pack))));
            return 0;
        }

        private static String delivery(CrisisPacks.Made pack) {
            if (pack.delivered() != null) {
                return "delivered " + pack.delivered();
            }
            return pack.problem() == null ? "on its way" : pack.problem();
        }
    }
}
