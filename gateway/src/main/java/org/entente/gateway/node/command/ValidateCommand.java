package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.entente.crypto.Base64Url;
import org.entente.gateway.releases.ObservationRules;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a file of figures. Needs no node and no network. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description =
                "Checks a file of figures against its structure, offline, as an import would. What is wrong is named by"
                        + " row and column.",
        footer = {
            "",
            "Example: entente validate figures.csv",
            "Exit codes: 0 nothing is wrong, 1 refused (rows and columns are named), 2 wrong usage."
        })
final class ValidateCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "The figures: SDMX-CSV, SDMX-JSON, SDMX-ML, or one of our workbooks.")
    private Path file = Path.of("figures.csv");

    @Mixin
    private FigureFiles figures = new FigureFiles();

    @Override
    public Integer call() {
        Dataflow flow = figures.dataflow();
        Cube cube = figures.read(file, flow, new ObservationRules(flow.structure(), null)::check);
        spec.commandLine()
                .getOut()
                .println(flow.id() + "\t" + cube.observationCount() + " observations\t" + cube.seriesCount()
                        + " series\tdigest "
                        + Base64Url.encode(cube.digest()));
        return 0;
    }
}
