package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.UUID;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the evidence of one exchange into a file. */
@Command(
        name = "evidence",
        description = "Writes everything that proves one exchange into one file, which `verify` checks offline.",
        footer = {"", "Exit codes: 0 written, 1 refused, 2 wrong usage."})
final class EvidenceCommand extends NodeCommand {

    @Parameters(paramLabel = "EXCHANGE", description = "The exchange's id.")
    private UUID exchange = new UUID(0, 0);

    @Option(
            names = "--partner",
            paramLabel = "PARTY",
            description = "The asker, for an exchange that this node has answered; without it one that it asked for.")
    private @Nullable String partner;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
    private Path file = Path.of("evidence.json");

    @Override
    int run(ApplicationContext node) {
        if (!Uuids.isVersion7(exchange)) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, exchange + " is no id of an exchange.");
        }
        Evidence evidence = node.getBean(Evidence.class);
        EvidenceFile found = partner == null ? evidence.ofAsked(exchange) : evidence.ofAnswered(partner, exchange);
        CommandFiles.write(file, found.encode());
        out().println(file.toString());
        return 0;
    }
}
