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

/** Where a password comes from: a file, or asked for at the terminal. Never an argument, which other users can see. */
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

    /** A password that exists; asks the person at the terminal if no file was named. */
    String read(String forWhom) {
        Path named = file;
        return named == null ? new String(asked(terminal(), "Password for %s: ", forWhom)) : fromFile(named);
    }

    /** A password that begins to count now: asked for twice, since nobody could say later what was mistyped. */
    String choose(String forWhom) {
        Path named = file;
        if (named != null) {
            return fromFile(named);
        }
        Console console = terminal();
        char[] first = asked(console, "New password for %s: ", forWhom);
        if (!Arrays.equals(first, asked(console, "Once more for %s: ", forWhom))) {
            throw new EntenteException(ErrorCode.PASSWORD_NOT_READ, "The two entries differ.");
        }
        return new String(first);
    }

    private static Console terminal() {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new EntenteException(
                    ErrorCode.PASSWORD_NOT_READ, "There is no terminal to ask at, and no --password-file is named.");
        }
        return console;
    }

    private static char[] asked(Console console, String prompt, String forWhom) {
        char[] word = console.readPassword(prompt, forWhom);
        return word == null ? new char[0] : word;
    }

    private static String fromFile(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("");
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.PASSWORD_NOT_READ, "The file " + file + " cannot be read.", e);
        }
    }
}
