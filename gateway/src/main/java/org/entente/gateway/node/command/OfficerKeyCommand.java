package org.entente.gateway.node.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.entente.crypto.document.AkpKey;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.Fingerprint;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.treaties.OfficerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the key of an officer, on the officer's own machine; needs no node. */
@Command(
        name = "officer",
        mixinStandardHelpOptions = true,
        description = "Makes the key and certificate with which an officer signs agreements. Run it on the officer's"
                + " machine: the key file never goes to a node, only the certificate does.",
        footer = {"", "Exit codes: 0 made, 1 refused (for instance the file exists), 2 wrong usage."})
final class OfficerKeyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--name", required = true, paramLabel = "TEXT", description = "The officer's name.")
    private String name = "";

    @Option(names = "--post", required = true, paramLabel = "TEXT", description = "The officer's post.")
    private String post = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The PKCS#12 file to write.")
    private Path file = Path.of("officer.p12");

    @Option(
            names = "--valid-days",
            paramLabel = "DAYS",
            defaultValue = "1825",
            description = "How long the certificate is valid (default: ${DEFAULT-VALUE}).")
    private int validDays = 1825;

    @Option(
            names = "--post-quantum",
            description = "With a second key (ML-DSA-65) in the same file. Once the card lists it, partners take no act"
                    + " of the officer without its signature.")
    private boolean postQuantum;

    @Mixin
    private PasswordOption password = new PasswordOption();

    @Override
    public Integer call() {
        char[] passphrase = password.choose("the key file").toCharArray();
        SecureRandom random = new SecureRandom();
        OfficerKey made = OfficerKey.generate(name, Clock.systemUTC().instant(), Duration.ofDays(validDays), random);
        OfficerKey key = postQuantum ? made.withCompanion(random) : made;
        try {
            key.store(file, passphrase);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.KEY_FILE_INVALID, "The key file cannot be written: " + e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("key file: " + file);
        out.println("fingerprint: " + Fingerprint.of(Certificates.sha256(key.certificate())));
        out.println("for the authority's signatories on the card:");
        ObjectNode signatory = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("post", post)
                .put("certificateSha256", key.certificateSha256());
        AkpKey companion = key.companion();
        if (companion != null) {
            signatory.set("companion", companion.toJson());
        }
        out.println(signatory);
        out.print(Certificates.toPem(key.certificate()));
        out.flush();
        return 0;
    }
}
