package org.entente.gateway.node.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Path;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.releases.Dataset;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.Datasets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Datasets: what an office says of its figures before the first is imported. */
@Command(
        name = "dataset",
        description = "Datasets of this node.",
        subcommands = {DatasetCommand.Declare.class, DatasetCommand.Show.class})
final class DatasetCommand extends CommandGroup {

    @Command(
            name = "declare",
            description =
                    "Declares a dataset: owner, coverage of sensitive groups, meaning of absent cells, promised sums.",
            footer = {"", "Exit codes: 0 declared, 1 refused, 2 wrong usage."})
    static final class Declare extends NodeCommand {

        @Parameters(
                paramLabel = "FILE",
                description = "JSON with id, dataflow, authority, title, coverage, absent, sums.")
        private Path file = Path.of("dataset.json");

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Dataset dataset = node.getBean(Datasets.class).declare(read(file), by.signIn(node));
            out().println(dataset.id() + "\t" + dataset.dataflow() + "\t" + dataset.authority());
            return 0;
        }

        private static DatasetDeclaration read(Path file) {
            try {
                return JsonMapper.builder()
                        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build()
                        .readValue(CommandFiles.read(file), DatasetDeclaration.class);
            } catch (IOException e) {
                throw new EntenteException(
                        ErrorCode.FILE_UNUSABLE, "The file " + file + " is not a dataset's declaration in JSON.", e);
            }
        }
    }

    @Command(name = "list", description = "Lists the datasets.")
    static final class Show extends NodeCommand {
        @Override
        int run(ApplicationContext node) {
            for (Dataset dataset : node.getBean(Datasets.class).all()) {
                out().println(dataset.id() + "\t" + dataset.dataflow() + "\t" + dataset.authority() + "\t"
                        + dataset.title());
            }
            return 0;
        }
    }
}
