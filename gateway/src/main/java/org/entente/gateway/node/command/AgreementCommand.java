package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Party;
import org.entente.agreements.life.State;
import org.entente.agreements.prose.Prose;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.treaties.ActReceipt;
import org.entente.gateway.treaties.OfficerKey;
import org.entente.gateway.treaties.Treaties;
import org.entente.gateway.treaties.Treaty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Agreements: putting a text before partners, signing it, reading it. */
@Command(
        name = "agreement",
        description =
                "Agreements with partners. A text goes this way: propose, document (what officers sign), sign (on the"
                        + " officer's own machine), submit (on the node).",
        subcommands = {
            AgreementCommand.Propose.class,
            AgreementCommand.Document.class,
            AgreementCommand.Sign.class,
            AgreementCommand.Submit.class,
            AgreementCommand.Show.class,
            AgreementCommand.All.class,
            AgreementCommand.Signed.class
        })
final class AgreementCommand extends CommandGroup {

    @Command(
            name = "propose",
            description = "Puts a text before the other parties; whoever cannot be reached gets it later.",
            footer = {"", "Exit codes: 0 proposed, 1 refused, 2 wrong usage."})
    static final class Propose extends NodeCommand {

        @Parameters(paramLabel = "FILE", description = "The agreement, JSON or YAML.")
        private Path file = Path.of("agreement.json");

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            byte[] text = CommandFiles.read(file);
            ActReceipt receipt = node.getBean(Treaties.class).propose(text, officer(node, by));
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
            name = "sign",
            mixinStandardHelpOptions = true,
            description =
                    "Signs a text with an officer's key. Needs no node; run it on the officer's own machine, after"
                            + " reading what it prints.",
            footer = {"", "Exit codes: 0 signed, 1 refused, 2 wrong usage."})
    static final class Sign implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The text, as `agreement document` writes it.")
        private Path file = Path.of("agreement.json");

        @Option(names = "--key", required = true, paramLabel = "FILE", description = "The officer's PKCS#12 file.")
        private Path key = Path.of("officer.p12");

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The signature to write.")
        private Path signature = Path.of("signature.json");

        @Option(
                names = "--language",
                defaultValue = "en",
                description = "Language of what is printed (default: ${DEFAULT-VALUE}).")
        private String language = "en";

        @Mixin
        private PasswordOption password = new PasswordOption();

        @Override
        public Integer call() {
            Agreement agreement = parse(CommandFiles.read(file), file);
            OfficerKey officer = open();
            byte[] signed =
                    officer.sign(agreement.canonical(), Clock.systemUTC().instant());
            CommandFiles.write(signature, signed);
            spec.commandLine().getOut().println(Prose.of(agreement, language).plain());
            spec.commandLine().getOut().println("Signed: digest " + agreement.digest() + ", into " + signature);
            return 0;
        }

        private OfficerKey open() {
            try {
                return OfficerKey.load(key, password.read("the key file").toCharArray());
            } catch (IOException e) {
                throw new EntenteException(
                        ErrorCode.KEY_FILE_INVALID, "The key file cannot be opened: " + e.getMessage(), e);
            }
        }
    }

    @Command(
            name = "submit",
            description = "Hands in what an officer has signed; the other parties get it.",
            footer = {"", "Exit codes: 0 taken, 1 refused, 2 wrong usage."})
    static final class Submit extends NodeCommand {

        @Parameters(paramLabel = "FILE", description = "The signature, as `agreement sign` writes it.")
        private Path file = Path.of("signature.json");

        @Option(names = "--act", description = "It is another act than a signature: a suspension, a denunciation, ...")
        private boolean act;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            byte[] jws = CommandFiles.read(file);
            Treaties treaties = node.getBean(Treaties.class);
            String user = officer(node, by);
            ActReceipt receipt = act ? treaties.act(jws, user) : treaties.sign(jws, user);
            out().println(describe(
                    treaties.get(receipt.digest()), node.getBean(Clock.class).instant()));
            return 0;
        }
    }

    @Command(name = "show", description = "Shows an agreement in words, and how far it has come.")
    static final class Show extends NodeCommand {

        @Parameters(paramLabel = "AGREEMENT", description = "Id or digest.")
        private String id = "";

        @Option(names = "--language", defaultValue = "en", description = "Language (default: ${DEFAULT-VALUE}).")
        private String language = "en";

        @Override
        int run(ApplicationContext node) {
            Treaty treaty = node.getBean(Treaties.class).get(id);
            out().println(describe(treaty, node.getBean(Clock.class).instant()));
            treaty.file().instruments().forEach(act -> out().println("  " + act));
            out().println();
            out().println(Prose.of(treaty.file().agreement(), language).plain());
            return 0;
        }
    }

    @Command(name = "list", description = "Lists the agreements.")
    static final class All extends NodeCommand {
        @Override
        int run(ApplicationContext node) {
            Instant now = node.getBean(Clock.class).instant();
            node.getBean(Treaties.class).all().forEach(treaty -> out().println(describe(treaty, now)));
            return 0;
        }
    }

    @Command(name = "signed", description = "Writes the text with all signatures on it (JAdES) into a file.")
    static final class Signed extends NodeCommand {

        @Parameters(index = "0", paramLabel = "AGREEMENT", description = "Id or digest.")
        private String id = "";

        @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
        private Path file = Path.of("agreement.jws.json");

        @Override
        int run(ApplicationContext node) {
            CommandFiles.write(file, node.getBean(Treaties.class).signedDocument(id));
            return 0;
        }
    }

    private static String officer(ApplicationContext node, ActingUser by) {
        StaffUser user = by.signIn(node);
        user.require(Roles.TREATY_OFFICER);
        return user.id().toString();
    }

    private static Agreement parse(byte[] text, Path file) {
        try {
            return Agreement.parse(text);
        } catch (InvalidAgreementException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE, "The file " + file + " is no agreement: " + e.getMessage(), e);
        }
    }

    private static String describe(Treaty treaty, Instant now) {
        Agreement agreement = treaty.file().agreement();
        State state = treaty.file().at(now);
        return agreement.id() + "\tversion " + agreement.version() + "\t" + state.phase() + "\t"
                + String.join(",", agreement.parties().stream().map(Party::id).toList()) + "\tsigned by "
                + state.signed().keySet() + "\t" + agreement.title().best("en");
    }
}
