package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.entente.gateway.releases.Mappings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Mappings: how offices' own tables become figures. */
@Command(
        name = "mapping",
        description = "How offices' own tables become figures.",
        subcommands = {MappingCommand.Store.class, MappingCommand.Show.class, MappingCommand.All.class})
final class MappingCommand extends CommandGroup {

    @Command(
            name = "store",
            description =
                    "Stores a mapping for `import --mapping`. A stored one is never changed; give a higher version.",
            footer = {"", "Exit codes: 0 stored, 1 refused, 2 wrong usage."})
    static final class Store extends NodeCommand {

        @Parameters(
                paramLabel = "FILE",
                description = "The mapping, in the short form or as SDMX StructureMap message.")
        private Path file = Path.of("mapping.json");

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Mappings.Listed stored = node.getBean(Mappings.class).store(CommandFiles.read(file), by.signIn(node));
            out().println(stored.id() + "@" + stored.version() + "\t" + stored.digest());
            return 0;
        }
    }

    @Command(name = "show", description = "Prints a mapping as the SDMX message in which it is kept.")
    static final class Show extends NodeCommand {

        @Parameters(paramLabel = "ID[@VERSION]", description = "The mapping; without a version the one stored last.")
        private String name = "";

        @Override
        int run(ApplicationContext node) {
            out().println(new String(node.getBean(Mappings.class).get(name).document(), StandardCharsets.UTF_8));
            return 0;
        }
    }

    @Command(name = "list", description = "Lists the mappings.")
    static final class All extends NodeCommand {
        @Override
        int run(ApplicationContext node) {
            for (Mappings.Listed mapping : node.getBean(Mappings.class).all()) {
                out().println(mapping.id() + "@" + mapping.version() + "\t" + mapping.name() + "\t"
                        + mapping.structure());
            }
            return 0;
        }
    }
}
