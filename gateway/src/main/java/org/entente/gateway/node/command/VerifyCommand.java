package org.entente.gateway.node.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.entente.gateway.evidence.EvidenceVerifier;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.evidence.WorkbookVerifier;
import org.entente.gateway.sdmx.StructureReader;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;
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
                        + " parties' root cards, which you have from the parties themselves. A workbook (XLSX) is compared"
                        + " cell by cell with the answers in the evidence files of its exchanges.",
        footer = {
            "",
            "Examples:",
            "  entente verify exchange.evidence.json --root ITA=ABCD-... --root PHL=EFGH-... --tsa IJKL-...",
            "  entente verify figures.xlsx --evidence exchange.evidence.json --root ITA=ABCD-... --root PHL=EFGH-...",
            "Exit codes: 0 everything holds, 1 a step does not hold (it is named), 2 wrong usage."
        })
final class VerifyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The evidence file, or the workbook.")
    private Path file = Path.of("evidence.json");

    @Option(
            names = "--root",
            required = true,
            paramLabel = "PARTY=FINGERPRINT",
            description = "The fingerprint of a party's root card; once for each party.")
    private Map<String, String> roots = new TreeMap<>();

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description = "For a workbook: the evidence file of an exchange that its sheet Proof names; once for each"
                    + " exchange. Without it EXCHANGE.evidence.json is looked for beside the workbook.")
    private List<Path> evidence = List.of();

    @Option(
            names = "--tsa",
            paramLabel = "FINGERPRINT",
            description =
                    "The fingerprint of the certificate of a timestamp authority that you trust, or of an issuer above"
                            + " it; may be repeated. Without one, times are reported as asserted by the parties.")
    private List<String> authorities = new ArrayList<>();

    @Option(
            names = "--structure",
            paramLabel = "FILE",
            description =
                    "For a workbook: the structure of its figures, SDMX-JSON or SDMX-ML, if it is none that ships with"
                            + " this program.")
    private @Nullable Path structure;

    @Option(
            names = "--role",
            paramLabel = "COMPONENT=ROLE",
            description = "What a component of the structure is for, where the file does not say, for example"
                    + " COUNTRY=REPORTING_AREA.")
    private Map<String, String> roles = new TreeMap<>();

    /** The dataflows of the structure file. */
    private List<Dataflow> flows() throws IOException {
        return structure == null
                ? List.of()
                : StructureReader.read(new ByteArrayInputStream(CommandFiles.read(structure)), roles);
    }

    /** The evidence file of an exchange: one that was given, or the one that lies beside the workbook. */
    private Optional<byte[]> evidence(String exchange) {
        for (Path given : evidence) {
            byte[] content = CommandFiles.read(given);
            if (new String(content, StandardCharsets.UTF_8).contains("\"exchange\":\"" + exchange + "\"")) {
                return Optional.of(content);
            }
        }
        if (!exchange.matches("[0-9a-f-]{36}")) {
            return Optional.empty();
        }
        Path beside = file.resolveSibling(exchange + ".evidence.json");
        return Files.isReadable(beside) ? Optional.of(CommandFiles.read(beside)) : Optional.empty();
    }

    @Override
    public Integer call() throws IOException {
        byte[] content = CommandFiles.read(file);
        VerificationReport report = WorkbookVerifier.isWorkbook(content)
                ? WorkbookVerifier.verify(content, roots, this::evidence, flows())
                : EvidenceVerifier.verify(content, roots, Set.copyOf(authorities));
        String what = WorkbookVerifier.isWorkbook(content) ? "The workbook" : "The evidence";
        for (VerificationReport.Step step : report.steps()) {
            spec.commandLine()
                    .getOut()
                    .println((step.holds() ? "holds\t" : "FAILS\t") + step.name() + "\t" + step.sentence());
        }
        spec.commandLine().getOut().println(report.holds() ? what + " holds." : what + " does not hold.");
        return report.holds() ? 0 : 1;
    }
}
