package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.entente.gateway.evidence.archive.Archives;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Archives of the journal by period. */
@Command(
        name = "archive",
        description = "The journal of a period with its messages, bodies, timestamps and cards in one signed file.",
        subcommands = {ArchiveCommand.Export.class, ArchiveCommand.Verify.class, ArchiveCommand.Restore.class})
final class ArchiveCommand extends CommandGroup {

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static String describe(Archives.Summary summary) {
        return summary.party() + "\tentries " + summary.first() + " to " + (summary.end() - 1) + "\tfrom "
                + summary.from() + " until " + summary.until();
    }

    @Command(
            name = "export",
            description = "Writes the archive of a period. The same period of the same state gives the same bytes.",
            footer = {"", "Exit codes: 0 written, 1 refused, 2 wrong usage."})
    static final class Export extends NodeCommand {
        @Option(names = "--from", required = true, paramLabel = "DAY", description = "First day (UTC).")
        private LocalDate from = LocalDate.EPOCH;

        @Option(names = "--until", required = true, paramLabel = "DAY", description = "Day after the last (UTC).")
        private LocalDate until = LocalDate.EPOCH;

        @Parameters(paramLabel = "FILE", description = "The file to write.")
        private Path file = Path.of("journal.zip");

        @Override
        int run(ApplicationContext node) {
            out().println(describe(
                    node.getBean(Archives.class).export(midnight(from), midnight(until), file, CardCommand.BY)));
            return 0;
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description =
                    "Checks an archive offline: signature, digests, every entry, and that all lead to the signed root.",
            footer = {"", "Exit codes: 0 it holds, 1 it does not, 2 wrong usage."})
    static final class Verify implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The archive.")
        private Path file = Path.of("journal.zip");

        @Option(
                names = "--root",
                required = true,
                paramLabel = "FINGERPRINT",
                description = "The fingerprint of the root card of the party whose journal it is.")
        private String root = "";

        @Override
        public Integer call() {
            Archives.Summary summary = Archives.verify(file, root);
            spec.commandLine().getOut().println(describe(summary) + "\twithout record " + summary.withoutRecord());
            spec.commandLine().getOut().println("The archive holds.");
            return 0;
        }
    }

    @Command(
            name = "restore",
            description =
                    "Takes back from an archive what this node has lost: records, messages, receipts, timestamps, and"
                            + " bodies that were not deleted on purpose. Nothing that is there is changed.",
            footer = {"", "Exit codes: 0 done, 1 refused, 2 wrong usage."})
    static final class Restore extends NodeCommand {
        @Parameters(paramLabel = "FILE", description = "The archive.")
        private Path file = Path.of("journal.zip");

        @Override
        int run(ApplicationContext node) {
            Archives.Restored restored = node.getBean(Archives.class).restore(file, CardCommand.BY);
            out().println(describe(restored.summary()));
            out().println("put back: " + restored.records() + " records, " + restored.rows() + " rows, "
                    + restored.bodies() + " bodies");
            return 0;
        }
    }
}
