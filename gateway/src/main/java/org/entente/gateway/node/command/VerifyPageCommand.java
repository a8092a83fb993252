package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.entente.gateway.evidence.BrowserVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the page that verifies evidence files in a browser. Needs no node and no network. */
@Command(
        name = "verify-page",
        mixinStandardHelpOptions = true,
        description =
                "Writes one HTML page that verifies evidence files in a browser, without sending them anywhere. Give it to"
                        + " whoever cannot run `verify`.",
        footer = {"", "Exit codes: 0 written, 1 it cannot be written, 2 wrong usage."})
final class VerifyPageCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file to write.")
    private Path file = Path.of("verify.html");

    @Override
    public Integer call() {
        CommandFiles.write(file, BrowserVerifier.page());
        spec.commandLine().getOut().println(file);
        return 0;
    }
}
