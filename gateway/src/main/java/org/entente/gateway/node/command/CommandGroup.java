package org.entente.gateway.node.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only holds others. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class)
abstract class CommandGroup implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Without a subcommand there is nothing to do. */
    @Override
    public final void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Name one of: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
