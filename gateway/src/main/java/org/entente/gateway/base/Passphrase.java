package org.entente.gateway.base;

import io.micronaut.context.annotation.Property;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the key store's passphrase comes from at an unattended start: the first line of {@code entente.passphrase-file},
 * else the environment variable {@code ENTENTE_PASSPHRASE}.
 */
@Singleton
public final class Passphrase {

    private final EntenteSettings settings;
    private final @Nullable String fromEnvironment;

    Passphrase(EntenteSettings settings, @Nullable @Property(name = "entente.passphrase") String fromEnvironment) {
        this.settings = settings;
        this.fromEnvironment = fromEnvironment;
    }

    /** @throws EntenteException {@code settings-invalid} if there is none */
    public char[] read() {
        Path file = settings.passphraseFile();
        if (file != null) {
            return fromFile(file);
        }
        if (fromEnvironment != null && !fromEnvironment.isEmpty()) {
            return fromEnvironment.toCharArray();
        }
        throw new EntenteException(
                ErrorCode.SETTINGS_INVALID,
                "No passphrase for the key store: set entente.passphrase-file or the variable ENTENTE_PASSPHRASE.");
    }

    private static char[] fromFile(Path file) {
        try {
            NodeHome.requireOwnerOnly(file);
            String line = Files.readString(file).lines().findFirst().orElse("");
            if (line.isEmpty()) {
                throw new EntenteException(
                        ErrorCode.SETTINGS_INVALID, "The first line of the passphrase file " + file + " is empty.");
            }
            return line.toCharArray();
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID, "The passphrase file " + file + " cannot be read.", e);
        }
    }
}
