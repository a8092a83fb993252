package org.entente.gateway.node.command;

import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.entente.gateway.desk.Desk;
import org.entente.gateway.desk.DeskFolder;
import org.entente.gateway.exchange.AnswerMaking;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.CardText;
import org.entente.gateway.partners.Partner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A party without a gateway: one folder, one key, sealed files. */
@Command(
        name = "desk",
        description =
                "A party without a gateway: a folder with its keys, cards, agreements, tables and journal. Answers"
                        + " partners' sealed files as a gateway answers calls; needs no database.",
        subcommands = {
            DeskCommand.Init.class,
            DeskCommand.ShowCard.class,
            DeskCommand.Trust.class,
            DeskAgreementCommand.class,
            DeskStructureCommand.class,
            DeskReleaseCommand.class,
            DeskCommand.Answer.class,
            DeskCommand.Receive.class,
            DeskCommand.Exchanges.class,
            DeskCommand.Journal.class
        })
final class DeskCommand extends CommandGroup {

    @Command(
            name = "init",
            description = "Makes a desk: keys, journal and card. Once.",
            footer = {"", "Exit codes: 0 made, 1 refused (for instance there is one already), 2 wrong usage."})
    static final class Init extends DeskWork {

        @Option(names = "--party", required = true, paramLabel = "CODE", description = "The party, such as PHL.")
        private String party = "";

        @Option(
                names = "--card",
                paramLabel = "FILE",
                description =
                        "JSON with name, onBehalfOf and authorities for the card. Without it the card bears the code only.")
        private @Nullable Path card;

        @Option(
                names = "--address",
                paramLabel = "URI",
                description =
                        "What messages to this desk are signed for. Default: https://desk.PARTY.invalid; hosts under"
                                + " .invalid are reached by nobody, so partners know that it takes files only.")
        private @Nullable URI address;

        @Option(
                names = "--anchor",
                paramLabel = "FOLDER",
                description = "Folder outside the desk that remembers how far its journal has come. Default:"
                        + " .entente/PARTY in your home directory.")
        private @Nullable Path anchor;

        @Option(
                names = "--signing-key",
                paramLabel = "PKCS11-URI",
                description =
                        "A signing key on a token (RFC 7512, with pin-source); without it one is made in the key ring.")
        private @Nullable String signingKey;

        @Option(
                names = "--valid-days",
                paramLabel = "DAYS",
                defaultValue = "825",
                description = "How long certificates and card are valid (default: ${DEFAULT-VALUE}).")
        private int validDays = 825;

        @Override
        boolean isNew() {
            return true;
        }

        @Override
        Desk open(Path place, char[] passphrase) {
            if (!party.matches("[A-Z][A-Z0-9]{1,15}")) {
                throw usage("A party is named by its code, such as PHL or ADD.");
            }
            URI node = address == null
                    ? URI.create("https://desk." + party.toLowerCase(Locale.ROOT) + ".invalid")
                    : address;
            Path memory = anchor == null ? Path.of(System.getProperty("user.home"), ".entente", party) : anchor;
            return DeskFolder.init(
                    place,
                    new DeskFolder.Plan(
                            party,
                            node,
                            memory,
                            signingKey,
                            CardTextFile.readOrBare(card, party),
                            Duration.ofDays(validDays)),
                    passphrase,
                    Clock.systemUTC(),
                    new SecureRandom());
        }

        @Override
        int run(Desk desk) {
            out().println(CardCommand.describe(desk.cards().getLast()));
            return 0;
        }
    }

    @Command(
            name = "card",
            description = "Shows this desk's cards; writes them into a file for partners; issues the next one.",
            footer = {"", "Exit codes: 0 done, 1 refused, 2 wrong usage."})
    static final class ShowCard extends DeskWork {

        @Option(names = "--out", paramLabel = "FILE", description = "The file to write, for partners.")
        private @Nullable Path file;

        @Option(
                names = "--issue",
                paramLabel = "FILE",
                description = "First issues the next card with this text: JSON with name, onBehalfOf and authorities.")
        private @Nullable Path text;

        @Option(
                names = "--valid-days",
                paramLabel = "DAYS",
                defaultValue = "825",
                description = "How long the next card is valid (default: ${DEFAULT-VALUE}).")
        private int validDays = 825;

        @Override
        int run(Desk desk) {
            if (text != null) {
                CardText read = CardTextFile.readOrBare(text, desk.party());
                desk.issueCard(read, Duration.ofDays(validDays));
            }
            List<CardDocument> cards = desk.cards();
            if (file != null) {
                CommandFiles.write(file, CardList.write(cards));
            }
            cards.forEach(card -> out().println(CardCommand.describe(card)));
            return 0;
        }
    }

