package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.util.UUID;
import org.entente.gateway.exchange.Exports;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies of partners' figures that staff have taken out of the gateway. */
@Command(
        name = "export",
        description = "Copies of partners' figures that a named person has taken out of the gateway.",
        subcommands = {ExportCommand.Overview.class, ExportCommand.Attest.class})
final class ExportCommand extends CommandGroup {

    @Command(name = "list", description = "Lists the copies that are not attested, those due first.")
    static final class Overview extends NodeCommand {

        @Option(names = "--all", description = "The attested ones too.")
        private boolean all;

        @Override
        int run(ApplicationContext node) {
            node.getBean(Exports.class).list(all).forEach(line -> out().println(describe(line)));
            return 0;
        }
    }

    @Command(
            name = "attest",
            description = "You attest that your copy is deleted, or say why it is kept.",
            footer = {"", "Exit codes: 0 attested, 1 refused, 2 wrong usage."})
    static final class Attest extends NodeCommand {

        @Parameters(paramLabel = "EXPORT", description = "The copy's id.")
        private UUID export = new UUID(0, 0);

        @Option(names = "--kept", paramLabel = "REASON", description = "The copy is kept, for this reason.")
        private @Nullable String kept;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            String verdict = kept == null ? Exports.DELETED : Exports.KEPT;
            out().println(describe(node.getBean(Exports.class).attest(export, verdict, kept, by.signIn(node))));
            return 0;
        }
    }

    private static String describe(Exports.Line line) {
        return line.id() + "\texchange " + line.exchange() + "\t" + line.name() + "\tdue " + line.due() + "\t"
                + line.state() + (line.reason() == null ? "" : ": " + line.reason());
    }
}
