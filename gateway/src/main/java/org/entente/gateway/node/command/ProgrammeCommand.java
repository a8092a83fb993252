package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.region.indicator.ReferenceIndicators;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.sdmx.StructureMessage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a secretariat collects regularly. */
@Command(
        name = "programme",
        description = "The programmes of a regional process: declares and lists them.",
        subcommands = {
            ProgrammeCommand.Declare.class,
            ProgrammeCommand.Overview.class,
            ProgrammeCommand.ReferenceStructure.class
        })
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
            name = "reference-structure",
            description =
                    "Writes the structure of reference indicators, for 'structure import' on the node that publishes them.",
            footer = {"", "Exit codes: 0 written, 1 refused, 2 wrong usage."})
    static final class ReferenceStructure extends NodeCommand {

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write (SDMX-JSON).")
        private Path file = Path.of("reference-structure.json");

        @Override
        int run(ApplicationContext node) {
            MessageHeader header = new MessageHeader(
                    "REFERENCE",
                    node.getBean(Clock.class).instant(),
                    node.getBean(NodeIdentity.class).party());
            byte[] message = StructureFormat.JSON_2_0.bytes(
                    StructureMessage.all(ReferenceIndicators.load()), header, Languages.ANY);
            try {
                Files.write(file, message);
            } catch (IOException e) {
                throw new EntenteException(
                        ErrorCode.FILE_UNUSABLE, "The file " + file + " cannot be written: " + e.getMessage(), e);
            }
            out().println("written: " + file);
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
