package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.KeyReplacement;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** New keys in the place of lost or stolen ones: first made, then, with an officer's signature, put in place. */
@Command(
        name = "replace",
        description =
                "Replaces keys that were lost or stolen. Without --signed it makes new keys and writes the card that lists"
                        + " them to FILE, for an officer on the current card to sign (`card countersign`); with --signed it"
                        + " puts them in place. Partners refuse the keys before from the moment when they have taken the card.",
        footer = {"", "Exit codes: 0 done, 1 refused, 2 wrong usage."})
final class ReplaceKeysCommand extends NodeCommand {
    enum Reason {
        lost,
        stolen
    }

    @Parameters(paramLabel = "FILE", description = "The cards, with the new one last.")
    private Path file = Path.of("replacement.json");

    @Option(names = "--reason", description = "${COMPLETION-CANDIDATES}.")
    private @Nullable Reason reason;

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description =
                    "From when on the keys before no longer count, such as 2026-11-28T09:30:00Z; now by default. What they"
                            + " have signed earlier stays valid.")
    private @Nullable String since;

    @Option(
            names = "--valid-days",
            paramLabel = "DAYS",
            defaultValue = "825",
            description = "Validity of keys and card (default: ${DEFAULT-VALUE}).")
    private int validDays = 825;

    @Option(names = "--signed", description = "FILE carries the officer's signature: put the new keys in place.")
    private boolean signed;

    @Override
    int run(ApplicationContext node) {
        KeyReplacement replacement = node.getBean(KeyReplacement.class);
        if (signed) {
            out().println(CardCommand.describe(replacement.complete(CommandFiles.read(file), CardCommand.BY)));
            return 0;
        }
        Reason what = reason;
        if (what == null || validDays < 1) {
            throw usage("Say the --reason, lost or stolen, and a validity of at least a day.");
        }
        List<CardDocument> cards = replacement.prepare(
                new Card.Replacement(
                        Card.Replacement.Reason.valueOf(what.name().toUpperCase(Locale.ROOT)),
                        since(node.getBean(java.time.Clock.class).instant())),
                Duration.ofDays(validDays));
        CommandFiles.write(file, CardList.write(cards));
        out().println(CardCommand.describe(cards.getLast()));
        return 0;
    }

    private Instant since(Instant now) {
        String text = since;
        if (text == null) {
            return now.truncatedTo(ChronoUnit.SECONDS);
        }
        try {
            return Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw usage("--since is a time such as 2026-11-28T09:30:00Z.");
        }
    }
}
