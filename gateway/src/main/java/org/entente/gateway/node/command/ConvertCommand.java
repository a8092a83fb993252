package org.entente.gateway.node.command;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.DataOptions;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes figures in another format. Needs no node and no network. */
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        description =
                "Writes figures in another format, offline. What is wrong with the file is named by row and column.",
        footer = {
            "",
            "Example: entente convert figures.csv --to xlsx --out figures.xlsx",
            "Exit codes: 0 written, 1 refused (rows and columns are named), 2 wrong usage."
        })
final class ConvertCommand implements Callable<Integer> {

    /** Names of formats as people type them. */
    enum Target {
        csv1(DataFormat.CSV_1_0),
        csv2(DataFormat.CSV_2_0),
        csv21(DataFormat.CSV_2_1),
        json2(DataFormat.JSON_2_0),
        json21(DataFormat.JSON_2_1),
        ml30(DataFormat.ML_3_0),
        ml21(DataFormat.SPECIFIC_2_1),
        ml21generic(DataFormat.GENERIC_2_1),
        xlsx(DataFormat.XLSX),
        excelcsv(DataFormat.EXCEL_CSV);

        private final DataFormat format;

        Target(DataFormat format) {
            this.format = format;
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "The figures: SDMX-CSV, SDMX-JSON, SDMX-ML, or one of our workbooks.")
    private Path file = Path.of("figures.csv");

    @Mixin
    private FigureFiles figures = new FigureFiles();

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "One of ${COMPLETION-CANDIDATES}.")
    private Target to = Target.csv2;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write; without it to standard output.")
    private @Nullable Path out;

    @Option(names = "--labels", paramLabel = "id|name|both", description = "Codes, names or both, in CSV and XLSX.")
    private @Nullable String labels;

    @Option(names = "--language", paramLabel = "TAGS", description = "Languages of names, as in Accept-Language.")
    private @Nullable String language;

    @Option(
            names = "--across",
            paramLabel = "DIMENSION",
            description = "The dimension at the observation, or AllDimensions; in JSON and ML. Default: time.")
    private @Nullable String across;

    @Option(names = "--sender", paramLabel = "ID", description = "Who sends the message (default: ${DEFAULT-VALUE}).")
    private String sender = "UNKNOWN";

    @Override
    public Integer call() {
        Dataflow flow = figures.dataflow();
        if (out == null && !to.format.isText()) {
            throw new ParameterException(spec.commandLine(), "A workbook needs --out FILE.");
        }
        boolean known = across == null
                || across.equals(BoundQuery.ALL_DIMENSIONS)
                || flow.structure().dimensionPosition(across) >= 0;
        if (!known) {
            throw new ParameterException(
                    spec.commandLine(), flow.structure().id() + " has no dimension " + across + ".");
        }
        Cube cube = figures.read(file, flow, row -> {});
        Map<String, String> parameters = new TreeMap<>();
        if (labels != null) {
            parameters.put("labels", labels);
        }
        DataMessage message = DataMessage.of(
                        flow,
                        cube,
                        new MessageHeader("convert", Clock.systemUTC().instant(), sender))
                .withOptions(DataOptions.of(parameters, Languages.accepted(language)))
                .withDimensionAtObservation(
                        across == null ? flow.structure().time().id() : across);
        try {
            if (out == null) {
                spec.commandLine().getOut().flush();
                java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
                to.format.write(message, bytes);
                spec.commandLine().getOut().print(bytes.toString(StandardCharsets.UTF_8));
                spec.commandLine().getOut().flush();
            } else {
                try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(out))) {
                    to.format.write(message, stream);
                }
            }
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.FILE_UNUSABLE, "The file " + out + " cannot be written.", e);
        }
        return 0;
    }
}
