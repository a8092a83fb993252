package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** In which language and form words are written, and where to. */
final class RenderingOptions {

    /** The forms. */
    enum Format {
        text,
        html,
        pdf
    }

    @Option(
            names = "--language",
            defaultValue = "en",
            description = "Language: en, fr, es, ar (default: ${DEFAULT-VALUE}).")
    private String language = "en";

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write; needed for pdf.")
    private @Nullable Path out;

    String language(CommandSpec spec) {
        AgreementFiles.requireLanguage(spec, language);
        return language;
    }

    /** Writes the one form that was asked for. */
    void put(CommandSpec spec, Supplier<String> text, Supplier<String> html, Supplier<byte[]> pdf) {
        if (format == Format.pdf && out == null) {
            throw new ParameterException(spec.commandLine(), "A PDF goes into a file; name it with --out.");
        }
        switch (format) {
            case text -> AgreementFiles.put(spec, out, text.get());
            case html -> AgreementFiles.put(spec, out, html.get());
            case pdf -> AgreementFiles.put(spec, Objects.requireNonNull(out), pdf.get());
        }
    }
}
