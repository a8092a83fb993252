package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.UUID;
import org.entente.gateway.evidence.DeliveredPacks;
import org.entente.gateway.exchange.CrisisPacks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Crisis packs; they are opened by an officer's act, {@code agreement act open-pack}. */
@Command(
        name = "pack",
        description = "Lists crisis packs. An officer opens one by an act on the agreement.",
        subcommands = {PackCommand.Held.class, PackCommand.Made.class, PackCommand.EvidenceOf.class})
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
            name = "evidence",
            description =
                    "Writes everything that proves the figures of an opened pack into one file, which `verify` checks offline. The"
                            + " consumer's node proves what it received and opened; the provider's, what it delivered and who opened"
                            + " it.",
            footer = {"", "Exit codes: 0 written, 1 refused, 2 wrong usage."})
    static final class EvidenceOf extends NodeCommand {

        @Parameters(paramLabel = "PACK", description = "The pack's id, as `pack held` and `pack made` list it.")
        private UUID pack = new UUID(0, 0);

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
        private Path file = Path.of("pack.evidence.json");

        @Override
        int run(ApplicationContext node) {
            CommandFiles.write(file, node.getBean(DeliveredPacks.class).fromThisSide(pack));
            out().println(file.toString());
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
