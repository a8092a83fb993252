package org.entente.gateway.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** Files that commands read and write. */
final class CommandFiles {

    private CommandFiles() {}

    /** The whole file. */
    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.FILE_UNUSABLE, "The file " + file + " cannot be read.", e);
        }
    }

    /** Writes a new file or replaces one. */
    static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.FILE_UNUSABLE, "The file " + file + " cannot be written.", e);
        }
    }
}
