package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.desk.Desk;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Structures at a desk: what its tables may look like. */
@Command(
        name = "structure",
        description = "Dataflows and their structures.",
        subcommands = {DeskStructureCommand.Import.class, DeskStructureCommand.Show.class})
final class DeskStructureCommand extends CommandGroup {

    @Command(
            name = "import",
            description = "Takes the dataflows of an SDMX structure message. What is taken is never changed.",
            footer = {"", "Exit codes: 0 taken, 1 refused, 2 wrong usage."})
    static final class Import extends DeskWork {

        @Parameters(
                paramLabel = "FILE",
                description = "SDMX-JSON 2.x or SDMX-ML 2.1 or 3.0, with code lists and concepts.")
        private Path file = Path.of("structure.xml");

        @Option(
                names = "--role",
                paramLabel = "COMPONENT=ROLE",
                description =
                        "What a component is for, where the file does not say, for example COUNTRY=REPORTING_AREA.")
        private Map<String, String> roles = new TreeMap<>();

        @Override
        int run(Desk desk) {
            desk.importStructure(CommandFiles.read(file), roles)
                    .forEach(flow -> out().println(StructureCommand.line(flow)));
            return 0;
        }
    }

    @Command(name = "list", description = "Lists the dataflows that this desk knows, each with its structure.")
    static final class Show extends DeskWork {
        @Override
        int run(Desk desk) {
            desk.dataflows().forEach(flow -> out().println(StructureCommand.line(flow)));
            return 0;
        }
    }
}
