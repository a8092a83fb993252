package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.UUID;
import org.entente.gateway.releases.inventory.Inventory;
import org.entente.gateway.releases.inventory.InventoryDeclaration;
import org.entente.gateway.releases.inventory.InventoryEntry;
import org.entente.gateway.releases.inventory.PartnerInventory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Inventories: what authorities hold, without figures. */
@Command(
        name = "inventory",
        description = "Shows what the authorities of this party, or of a partner, hold: concepts, periods, coverage and"
                + " gaps, and no figure. A partner shows it only to those whom its administrator has admitted.",
        subcommands = {
            InventoryCommand.Declare.class,
            InventoryCommand.Remove.class,
            InventoryCommand.Admit.class,
            InventoryCommand.Exclude.class
        },
        footer = {"", "Exit codes: 0 shown, 1 refused or the partner does not answer, 2 wrong usage."})
final class InventoryCommand extends NodeCommand {

    @Parameters(paramLabel = "PARTY", arity = "0..1", description = "The partner; without one, the own inventory.")
    private @Nullable String party;

    @Override
    int run(ApplicationContext node) {
        Inventory.Listing listing = party == null
                ? node.getBean(Inventory.class).own()
                : node.getBean(PartnerInventory.class).of(party);
        listing.entries().forEach(entry -> out().println(describe(entry)));
        return 0;
    }

    private static String describe(InventoryEntry entry) {
        StringBuilder text = new StringBuilder(entry.authority() + "\t" + entry.id() + "\t" + entry.title());
        line(text, "counted", String.join(", ", entry.concepts()));
        String from = entry.from() == null ? "" : entry.from();
        line(text, "periods", from.isEmpty() ? "" : from + " to " + (entry.until() == null ? "now" : entry.until()));
        line(text, "counterparts", entry.counterparts() == null ? "" : entry.counterparts() + " areas");
        entry.breakdowns().forEach((dimension, codes) -> line(text, dimension, String.join(", ", codes)));
        entry.coverage().forEach((group, presence) -> line(text, group.name(), presence.name()));
        entry.gaps().forEach(gap -> line(text, "gap", gap));
        line(text, "note", entry.note() == null ? "" : entry.note());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append("\n  ").append(name).append(": ").append(value);
        }
    }

    @Command(
            name = "declare",
            description = "Declares by hand what no dataset of this node says: a register, a survey, an old table.",
            footer = {"", "Exit codes: 0 declared, 1 refused, 2 wrong usage."})
    static final class Declare extends NodeCommand {

        @Parameters(
                paramLabel = "FILE",
                description = "JSON with authority, title, concepts, from; and, where there is something to say, until,"
                        + " coverage, gaps, note.")
        private Path file = Path.of("entry.json");

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            InventoryDeclaration entry =
                    JsonFiles.read(file, InventoryDeclaration.class, "declaration for the inventory");
            out().println(describe(node.getBean(Inventory.class).declare(entry, by.signIn(node))));
            return 0;
        }
    }

    @Command(
            name = "remove",
            description = "Takes back what was declared by hand.",
            footer = {"", "Exit codes: 0 taken back, 1 refused, 2 wrong usage."})
    static final class Remove extends NodeCommand {

        @Parameters(paramLabel = "ID", description = "The entry's id.")
        private UUID id = new UUID(0, 0);

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            node.getBean(Inventory.class).remove(id, by.signIn(node));
            return 0;
        }
    }

    @Command(
            name = "admit",
            description = "Lets a partner read the inventory, before there is any agreement.",
            footer = {"", "Exit codes: 0 admitted, 1 refused, 2 wrong usage."})
    static final class Admit extends NodeCommand {

        @Parameters(paramLabel = "PARTY", description = "The partner.")
        private String party = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            Inventory inventory = node.getBean(Inventory.class);
            inventory.admit(party, by.signIn(node));
            out().println("open to " + String.join(", ", inventory.readers()));
            return 0;
        }
    }

    @Command(
            name = "exclude",
            description = "Lets a partner read the inventory no longer.",
            footer = {"", "Exit codes: 0 excluded, 1 refused, 2 wrong usage."})
    static final class Exclude extends NodeCommand {

        @Parameters(paramLabel = "PARTY", description = "The partner.")
        private String party = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            node.getBean(Inventory.class).exclude(party, by.signIn(node));
            return 0;
        }
    }
}
