package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.exchange.SealedFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Acts on agreements for a partner that no network leads to. */
@Command(
        name = "send",
        description = "Writes the texts and acts that a partner has not got yet into a sealed file, for the partner's"
                + " `answer`; `receive` takes its response in.",
        footer = {"", "Exit codes: 0 written, 1 nothing waits for the partner, 2 wrong usage."})
final class AgreementSendCommand extends NodeCommand {

    @Parameters(paramLabel = "PARTY", description = "The partner.")
    private String party = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path file = Path.of("acts.sealed.json");

    @Override
    int run(ApplicationContext node) {
        SealedFiles files = node.getBean(SealedFiles.class);
        SealedFile acts = files.acts(party)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "No acts wait for " + party + "."));
        CommandFiles.write(file, files.close(acts));
        out().println(file + "\tfor " + party + "\t" + acts.letters().size() + " acts");
        return 0;
    }
}
