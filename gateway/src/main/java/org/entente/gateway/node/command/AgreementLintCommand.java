package org.entente.gateway.node.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.entente.agreements.lint.Finding;
import org.entente.agreements.lint.LintFacts;
import org.entente.agreements.lint.Linter;
import org.entente.agreements.lint.Severity;
import org.entente.gateway.exchange.KnownAround;
import org.entente.gateway.node.NodeContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds contradictions and gaps in an agreement; needs no node, and knows more with one. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description =
                "Finds contradictions and gaps in an agreement before anybody signs it. Needs no node; with one it"
                        + " also compares the agreement with the node's own datasets and with the cards it has imported.",
        footer = {
            "",
            "Exit codes: 0 nothing that stops a signature, 1 errors (with --strict also warnings), 2 wrong usage."
        })
final class AgreementLintCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The agreement or the draft of one, JSON or YAML.")
    private Path file = Path.of("agreement.yaml");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Configuration file of a node whose datasets and cards are to be compared.")
    private @Nullable Path config;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    @Option(names = "--strict", description = "Warnings count like errors.")
    private boolean strict;

    @Override
    public Integer call() {
        List<Finding> findings = Linter.lint(CommandFiles.read(file), facts());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(findings).toPrettyString());
        } else if (findings.isEmpty()) {
            out.println("Nothing found.");
        } else {
            findings.forEach(out::println);
        }
        Severity least = strict ? Severity.WARNING : Severity.ERROR;
        return findings.stream().anyMatch(f -> f.severity().compareTo(least) <= 0) ? 1 : 0;
    }

    private LintFacts facts() {
        if (config == null) {
            return KnownAround.offline();
        }
        if (!Files.isRegularFile(config)) {
            throw new ParameterException(
                    spec.commandLine(), "There is no configuration file " + config.toAbsolutePath() + ".");
        }
        try (ApplicationContext node = NodeContext.open(config, false)) {
            return node.getBean(KnownAround.class).here();
        }
    }

    private static ArrayNode json(List<Finding> findings) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Finding finding : findings) {
            list.addObject()
                    .put("severity", finding.severity().name())
                    .put("code", finding.code())
                    .put("clause", finding.clause())
                    .put("pointer", finding.pointer())
                    .put("sentence", finding.sentence());
        }
        return list;
    }
}
