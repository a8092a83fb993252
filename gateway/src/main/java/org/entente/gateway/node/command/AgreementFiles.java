package org.entente.gateway.node.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.prose.Prose;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Agreements in files, as commands without a node read and write them. */
final class AgreementFiles {

    private AgreementFiles() {}

    /** An agreement in JSON or YAML, in any layout. */
    static Agreement read(Path file) {
        try {
            return Agreement.author(CommandFiles.read(file));
        } catch (InvalidAgreementException e) {
            throw invalid("The file " + file + " is no valid agreement", e);
        }
    }

    /** Every reason on a line of its own. */
    static EntenteException invalid(String what, InvalidAgreementException e) {
        StringBuilder sentence = new StringBuilder(what).append(':');
        e.problems().forEach(p -> sentence.append("\n  ").append(p));
        return new EntenteException(ErrorCode.AGREEMENT_INVALID, sentence.toString(), e);
    }

    /** Into the file if one is named, else to the terminal. */
    static void put(CommandSpec spec, @Nullable Path file, String text) {
        if (file == null) {
            spec.commandLine().getOut().print(text);
            spec.commandLine().getOut().flush();
        } else {
            put(spec, file, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    static void put(CommandSpec spec, Path file, byte[] content) {
        CommandFiles.write(file, content);
        spec.commandLine().getOut().println("written: " + file);
    }

    /** Wrong usage when there is no translation into the language. */
    static void requireLanguage(CommandSpec spec, String language) {
        if (!Prose.LANGUAGES.contains(language)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no translation into " + language + "; there are " + String.join(", ", Prose.LANGUAGES)
                            + ".");
        }
    }
}
