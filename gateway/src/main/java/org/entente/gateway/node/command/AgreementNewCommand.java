package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Template;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A new agreement from a template; needs no node. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description =
                "Makes a new agreement from a template and the values it wants. Needs no node. Without an id among"
                        + " the values a new one is drawn.",
        footer = {"", "Exit codes: 0 written, 1 a value is missing or wrong (each is named), 2 wrong usage."})
final class AgreementNewCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "TEMPLATE", description = "Name of the template, as `agreement templates` lists it.")
    private String name = "";

    @Option(names = "--values", paramLabel = "FILE", description = "The filled form, YAML or JSON.")
    private @Nullable Path values;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "One more value, or another one than the file has.")
    private Map<String, String> set = new TreeMap<>();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The agreement to write, as YAML.")
    private Path out = Path.of("agreement.yaml");

    @Override
    public Integer call() {
        AgreementTemplatesCommand.requireTemplate(spec, name);
        Map<String, String> all = new TreeMap<>();
        if (values != null) {
            all.putAll(read(values));
        }
        all.putAll(set);
        if (all.getOrDefault("id", "").isEmpty()) {
            all.put("id", "urn:uuid:" + UUID.randomUUID());
        }
        Agreement agreement;
        try {
            agreement = Template.load(name).fill(all);
        } catch (InvalidAgreementException e) {
            throw AgreementFiles.invalid("With these values the template makes no valid agreement", e);
        }
        AgreementFiles.put(spec, out, agreement.yaml());
        spec.commandLine().getOut().println(agreement.id() + "\tversion 1\tdigest " + agreement.digest());
        return 0;
    }

    private static Map<String, String> read(Path file) {
        try {
            return Template.values(CommandFiles.read(file));
        } catch (InvalidAgreementException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE, "The file " + file + " holds no values: " + e.getMessage(), e);
        }
    }
}
