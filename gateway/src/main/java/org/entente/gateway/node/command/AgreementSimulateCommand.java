package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.agreements.Agreement;
import org.entente.agreements.prose.Prose;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.exchange.Simulation;
import org.entente.gateway.releases.PatternCost;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a text would let out, before anybody signs it. */
@Command(
        name = "simulate",
        description =
                "Shows which cells of this node's current releases a text would let out by each leg and which not, and"
                        + " why, as usual and by the crisis clause; with --against also what changes in words, and which cells are gained and lost. Nothing is sent or journaled.",
        footer = {"", "Exit codes: 0 shown, 1 the text is not valid, 2 wrong usage."})
final class AgreementSimulateCommand extends NodeCommand {

    @Parameters(paramLabel = "FILE", description = "The text, JSON or YAML.")
    private Path file = Path.of("agreement.json");

    @Option(
            names = "--against",
            paramLabel = "AGREEMENT",
            description = "Id or digest of a text that this node holds, to compare with.")
    private @Nullable String against;

    @Option(
            names = "--language",
            defaultValue = "en",
            description = "Language of the difference in words, and of why nothing passes (default: ${DEFAULT-VALUE}).")
    private String language = "en";

    @Option(names = "--cells", paramLabel = "FILE", description = "Writes every cell into a CSV file.")
    private @Nullable Path cells;

    @Option(
            names = "--as",
            paramLabel = "USER",
            description =
                    "A statistician or approver, who also sees how many persons more would be withheld where a release is not"
                            + " protected as a leg asks.")
    private @Nullable String user;

    @Mixin
    private PasswordOption password = new PasswordOption();

    @Override
    int run(ApplicationContext node) {
        if (!Prose.LANGUAGES.contains(language)) {
            throw usage("There is no translation into " + language + "; there are " + String.join(", ", Prose.LANGUAGES)
                    + ".");
        }
        Agreement text = AgreementFiles.read(file);
        Agreement held = against == null
                ? null
                : node.getBean(Treaties.class).get(against).file().agreement();
        Simulation simulation = node.getBean(Simulation.class);
        StaffUser by = user == null ? null : node.getBean(Users.class).authenticate(user, password.read(user));
        Simulation.Result result = simulation.count(text, held, language, by);
        if (result.words() != null) {
            out().println(result.words().plain());
        }
        for (Simulation.Count leg : result.legs()) {
            show(leg);
        }
        if (cells != null) {
            try (Writer out = Files.newBufferedWriter(cells)) {
                simulation.list(text, held, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return 0;
    }

    private void show(Simulation.Count leg) {
        out().println(leg.leg() + "\tto " + leg.consumer() + "\t" + (leg.dataset() == null ? "-" : leg.dataset()) + "\t"
                + switch (leg.when()) {
                    case ALWAYS -> "";
                    case CRISIS -> "while a declared crisis lasts\t";
                    case PACK -> "in the sealed crisis pack\t";
                }
                + leg.granted() + " of " + leg.cells() + " cells"
                + (leg.gained() == null ? "" : "\tgained " + leg.gained() + ", lost " + leg.lost()));
        leg.sentences().forEach(sentence -> out().println("  " + sentence));
        leg.notGranted().forEach((reason, count) -> out().println("  not: " + count + "\t" + reason));
        if (leg.protection() != null) {
            out().println("  protected as it asks: " + cost(leg.protection()));
        }
    }

    private static String cost(PatternCost cost) {
        String price = cost.cells() + " cells more withheld"
                + (cost.persons() == null ? "" : ", with " + cost.persons() + " persons more");
        return switch (cost.outcome()) {
            case GOES_OUT -> price + "; a new edition could go out";
            case BLOCKED -> price + "; together with what is out already it would give withheld cells away";
            case CANNOT_BE_PROTECTED -> "some cells cannot be protected so";
            case ANOTHER_METHOD -> "another method protects these figures, and one serves a source";
        };
    }
}
