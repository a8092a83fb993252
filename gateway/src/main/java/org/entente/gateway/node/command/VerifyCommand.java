package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks an evidence file, with nothing but the file and two fingerprints. Needs no node and no network. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Checks an evidence file offline, step by step, with nothing but the file and the fingerprints of both"
                        + " parties' root cards, which you have from the parties themselves.",
        footer = {
            "",
            "Example: entente verify exchange.evidence.json --root ITA=ABCD-... --root PHL=EFGH-...",
            "Exit codes: 0 everything holds, 1 a step does not hold (it is named), 2 wrong usage."
        })
final class VerifyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The evidence file.")
    private Path file = Path.of("evidence.json");

    @Option(
            names = "--root",
            required = true,
            paramLabel = "PARTY=FINGERPRINT",
            description = "The fingerprint of a party's root card; once for each party.")
    private Map<String, String> roots = new TreeMap<>();

    @Override
    public Integer call() {
        VerificationReport report = EvidenceVerifier.verify(CommandFiles.read(file), roots);
        for (VerificationReport.Step step : report.steps()) {
            spec.commandLine()
                    .getOut()
                    .println((step.holds() ? "holds\t" : "FAILS\t") + step.name() + "\t" + step.sentence());
        }
        spec.commandLine().getOut().println(report.holds() ? "The evidence holds." : "The evidence does not hold.");
        return report.holds() ? 0 : 1;
    }
}
