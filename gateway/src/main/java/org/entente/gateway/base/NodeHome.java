package org.entente.gateway.base;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.entente.crypto.DurableFile;

/**
 * The node's directory outside the database: keys, secrets and the journal's anchor. Its files are for the owner only; a file
 * of secrets that others may read is refused.
 */
@Singleton
public final class NodeHome {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private final Path directory;

    NodeHome(EntenteSettings settings) {
        this.directory = settings.home().toAbsolutePath().normalize();
    }

    public Path directory() {
        return directory;
    }

    /** The key ring (PKCS#12): signing, TLS and journal key. */
    public Path keyRing() {
        return directory.resolve("keyring.p12");
    }

    /** A file of the home directory. */
    public Path file(String name) {
        return directory.resolve(name);
    }

    /** Whether {@code init} has made this node's keys. */
    public boolean initialised() {
        return Files.isRegularFile(keyRing());
    }

    /** Makes the directory, for its owner only. */
    public void create() {
        try {
            Files.createDirectories(directory);
            if (POSIX) {
                Files.setPosixFilePermissions(directory, OWNER_DIRECTORY);
            }
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID, "The directory entente.home cannot be made: " + directory, e);
        }
    }

    /** Reads a file that only its owner may read. */
    public byte[] readSecret(String name) {
        Path file = file(name);
        try {
            requireOwnerOnly(file);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.NODE_NOT_INITIALISED, "The file " + file + " cannot be read.", e);
        }
    }

    /** Writes a file for the owner only: whole or not at all, and forced to disk before it takes the name. */
    public void writeSecret(String name, byte[] content) {
        Path file = file(name);
        try {
            DurableFile.writeSecret(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be written", e);
        }
    }

    /** Refuses a file that the group or others may read. */
    static void requireOwnerOnly(Path file) throws IOException {
        if (!POSIX) {
            return;
        }
        for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
            if (!permission.name().startsWith("OWNER_")) {
                throw new EntenteException(
                        ErrorCode.SETTINGS_INVALID,
                        "The file " + file + " may be read by others than its owner; set its mode to 600.");
            }
        }
    }
}