    @Command(
            name = "trust",
            description = "Accepts a partner's card, after its fingerprint was compared with the partner over another"
                    + " channel (telephone, in person). Without FILE it lists whom this desk trusts.",
            footer = {"", "Exit codes: 0 accepted, 1 refused, 2 wrong usage."})
    static final class Trust extends DeskWork {

        @Parameters(
                arity = "0..1",
                paramLabel = "FILE",
                description = "The card, or the list of cards, that the partner sent.")
        private @Nullable Path file;

        @Option(
                names = "--fingerprint",
                paramLabel = "ABCD-EFGH-...",
                description = "The fingerprint that the partner's person has read out. Without it you are asked.")
        private @Nullable String fingerprint;

        @Override
        int run(Desk desk) {
            if (file == null) {
                desk.partners().forEach(partner -> out().println(CardCommand.describe(partner.current())));
                return 0;
            }
            Partner partner = desk.trust(CommandFiles.read(file), fingerprint == null ? ask() : fingerprint);
            out().println(CardCommand.describe(partner.current()));
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
            name = "answer",
            description =
                    "Deals with the requests in a partner's sealed file: requests for data, receipts, acts on agreements."
                            + " Writes the file with the signed responses, which goes back.",
            footer = {"", "Exit codes: 0 answered (refusals are answers), 1 not let in or failed, 2 wrong usage."})
    static final class Answer extends DeskWork {

        @Parameters(paramLabel = "FILE", description = "The partner's file.")
        private Path file = Path.of("request.sealed");

        @Option(
                names = "--out",
                required = true,
                paramLabel = "FILE",
                description = "The file to write, for the partner.")
        private Path answer = Path.of("answer.sealed");

        @Option(
                names = "--decided-by",
                paramLabel = "NAME",
                description =
                        "Who has decided that the figures leave, where the leg leaves it to a person; twice for four eyes.")
        private List<String> persons = List.of();

        @Option(
                names = "--refuse",
                paramLabel = "GROUND",
                description = "They have refused, on this ground of the agreement.")
        private @Nullable String ground;

        @Override
        int run(Desk desk) {
            if (ground != null && persons.isEmpty()) {
                throw usage("A refusal is somebody's: name who has decided with --decided-by.");
            }
            AnswerMaking.Verdict verdict = persons.isEmpty() ? null : new AnswerMaking.Verdict(persons, ground);
            SealedFile answered = desk.answer(CommandFiles.read(file), verdict);
            CommandFiles.write(answer, desk.close(answered));
            out().println(answer + "\tfor " + answered.from() + "\t"
                    + answered.letters().size() + " answered");
            answered.letters().forEach(letter -> {
                var response = letter.response();
                if (response != null) {
                    out().println("  " + response.status() + "\t"
                            + letter.request().url());
                }
            });
            return 0;
        }
    }

    @Command(
            name = "receive",
            description = "Takes in the responses to this desk's own acts from a sealed file.",
            footer = {"", "Exit codes: 0 taken in, 1 does not hold or failed, 2 wrong usage."})
    static final class Receive extends DeskWork {

        @Parameters(paramLabel = "FILE", description = "The file, as the partner's `answer` wrote it.")
        private Path file = Path.of("acts.sealed");

        @Override
        int run(Desk desk) {
            desk.receive(CommandFiles.read(file)).forEach(out()::println);
            return 0;
        }
    }

    @Command(name = "exchanges", description = "Lists the exchanges that this desk has answered.")
    static final class Exchanges extends DeskWork {
        @Override
        int run(Desk desk) {
            for (Desk.Exchange exchange : desk.exchanges()) {
                out().println(exchange.id() + "\t" + exchange.partner() + "\t" + exchange.leg() + "\t"
                        + exchange.outcome() + "\t" + exchange.at() + "\t"
                        + (exchange.receipted() ? "receipted" : "no receipt yet"));
            }
            return 0;
        }
    }

    @Command(
            name = "journal",
            description = "Checks every entry of this desk's journal with all that belongs to it, and shows the newest"
                    + " checkpoint.",
            footer = {"", "Exit codes: 0 whole, 1 damaged or set back, 2 wrong usage."})
    static final class Journal extends DeskWork {

        @Option(
                names = "--adopt",
                description = "On a new machine: takes the journal as it is. Only after you have made sure that this"
                        + " folder is the newest state; going on from an older one contradicts what partners hold.")
        private boolean adopt;

        @Override
        Desk open(Path place, char[] passphrase) {
            return adopt
                    ? DeskFolder.adopt(place, passphrase, Clock.systemUTC(), new SecureRandom())
                    : super.open(place, passphrase);
        }

        @Override
        int run(Desk desk) {
            out().println("whole\t" + desk.verify() + " entries");
            out().print(desk.checkpoint());
            out().flush();
            return 0;
        }
    }
}
