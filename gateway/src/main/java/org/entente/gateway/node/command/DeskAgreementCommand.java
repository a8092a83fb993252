package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.entente.agreements.prose.Prose;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.desk.Desk;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.treaties.ActReceipt;
import org.entente.gateway.treaties.Treaty;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Agreements at a desk. */
@Command(
        name = "agreement",
        description =
                "Agreements at this desk. Texts are drafted, linted and signed with `entente agreement`, which needs"
                        + " no desk.",
        subcommands = {
            DeskAgreementCommand.Show.class,
            DeskAgreementCommand.Everything.class,
            DeskAgreementCommand.Document.class,
            DeskAgreementCommand.Propose.class,
            DeskAgreementCommand.Submit.class,
            DeskAgreementCommand.Send.class
        })
final class DeskAgreementCommand extends CommandGroup {

    @Command(
            name = "show",
            description = "Shows where an agreement stands, every act on it, and the text in words.",
            footer = {"", "Exit codes: 0 shown, 1 there is none, 2 wrong usage."})
    static final class Show extends DeskWork {

        @Parameters(paramLabel = "AGREEMENT", description = "Digest of a text, or id of the agreement.")
        private String name = "";

        @Option(names = "--language", defaultValue = "en", description = "Language (default: ${DEFAULT-VALUE}).")
        private String language = "en";

        @Override
        int run(Desk desk) {
            if (!Prose.LANGUAGES.contains(language)) {
                throw usage("There are " + String.join(", ", Prose.LANGUAGES) + ".");
            }
            Treaty treaty = desk.agreement(name);
            AgreementStatus.of(treaty, Clock.systemUTC().instant()).print(List.of(), language, out());
            return 0;
        }
    }

    @Command(name = "list", description = "Lists the agreements.")
    static final class Everything extends DeskWork {
        @Override
        int run(Desk desk) {
            AgreementStatus.lines(desk.agreements(), Clock.systemUTC().instant())
                    .forEach(out()::println);
            return 0;
        }
    }

    @Command(
            name = "document",
            description = "Writes the bytes that officers sign into a file, for `entente agreement sign`.",
            footer = {"", "Exit codes: 0 written, 1 there is none, 2 wrong usage."})
    static final class Document extends DeskWork {

        @Parameters(index = "0", paramLabel = "AGREEMENT", description = "Digest of a text, or id of the agreement.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
        private Path file = Path.of("agreement.json");

        @Override
        int run(Desk desk) {
            Treaty treaty = desk.agreement(name);
            CommandFiles.write(file, treaty.file().agreement().canonical());
            out().println(file + "\tdigest " + treaty.file().digest());
            return 0;
        }
    }

    @Command(
            name = "propose",
            description = "Puts a text before the other parties; `send` carries it to them.",
            footer = {"", "Exit codes: 0 proposed, 1 refused, 2 wrong usage."})
    static final class Propose extends DeskWork {

        @Parameters(paramLabel = "FILE", description = "The text, JSON or YAML.")
        private Path file = Path.of("agreement.yaml");

        @Option(names = "--counters", paramLabel = "DIGEST", description = "The text that it answers.")
        private @Nullable String counters;

        @Override
        int run(Desk desk) {
            out().println(describe(desk.propose(CommandFiles.read(file), counters)));
            return 0;
        }
    }

    @Command(
            name = "submit",
            description =
                    "Takes in what an officer has signed with `entente agreement sign` or `entente agreement act`;"
                            + " `send` carries it to the other parties.",
            footer = {"", "Exit codes: 0 taken in, 1 refused, 2 wrong usage."})
    static final class Submit extends DeskWork {

        @Parameters(paramLabel = "FILE", description = "The signed act.")
        private Path file = Path.of("signature.json");

        @Override
        int run(Desk desk) {
            out().println(describe(desk.submit(CommandFiles.read(file))));
            return 0;
        }
    }

    private static String describe(ActReceipt receipt) {
        return receipt.agreement() + "\tversion " + receipt.version() + "\t" + receipt.digest() + "\tact "
                + receipt.act();
    }

    @Command(
            name = "send",
            description =
                    "Writes the texts and acts that a partner has not got yet into a sealed file, for the partner's"
                            + " `answer`; `receive` takes its response in.",
            footer = {"", "Exit codes: 0 written, 1 nothing waits for the partner, 2 wrong usage."})
    static final class Send extends DeskWork {

        @Parameters(paramLabel = "PARTY", description = "The partner.")
        private String party = "";

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
        private Path file = Path.of("acts.sealed");

        @Override
        int run(Desk desk) {
            SealedFile acts = desk.acts(party)
                    .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "No acts wait for " + party + "."));
            CommandFiles.write(file, desk.close(acts));
            out().println(file + "\tfor " + party + "\t" + acts.letters().size() + " acts");
            return 0;
        }
    }
}
