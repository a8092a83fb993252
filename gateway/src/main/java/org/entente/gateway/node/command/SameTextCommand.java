package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import org.entente.gateway.treaties.SameText;
import org.entente.gateway.treaties.Treaties;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares with a partner what both hold of an agreement. */
@Command(
        name = "same-text",
        description =
                "Shows that a partner holds the same texts of an agreement and the same acts on them, or what differs.",
        footer = {"", "Exit codes: 0 the same, 1 something differs or the partner does not answer, 2 wrong usage."})
final class SameTextCommand extends NodeCommand {

    @Parameters(paramLabel = "AGREEMENT", description = "Id of the agreement.")
    private String id = "";

    @Option(names = "--with", required = true, paramLabel = "PARTY", description = "The partner.")
    private String party = "";

    @Override
    int run(ApplicationContext node) {
        SameText compared = node.getBean(Treaties.class).sameText(id, party);
        for (SameText.Text text : compared.texts()) {
            out().println("version " + text.version() + "\tdigest " + text.digest() + "\theld by "
                    + String.join(" and ", text.heldBy()) + "\t" + text.acts() + " acts at both");
            text.onlyOwn().forEach(act -> out().println("  only at " + compared.own() + ": " + act));
            text.onlyPartner().forEach(act -> out().println("  only at " + compared.partner() + ": " + act));
        }
        out().println(compared.same() ? "the same at both" : "different");
        return compared.same() ? 0 : 1;
    }
}
