package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programmes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a secretariat collects regularly. */
@Command(
        name = "programme",
        description = "The programmes of a regional process: declares and lists them.",
        subcommands = {ProgrammeCommand.Declare.class, ProgrammeCommand.Overview.class})
final class ProgrammeCommand extends CommandGroup {

    @Command(
            name = "declare",
            description = "Declares a programme, or its next version, against the framework that it names.",
            footer = {
                "",
                "docs/secretariat.md shows a programme with every member explained.",
                "Exit codes: 0 declared, 1 refused (every fault is named), 2 wrong usage."
            })
    static final class Declare extends NodeCommand {

        @Parameters(index = "0", paramLabel = "FILE", description = "The programme, JSON or YAML.")
        private Path file = Path.of("programme.yaml");

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Programmes.Declared declared =
                    node.getBean(Programmes.class).declare(CommandFiles.read(file), by.signIn(node));
            out().println(declared.programme().id() + " version "
                    + declared.programme().version() + " declared, digest " + declared.digest());
            return 0;
        }
    }

    @Command(
            name = "list",
            description = "Lists the newest version of every programme with its tables.",
            footer = {"", "Exit codes: 0 listed, 2 wrong usage."})
    static final class Overview extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            for (Programmes.Declared declared : node.getBean(Programmes.class).all()) {
                Programme programme = declared.programme();
                out().println(programme.id() + "\tversion " + programme.version() + "\t" + programme.agreement() + "\t"
                        + Programme.in(programme.title(), "en"));
                programme
                        .tables()
                        .forEach(table -> out().println("\t" + table.id() + "\t" + table.leg() + "\t" + table.publish()
                                + "\t" + Programme.in(table.title(), "en")));
            }
            return 0;
        }
    }
}
