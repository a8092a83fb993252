package org.entente.gateway.node.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Path;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.releases.Balance;
import org.entente.gateway.releases.BalanceDeclaration;
import org.entente.gateway.releases.Balances;
import org.entente.gateway.releases.Dataset;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.DatasetMetadata;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.statistics.Codelist;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Datasets: what an office says of its figures before the first is imported. */
@Command(
        name = "dataset",
        description = "Datasets of this node.",
        subcommands = {
            DatasetCommand.Declare.class,
            DatasetCommand.Show.class,
            DatasetCommand.Balancing.class,
            DatasetCommand.Describe.class,
            DatasetCommand.Headings.class
        })
final class DatasetCommand extends CommandGroup {

    private static final String FLOW = "The metadataflow whose headings are used (default: ENTENTE:MDF_ESMS(1.0.0)).";

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
            Dataset dataset = node.getBean(Datasets.class)
                    .declare(read(file, DatasetDeclaration.class, "a dataset's declaration"), by.signIn(node));
            out().println(dataset.id() + "\t" + dataset.dataflow() + "\t" + dataset.authority());
            return 0;
        }
    }

    private static <T> T read(Path file, Class<T> type, String what) {
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(CommandFiles.read(file), type);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE, "The file " + file + " is not " + what + " in JSON.", e);
        }
    }

    @Command(
            name = "balance",
            description = {
                "Declares a balance between figures of several datasets or periods: the population at the end of a year is that at its",
                "start, and who came, less who left. Releases of each of them are judged together with the others from then on.",
                "Without FILE it lists what is declared."
            },
            footer = {"", "Exit codes: 0 declared, 1 refused, 2 wrong usage."})
    static final class Balancing extends NodeCommand {

        @Parameters(
                arity = "0..1",
                paramLabel = "FILE",
                description = "JSON with id, title, additivity, tolerance, total, parts.")
        private @Nullable Path file;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Balances balances = node.getBean(Balances.class);
            if (file == null) {
                balances.all().forEach(balance -> out().println(describe(balance)));
            } else {
                out().println(describe(balances.declare(
                        read(file, BalanceDeclaration.class, "a balance's declaration"), by.signIn(node))));
            }
            return 0;
        }

        private static String describe(Balance balance) {
            StringBuilder line = new StringBuilder(balance.id() + "\t" + balance.title() + "\t" + balance.additivity()
                    + (balance.tolerance() == null ? "" : " " + balance.tolerance()) + "\t"
                    + term(balance.total()) + " =");
            String plus = " ";
            for (Balance.Term part : balance.parts()) {
                line.append(part.minus() ? " - " : plus).append(term(part));
                plus = " + ";
            }
            return line.toString();
        }

        private static String term(Balance.Term term) {
            return term.dataset()
                    + (term.codes().isEmpty() ? "" : term.codes().toString())
                    + (term.years() == 0 ? "" : term.years() < 0 ? term.years() + "y" : "+" + term.years() + "y");
        }
    }

    @Command(
            name = "describe",
            description = {
                "Says what a dataset is, by headings: whom to ask, population, source, method, quality.",
                "The newest report goes out with each release that is published from then on."
            },
            footer = {"", "Exit codes: 0 taken, 1 refused, 2 wrong usage."})
    static final class Describe extends NodeCommand {

        @Parameters(paramLabel = "DATASET", description = "Id of the dataset.")
        private String dataset = "";

        @Option(
                names = "--metadata",
                required = true,
                paramLabel = "FILE",
                description = "YAML or JSON: heading to text, or heading to language to text.")
        private Path file = Path.of("metadata.yaml");

        @Option(names = "--flow", paramLabel = "AGENCY:ID(VERSION)", description = FLOW)
        private @Nullable String flow;

        @Option(
                names = "--language",
                paramLabel = "TAG",
                defaultValue = "en",
                description = "Language of texts that name none (default: ${DEFAULT-VALUE}).")
        private String language = "en";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            DatasetMetadata.Described described = node.getBean(DatasetMetadata.class)
                    .describe(dataset, CommandFiles.read(file), flow, language, by.signIn(node));
            out().println(described.dataset() + "\t" + described.metadataflow() + "\t" + described.headings()
                    + " headings\t" + described.digest());
            return 0;
        }
    }

    @Command(name = "headings", description = "Lists the headings that a report about a dataset may have.")
    static final class Headings extends NodeCommand {

        @Option(names = "--flow", paramLabel = "AGENCY:ID(VERSION)", description = FLOW)
        private @Nullable String flow;

        @Override
        int run(ApplicationContext node) {
            node.getBean(DatasetMetadata.class).flow(flow).structure().byPath().forEach((path, heading) -> {
                Codelist codes = heading.codes();
                String holds = heading.presentational() ? "" : codes == null ? "text" : "code of " + codes.id();
                out().println(path + "\t" + (heading.required() ? "required" : "optional") + "\t" + holds + "\t"
                        + heading.concept().name().in("en"));
            });
            return 0;
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
