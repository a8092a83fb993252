package org.entente.gateway.base;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import org.entente.crypto.keys.KeyRing;
import org.jspecify.annotations.Nullable;

/** The opened key ring and what its file looked like, so that another process of the node may change keys. */
@Singleton
public final class OwnKeyRing {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final NodeHome home;
    private final Passphrase passphrase;
    private final NodeTokens tokens;
    private volatile @Nullable Opened opened;

    OwnKeyRing(NodeHome home, Passphrase passphrase, NodeTokens tokens) {
        this.home = home;
        this.passphrase = passphrase;
        this.tokens = tokens;
    }

    /** What changes when a file is replaced by another. */
    private record Version(
            FileTime modified, long size, @Nullable Object file) {}

    private record Opened(KeyRing ring, Version version, long lookedAt) {}

    KeyRing current() {
        Opened known = opened;
        if (known != null && System.nanoTime() - known.lookedAt() < FRESH_NANOS) {
            return known.ring();
        }
        return look(known);
    }

    /** Opens the ring anew, after this process has changed its file. */
    public KeyRing reopen() {
        return look(null);
    }

    private synchronized KeyRing look(@Nullable Opened known) {
        if (!home.initialised()) {
            throw new EntenteException(
                    ErrorCode.NODE_NOT_INITIALISED, "There is no key ring at " + home.keyRing() + ".");
        }
        char[] secret = passphrase.read();
        try {
            NodeHome.requireOwnerOnly(home.keyRing());
            Version version = version();
            KeyRing ring = known != null && known.version().equals(version)
                    ? known.ring()
                    : KeyRing.load(home.keyRing(), secret, tokens.keys());
            opened = new Opened(ring, version, System.nanoTime());
            return ring;
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID,
                    "The key ring " + home.keyRing() + " cannot be opened: " + e.getMessage(),
                    e);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private Version version() throws IOException {
        BasicFileAttributes file = Files.readAttributes(home.keyRing(), BasicFileAttributes.class);
        return new Version(file.lastModifiedTime(), file.size(), file.fileKey());
    }
}
