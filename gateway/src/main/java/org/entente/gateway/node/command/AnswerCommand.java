package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.exchange.SealedFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The partner's side of a sealed file. */
@Command(
        name = "answer",
        description =
                "Deals with the requests in a partner's sealed file as if they had come over the network: requests for"
                        + " data, receipts, acts on agreements. Writes the file with the signed responses, which goes back.",
        footer = {
            "",
            "The file is signed, and encrypted to the partner if its card names a key for sealed files.",
            "Exit codes: 0 answered (refusals are answers), 1 not let in or failed, 2 wrong usage."
        })
final class AnswerCommand extends NodeCommand {

    @Parameters(paramLabel = "FILE", description = "The partner's file.")
    private Path file = Path.of("request.sealed.json");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write, for the partner.")
    private Path answer = Path.of("answer.sealed.json");

    @Override
    int run(ApplicationContext node) {
        SealedFiles files = node.getBean(SealedFiles.class);
        SealedFile answered = files.answer(CommandFiles.read(file));
        CommandFiles.write(answer, files.close(answered));
        out().println(answer + "\tfor " + answered.from() + "\t"
                + answered.letters().size() + " answered");
        return 0;
    }
}
