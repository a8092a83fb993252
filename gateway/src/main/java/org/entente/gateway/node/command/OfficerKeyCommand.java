package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.Fingerprint;
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

    @Option(names = "--party", required = true, paramLabel = "CODE", description = "The party, for instance ITA.")
    private String party = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The PKCS#12 file to write.")
    private Path file = Path.of("officer.p12");

    @Option(
            names = "--valid-days",
            paramLabel = "DAYS",
            defaultValue = "1825",
            description = "How long the certificate is valid (default: ${DEFAULT-VALUE}).")
    private int validDays = 1825;

    @Mixin
    private PasswordOption password = new PasswordOption();

    @Override
    public Integer call() {
        char[] passphrase = password.read("the key file").toCharArray();
        CertifiedKey key = OfficerKey.generate(
                name, post, party, Clock.systemUTC().instant(), Duration.ofDays(validDays), new SecureRandom());
        OfficerKey.store(key, file, passphrase);
        byte[] digest = Certificates.sha256(key.certificate());
        spec.commandLine().getOut().println("key file: " + file);
        spec.commandLine()
                .getOut()
                .println("certificateSha256: "
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        spec.commandLine().getOut().println("fingerprint: " + Fingerprint.of(digest));
        spec.commandLine().getOut().print(Certificates.toPem(key.certificate()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
