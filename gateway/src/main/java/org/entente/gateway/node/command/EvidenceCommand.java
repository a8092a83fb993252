package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import org.entente.agreements.prose.Prose;
import org.entente.agreements.prose.ProseDocument;
import org.entente.agreements.prose.ProseHtml;
import org.entente.agreements.prose.ProsePdf;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.evidence.EvidenceFile;
import org.entente.gateway.evidence.EvidenceProse;
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

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "Also writes what it proves as a page to read: HTML, or PDF if the file's name ends so.")
    private @Nullable Path page;

    @Option(
            names = "--language",
            paramLabel = "TAG",
            defaultValue = "en",
            description = "Language of that page (default: ${DEFAULT-VALUE}).")
    private String language = "en";

    @Override
    int run(ApplicationContext node) {
        if (!Prose.LANGUAGES.contains(language)) {
            throw usage("There are pages in " + Prose.LANGUAGES + ", and not in " + language + ".");
        }
        if (!Uuids.isVersion7(exchange)) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, exchange + " is no id of an exchange.");
        }
        Evidence evidence = node.getBean(Evidence.class);
        EvidenceFile found = partner == null ? evidence.ofAsked(exchange) : evidence.ofAnswered(partner, exchange);
        CommandFiles.write(file, found.encode());
        out().println(file.toString());
        if (page != null) {
            ProseDocument words = EvidenceProse.of(found, language);
            boolean pdf = page.toString().endsWith(".pdf");
            CommandFiles.write(
                    page, pdf ? ProsePdf.of(words) : ProseHtml.of(words).getBytes(StandardCharsets.UTF_8));
            out().println(page.toString());
        }
        return 0;
    }
}
