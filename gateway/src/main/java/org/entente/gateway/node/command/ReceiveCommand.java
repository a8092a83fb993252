package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.exchange.SealedFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a sealed file back in, with the partner's responses. */
@Command(
        name = "receive",
        description =
                "Takes in the responses to this node's own requests from a sealed file: verifies and journals them as if"
                        + " they had come over the network, and keeps the figures as a holding.",
        footer = {"", "Exit codes: 0 taken in, 1 does not hold, refused by the partner or failed, 2 wrong usage."})
final class ReceiveCommand extends NodeCommand {

    @Parameters(paramLabel = "FILE", description = "The file, as the partner's `answer` wrote it.")
    private Path file = Path.of("answer.sealed.json");

    @Option(names = "--figures", paramLabel = "FILE", description = "Writes the figures into a file (SDMX-CSV 2.0).")
    private @Nullable Path figures;

    @Option(
            names = "--receipts",
            paramLabel = "FILE",
            description = "Writes the receipts that the partner has not got yet into a sealed file for its `answer`.")
    private @Nullable Path receipts;

    @Override
    int run(ApplicationContext node) {
        SealedFiles files = node.getBean(SealedFiles.class);
        byte[] bytes = CommandFiles.read(file);
        try {
            for (SealedFiles.Taken taken : files.receive(bytes)) {
                out().println(taken.what() + "\t" + taken.sentence());
                if (figures != null && taken.figures() != null) {
                    CommandFiles.write(figures, taken.figures().body());
                }
            }
        } finally {
            // A refusal is received and receipted too.
            writeReceipts(files, files.open(bytes).to());
        }
        return 0;
    }

    private void writeReceipts(SealedFiles files, String party) {
        if (receipts == null) {
            return;
        }
        SealedFile waiting = files.receipts(party)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "No receipts wait for " + party + "."));
        CommandFiles.write(receipts, files.close(waiting));
        out().println("receipts\t" + receipts + " is for " + party);
    }
}
