package org.entente.gateway.node.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.Signatory;
import org.entente.agreements.prose.Prose;
import org.entente.gateway.treaties.OfficerKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Signs a text on the officer's own machine. */
@Command(
        name = "sign",
        mixinStandardHelpOptions = true,
        description =
                "Signs a text with an officer's key, in a file or on a token. Needs no node; run it on the officer's own"
                        + " machine, after reading what it prints.",
        footer = {"", "Exit codes: 0 signed, 1 refused, 2 wrong usage."})
final class SignCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The text, as `agreement document` writes it.")
    private Path file = Path.of("agreement.json");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The signature to write.")
    private Path signature = Path.of("signature.json");

    @Option(
            names = "--language",
            defaultValue = "en",
            description = "Language of what is printed (default: ${DEFAULT-VALUE}).")
    private String language = "en";

    /** Who signs for whom; all of it or nothing, and then only the certificate tells. */
    static final class Signer {
        @Option(
                names = "--party",
                required = true,
                paramLabel = "ID",
                description = "The party for which the officer signs.")
        private String party = "";

        @Option(names = "--name", required = true, paramLabel = "TEXT", description = "The officer's name.")
        private String name = "";

        @Option(names = "--post", required = true, paramLabel = "TEXT", description = "The officer's post.")
        private String post = "";

        @Option(
                names = "--full-powers",
                paramLabel = "REFERENCE",
                description = "Reference of the full powers; left out where the post needs none.")
        private @Nullable String fullPowers;
    }

    @ArgGroup(exclusive = false)
    private @Nullable Signer signer;

    @Mixin
    private OfficerKeyOption key = new OfficerKeyOption();

    @Override
    public Integer call() {
        AgreementFiles.requireLanguage(spec, language);
        Agreement agreement = ActCommand.read(file);
        PrintWriter out = spec.commandLine().getOut();
        out.println(Prose.of(agreement, language).plain());
        CommandFiles.write(
                signature, sign(agreement, key.open(), Clock.systemUTC().instant()));
        out.println("Signed: digest " + agreement.digest() + " into " + signature);
        out.flush();
        return 0;
    }

    private byte[] sign(Agreement agreement, OfficerKey officer, Instant now) {
        Signer said = signer;
        if (said == null) {
            return officer.signText(agreement.canonical(), now);
        }
        Signatory signatory = new Signatory(said.name, said.post, said.fullPowers);
        return officer.sign(agreement, "urn:uuid:" + UUID.randomUUID(), said.party, signatory, now);
    }
}
