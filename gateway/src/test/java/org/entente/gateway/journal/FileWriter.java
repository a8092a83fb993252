package org.entente.gateway.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.entente.crypto.keys.KeyRing;

/** A process that writes anchor file and key ring of a node's home, each twice, so that the second time takes the place of the first. */
final class FileWriter {
    private FileWriter() {}

    /** @param arguments the home */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Anchor anchor = new Anchor(home);
        for (int i = 0; i < 2; i++) {
            anchor.write(("note " + i).getBytes(StandardCharsets.UTF_8));
            KeyRing.generate("ITA", Clock.systemUTC().instant(), Duration.ofDays(30), new SecureRandom())
                    .store(home.resolve("keyring.p12"), "a passphrase".toCharArray());
        }
    }
}
