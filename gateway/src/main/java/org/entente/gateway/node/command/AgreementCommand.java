package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.entente.agreements.prose.Prose;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.treaties.ActReceipt;
import org.entente.gateway.treaties.Delivery;
import org.entente.gateway.treaties.Treaties;
import org.entente.gateway.treaties.Treaty;
import org.entente.gateway.treaties.TreatyDesk;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Agreements: putting a text before partners, signing it, reading it. */
@Command(
        name = "agreement",
        description =
                "Agreements with partners. A text is made with templates, new, lint, prose and compare, which need no node."
                        + " Then it goes this way: propose, document (what officers sign), sign (on the officer's own"
                        + " machine), submit (on the node).",
        subcommands = {
            AgreementTemplatesCommand.class,
            AgreementNewCommand.class,
            AgreementLintCommand.class,
            AgreementProseCommand.class,
            AgreementCompareCommand.class,
            AgreementCommand.Propose.class,
            AgreementCommand.Document.class,
            SignCommand.class,
            SignPaperCommand.class,
            AgreementActCommand.class,
            AgreementCommand.Submit.class,
            StoreScanCommand.class,
            SameTextCommand.class,
            CatchUpCommand.class,
            AgreementCommand.Show.class,
            AgreementCommand.All.class,
            AgreementCommand.Signed.class,
            AgreementSimulateCommand.class,
            AgreementSendCommand.class
        })
final class AgreementCommand extends CommandGroup {

    @Command(
            name = "propose",
            description = "Puts a text before the other parties; whoever cannot be reached gets it later.",
            footer = {"", "Exit codes: 0 proposed, 1 refused, 2 wrong usage."})
    static final class Propose extends NodeCommand {

        @Parameters(paramLabel = "FILE", description = "The agreement, JSON or YAML.")
        private Path file = Path.of("agreement.json");

        @Option(
                names = "--counters",
                paramLabel = "DIGEST",
                description = "The text of the same version that this one answers: a counter-proposal.")
        private @Nullable String counters;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            byte[] text = CommandFiles.read(file);
            ActReceipt receipt = node.getBean(TreatyDesk.class).propose(text, counters, by.signIn(node));
            out().println(receipt.agreement() + "\tversion " + receipt.version() + "\tdigest " + receipt.digest());
            return 0;
        }
    }

    @Command(name = "document", description = "Writes the bytes that officers sign into a file.")
    static final class Document extends NodeCommand {

        @Parameters(index = "0", paramLabel = "AGREEMENT", description = "Id or digest.")
        private String id = "";

        @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
        private Path file = Path.of("agreement.json");

        @Override
        int run(ApplicationContext node) {
            Treaty treaty = node.getBean(Treaties.class).get(id);
            CommandFiles.write(file, treaty.file().agreement().canonical());
            out().println("digest " + treaty.file().digest());
            return 0;
        }
    }

    @Command(
            name = "submit",
            description = "Hands in what an officer has signed; the other parties get it.",
            footer = {"", "Exit codes: 0 taken, 1 refused, 2 wrong usage."})
    static final class Submit extends NodeCommand {

        @Parameters(
                paramLabel = "FILE",
                description =
                        "What an officer has signed: a file that `agreement sign`, `sign-paper` or `act` has written.")
        private Path file = Path.of("signature.json");

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            ActReceipt receipt = node.getBean(TreatyDesk.class).submit(CommandFiles.read(file), by.signIn(node));
            Treaty treaty = node.getBean(Treaties.class).get(receipt.digest());
            out().println(AgreementStatus.line(treaty, node.getBean(Clock.class).instant()));
            return 0;
        }
    }

    @Command(
            name = "show",
            description =
                    "Shows where an agreement stands, every act on it and how far each has got, and the text in words.")
    static final class Show extends NodeCommand {

        @Parameters(paramLabel = "AGREEMENT", description = "Id or digest.")
        private String id = "";

        @Option(names = "--language", defaultValue = "en", description = "Language (default: ${DEFAULT-VALUE}).")
        private String language = "en";

        @Override
        int run(ApplicationContext node) {
            if (!Prose.LANGUAGES.contains(language)) {
                throw usage("There is no translation into " + language + "; there are "
                        + String.join(", ", Prose.LANGUAGES) + ".");
            }
            Treaties treaties = node.getBean(Treaties.class);
            Treaty treaty = treaties.get(id);
            List<Delivery> deliveries = treaties.deliveries(treaty.file().digest());
            AgreementStatus.of(treaty, node.getBean(Clock.class).instant()).print(deliveries, language, out());
            return 0;
        }
    }

    @Command(name = "list", description = "Lists the agreements.")
    static final class All extends NodeCommand {
        @Override
        int run(ApplicationContext node) {
            Instant now = node.getBean(Clock.class).instant();
            AgreementStatus.lines(node.getBean(Treaties.class).all(), now).forEach(out()::println);
            return 0;
        }
    }

    @Command(name = "signed", description = "Writes the text with all signatures on it (JAdES) into a file.")
    static final class Signed extends NodeCommand {

        @Parameters(index = "0", paramLabel = "AGREEMENT", description = "Id or digest.")
        private String id = "";

        @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
        private Path file = Path.of("agreement.jws.json");

        @Option(
                names = "--companions",
                paramLabel = "FILE",
                description = "Where to write the post-quantum signatures beside those, in a file of their own.")
        private @Nullable Path companions;

        @Override
        int run(ApplicationContext node) {
            Treaties treaties = node.getBean(Treaties.class);
            byte[] signed = treaties.signedDocument(id);
            Path beside = companions;
            if (beside != null) {
                // First, so that nothing is written where there is none.
                put(
                        beside,
                        treaties.companionSignatures(id)
                                .orElseThrow(
                                        () -> new EntenteException(
                                                ErrorCode.NOT_FOUND,
                                                "No signature over this text is accompanied by a post-quantum one; leave --companions out.")));
            }
            put(file, signed);
            return 0;
        }

        private void put(Path target, byte[] content) {
            CommandFiles.write(target, content);
            out().println("written: " + target);
        }
    }
}
