package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.util.UUID;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.FigureNotes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stands beside the figures of an exchange. */
@Command(
        name = "notes",
        description =
                "Shows what stands beside the figures of an exchange: duties, recall, deletion, reports, corrections, questions. Without"
                        + " an exchange, what is owed on them.",
        footer = {"", "Exit codes: 0 shown, 1 refused, 2 wrong usage."})
final class NotesCommand extends NodeCommand {

    @Parameters(arity = "0..1", paramLabel = "EXCHANGE", description = "The exchange's id.")
    private @Nullable UUID exchange;

    @Option(
            names = "--partner",
            paramLabel = "PARTY",
            description = "The asker, for an exchange that this node has answered; without it one that it asked for.")
    private @Nullable String partner;

    @Override
    int run(ApplicationContext node) {
        FigureNotes notes = node.getBean(FigureNotes.class);
        if (exchange == null) {
            notes.owed()
                    .forEach(owed -> out().println(owed.what() + "\tby " + owed.owes() + "\t" + owed.act()
                            + (owed.due() == null ? "" : "\tdue " + owed.due())
                            + (owed.overdue() ? " OVERDUE" : "")));
            return 0;
        }
        if (!Uuids.isVersion7(exchange)) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, exchange + " is no id of an exchange.");
        }
        show(partner == null ? notes.ofAsked(exchange) : notes.ofAnswered(partner, exchange));
        return 0;
    }

    private void show(FigureNotes.Notes found) {
        out().println("release\t" + (found.release() == null ? "none" : found.release()));
        if (found.duties() != null) {
            out().println("keep until\t" + found.duties().keepUntil());
            out().println("onward\t" + String.join(", ", found.duties().onward()));
            out().println("citation\t"
                    + (found.duties().citation() == null ? "" : found.duties().citation()));
            if (found.duties().embargoUntil() != null) {
                out().println("embargo until\t" + found.duties().embargoUntil());
            }
        }
        if (found.recall() != null) {
            out().println("RECALLED\t" + found.recall().at() + "\t"
                    + found.recall().reason());
        }
        if (found.deleted() != null) {
            out().println("deleted\t" + found.deleted().at() + "\t"
                    + found.deleted().cause() + " (" + found.deleted().because() + ")");
        }
        found.notes()
                .forEach(note -> out().println(note.act() + "\t" + note.id() + "\t" + note.sentence()
                        + (note.thread() == null ? "" : "\tthread " + note.thread())));
    }
}
