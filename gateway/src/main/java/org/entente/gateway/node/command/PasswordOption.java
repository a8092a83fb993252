package org.entente.gateway.node.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a password comes from: a file, or asked for twice at the terminal. Never an argument, which other users can see. */
final class PasswordOption {

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password. Without it the password is asked for.")
    private @Nullable Path file;

    /** Whether a file was named. */
    boolean isNamed() {
        return file != null;
    }

    /** The password; asks the person at the terminal if no file was named. */
    String read(String forWhom) {
        Path named = file;
        if (named != null) {
            return fromFile(named);
        }
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new EntenteException(
                    ErrorCode.PASSWORD_UNFIT, "There is no terminal to ask at; name a --password-file.");
        }
        char[] first = console.readPassword("Password for %s: ", forWhom);
        char[] second = console.readPassword("Once more: ");
        if (first == null || !Arrays.equals(first, second)) {
            throw new EntenteException(ErrorCode.PASSWORD_UNFIT, "The two entries differ.");
        }
        return new String(first);
    }

    private static String fromFile(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.PASSWORD_UNFIT, "The file " + file + " cannot be read.", e);
        }
    }
}
