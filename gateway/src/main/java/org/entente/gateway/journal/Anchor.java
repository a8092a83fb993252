package org.entente.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.entente.crypto.DurableFile;

/**
 * A file outside the database that remembers how far the journal had come: the newest signed checkpoint. A database
 * restored from a backup does not know what it has lost; this file does. Written by one thread.
 */
final class Anchor {
    static final String FILE_NAME = "journal.anchor";

    private final Path folder;
    private final Path file;

    Anchor(Path home) {
        this.folder = home.toAbsolutePath();
        this.file = folder.resolve(FILE_NAME);
    }

    Path file() {
        return file;
    }

    /** @throws JournalUnavailableException if there is a file that cannot be read */
    Optional<byte[]> read() {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new JournalUnavailableException(file + " cannot be read.", e);
        }
    }

    /**
     * Replaces the file as a whole; on disk, under its name, when this returns.
     *
     * @throws JournalUnavailableException if that fails
     */
    void write(byte[] note) {
        try {
            Files.createDirectories(folder);
            DurableFile.write(file, note);
        } catch (IOException e) {
            throw new JournalUnavailableException(file + " cannot be written.", e);
        }
    }
}
