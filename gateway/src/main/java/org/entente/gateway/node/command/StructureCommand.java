package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.releases.OwnStructures;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Structures: what figures of this node may look like. */
@Command(
        name = "structure",
        description = "Dataflows and their structures.",
        subcommands = {StructureCommand.Import.class, StructureCommand.Show.class})
final class StructureCommand extends CommandGroup {

    @Command(
            name = "import",
            description =
                    "Takes the dataflows of an SDMX structure message, and their topics. What is taken is never changed.",
            footer = {"", "Exit codes: 0 taken, 1 refused, 2 wrong usage."})
    static final class Import extends NodeCommand {

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

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            OwnStructures.Added added =
                    node.getBean(OwnStructures.class).importMessage(CommandFiles.read(file), roles, by.signIn(node));
            added.dataflows().forEach(flow -> out().println(line(flow)));
            added.topics()
                    .forEach(topic ->
                            out().println(topic.id() + "\t" + topic.type().path()));
            added.metadataflows()
                    .forEach(flow ->
                            out().println(flow.id() + "\t" + flow.structure().id() + "\tmetadataflow"));
            return 0;
        }
    }

    @Command(name = "list", description = "Lists the dataflows that this node knows, each with its structure.")
    static final class Show extends NodeCommand {
        @Override
        int run(ApplicationContext node) {
            node.getBean(Dataflows.class).all().forEach(flow -> out().println(line(flow)));
            return 0;
        }
    }

    static String line(Dataflow flow) {
        return flow.id() + "\t" + flow.structure().id() + "\t" + flow.name().in("en");
    }
}
