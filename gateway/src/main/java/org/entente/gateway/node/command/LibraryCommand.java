package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.region.library.Library;
import org.entente.gateway.region.library.LibraryEntry;
import org.entente.gateway.region.library.LibraryHarvest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Profiles that others have made. */
@Command(
        name = "library",
        description =
                "The library of migration profiles made elsewhere: enters, lists and withdraws them, harvests partners' libraries.",
        subcommands = {
            LibraryCommand.Add.class,
            LibraryCommand.Overview.class,
            LibraryCommand.Withdraw.class,
            LibraryCommand.Harvest.class
        })
final class LibraryCommand extends CommandGroup {
    private LibraryCommand() {}

    @Command(
            name = "add",
            description = "Enters a profile, with a link to it or with its file (PDF, ODT or DOCX, at most 20 MiB).",
            footer = {"", "Exit codes: 0 entered, 1 refused (every fault is named), 2 wrong usage."})
    static final class Add extends NodeCommand {

        @Option(names = "--title", required = true, description = "Its title.")
        private String title = "";

        @Option(names = "--producer", required = true, description = "Who has made it.")
        private String producer = "";

        @Option(names = "--year", required = true, description = "The year that it is of.")
        private int year;

        @Option(
                names = "--country",
                required = true,
                split = ",",
                description = "Countries that it is on, two letters each.")
        private List<String> countries = List.of();

        @Option(
                names = "--language",
                required = true,
                split = ",",
                description = "Languages that it is in, two letters each.")
        private List<String> languages = List.of();

        @Option(names = "--rights", required = true, description = "Who holds the rights, and what one may do with it.")
        private String rights = "";

        /** One of both. */
        static final class Place {
            @Option(names = "--link", required = true, description = "Where it is to be had.")
            private @Nullable String link;

            @Option(names = "--file", required = true, description = "The profile itself.")
            private @Nullable Path file;
        }

        @ArgGroup(multiplicity = "1")
        private Place place = new Place();

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            LibraryEntry entry =
                    new LibraryEntry(title, producer, year, countries, languages, place.link, null, rights);
            Library library = node.getBean(Library.class);
            Path file = place.file;
            LibraryEntry.Listed one = file == null
                    ? library.add(entry, by.signIn(node))
                    : library.add(entry, String.valueOf(file.getFileName()), CommandFiles.read(file), by.signIn(node));
            out().println("entered: " + one.id());
            return 0;
        }
    }

    @Command(
            name = "list",
            description = "Lists what was entered here and harvested from partners, withdrawn entries too.",
            footer = {"", "Exit codes: 0 listed, 1 refused, 2 wrong usage."})
    static final class Overview extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            node.getBean(Library.class).all().forEach(held -> {
                LibraryEntry entry = held.listed().entry();
                LibraryEntry.File file = entry.file();
                out().println(held.listed().id() + "\t" + held.party() + "\t" + entry.year() + "\t"
                        + String.join(",", entry.countries()) + "\t" + entry.title() + "\t" + entry.producer() + "\t"
                        + (file == null ? entry.link() : file.name())
                        + (held.listed().withdrawn() == null
                                ? ""
                                : "\twithdrawn: " + held.listed().withdrawn()));
            });
            return 0;
        }
    }

    @Command(
            name = "withdraw",
            description =
                    "Withdraws an entry: it is shown no more, its file is deleted, and partners that harvest are told.",
            footer = {"", "Exit codes: 0 withdrawn, 1 refused, 2 wrong usage."})
    static final class Withdraw extends NodeCommand {

        @Parameters(index = "0", paramLabel = "ENTRY", description = "Its id.")
        private UUID entry = new UUID(0, 0);

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; partners read it.")
        private String reason = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            node.getBean(Library.class).withdraw(entry, reason, by.signIn(node));
            out().println("withdrawn: " + entry);
            return 0;
        }
    }

    @Command(
            name = "harvest",
            description = "Harvests a partner's library now; the node does it by itself every six hours.",
            footer = {"", "Exit codes: 0 harvested, 1 refused, 2 wrong usage."})
    static final class Harvest extends NodeCommand {

        @Parameters(index = "0", paramLabel = "PARTY", description = "The partner.")
        private String party = "";

        @Override
        int run(ApplicationContext node) {
            out().println(node.getBean(LibraryHarvest.class).harvest(party) + " entries are new or were changed");
            return 0;
        }
    }
}
