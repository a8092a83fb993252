package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Cards: this node's own and those of its partners. */
@Command(
        name = "card",
        description = "This node's card and those of its partners.",
        subcommands = {
            CardCommand.Show.class,
            CardCommand.Export.class,
            CardCommand.Import.class,
            CardCommand.Text.class,
            CardCommand.Issue.class,
            PassedOnCardsCommand.class,
            ConfirmCardCommand.class,
            ConfirmJournalCommand.class,
            CountersignCommand.class
        })
final class CardCommand extends CommandGroup {

    /** Who acts when a command does: whoever may open the key ring on the node's own machine. */
    static final String BY = "command-line";

    @Command(
            name = "show",
            description = "Shows this node's cards, or a partner's, with the fingerprints that people compare.",
            footer = {"", "Exit codes: 0 shown, 1 there is none, 2 wrong usage."})
    static final class Show extends NodeCommand {

        @Parameters(arity = "0..1", paramLabel = "PARTY", description = "A partner; without it this node.")
        private @Nullable String party;

        @Override
        int run(ApplicationContext node) {
            List<CardDocument> chain = party == null
                    ? node.getBean(NodeIdentity.class).chain()
                    : partner(node, party).chain();
            for (CardDocument card : chain) {
                out().println(describe(card));
            }
            return 0;
        }

        private static Partner partner(ApplicationContext node, String party) {
            return node.getBean(Partners.class)
                    .find(party)
                    .orElseThrow(() -> new EntenteException(
                            ErrorCode.PARTNER_UNKNOWN, "This node has imported no card of " + party + "."));
        }
    }

    @Command(
            name = "export",
            description = "Writes this node's cards, from the root card on, into a file for partners.",
            footer = {"", "Exit codes: 0 written, 1 there is none, 2 wrong usage."})
    static final class Export extends NodeCommand {

        @Parameters(paramLabel = "FILE", description = "The file to write.")
        private Path file = Path.of("card.json");

        @Override
        int run(ApplicationContext node) {
            List<CardDocument> chain = node.getBean(NodeIdentity.class).chain();
            CommandFiles.write(file, CardList.write(chain));
            out().println(describe(chain.getLast()));
            return 0;
        }
    }

    @Command(
            name = "import",
            description = "Accepts a partner's card, after its fingerprint was compared with the partner over another"
                    + " channel (telephone, in person).",
            footer = {"", "Exit codes: 0 accepted, 1 refused, 2 wrong usage."})
    static final class Import extends NodeCommand {

        @Parameters(paramLabel = "FILE", description = "The card, or the list of cards, that the partner sent.")
        private Path file = Path.of("card.json");

        @Option(
                names = "--fingerprint",
                paramLabel = "ABCD-EFGH-...",
                description = "The fingerprint that the partner's person has read out. Without it you are asked.")
        private @Nullable String fingerprint;

        @Override
        int run(ApplicationContext node) {
            byte[] json = CommandFiles.read(file);
            String heard = fingerprint == null ? ask() : fingerprint;
            Partner partner = node.getBean(Partners.class).importCard(json, heard, BY);
            out().println(describe(partner.current()));
            return 0;
        }

        private String ask() {
            Console console = System.console();
            if (console == null || !console.isTerminal()) {
                throw usage("There is no terminal to ask at; give the --fingerprint that the partner has read out.");
            }
            String answer = console.readLine("The fingerprint as the partner's person reads it out: ");
            return answer == null ? "" : answer.trim();
        }
    }

    @Command(
            name = "issue",
            description =
                    "Issues the node's next card: with other names, authorities or signatories, or because the keys or"
                            + " the address have changed. Partners confirm it by fingerprint unless only TLS, address, time or"
                            + " wording differ.",
            footer = {"", "Exit codes: 0 issued, 1 refused, 2 wrong usage."})
    static final class Issue extends NodeCommand {

        @Parameters(
                paramLabel = "FILE",
                description = "JSON with name, onBehalfOf and authorities, as `card text` writes it.")
        private Path file = Path.of("card-text.json");

        @Option(
                names = "--valid-days",
                paramLabel = "DAYS",
                defaultValue = "825",
                description = "How long partners may accept it (default: ${DEFAULT-VALUE}).")
        private int validDays = 825;

        @Override
        int run(ApplicationContext node) {
            CardDocument card = node.getBean(NodeIdentity.class)
                    .issue(CardTextFile.read(file), Duration.ofDays(validDays), null, true, BY);
            out().println(describe(card));
            return 0;
        }
    }

    @Command(
            name = "text",
            description =
                    "Writes what people have written on the current card, names, authorities and signatories, into a"
                            + " file: change it there and give it to `card issue`.",
            footer = {"", "Exit codes: 0 written, 1 there is none, 2 wrong usage."})
    static final class Text extends NodeCommand {

        @Parameters(paramLabel = "FILE", description = "The file to write.")
        private Path file = Path.of("card-text.json");

        @Override
        int run(ApplicationContext node) {
            CardDocument current = node.getBean(NodeIdentity.class).chain().getLast();
            CommandFiles.write(file, CardTextFile.write(CardText.of(current.card())));
            out().println(describe(current));
            return 0;
        }
    }

    static String describe(CardDocument document) {
        List<String> fields = new ArrayList<>();
        fields.add(document.card().party());
        fields.add("card " + document.card().sequence());
        fields.add(document.card().node().toString());
        fields.add("valid until " + document.card().validUntil());
        fields.add("digest " + document.digest());
        fields.add(document.fingerprint().toString());
        return String.join("\t", fields);
    }
}
