package org.entente.gateway.node.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardAdmission;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.treaties.OfficerKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** An officer signs a card that replaces lost or stolen keys; needs no node. */
@Command(
        name = "countersign",
        mixinStandardHelpOptions = true,
        description =
                "Signs a card that replaces lost or stolen keys, as an officer of its party or of a partner, after the"
                        + " fingerprint was compared over another channel. Needs no node; run it on the officer's own machine.",
        footer = {"", "Exit codes: 0 signed, 1 refused, 2 wrong usage."})
final class CountersignCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The cards, as `keys replace` wrote them.")
    private Path file = Path.of("replacement.json");

    @Option(
            names = "--fingerprint",
            required = true,
            paramLabel = "ABCD-EFGH-...",
            description = "The new card's fingerprint as the party's administrator has read it out.")
    private String fingerprint = "";

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write; FILE itself by default.")
    private @Nullable Path out;

    @Mixin
    private OfficerKeyOption key = new OfficerKeyOption();

    @Override
    public Integer call() {
        byte[] cards = CommandFiles.read(file);
        CardDocument last = CardAdmission.read(cards).getLast();
        OfficerKey officer = key.open();
        byte[] signed = CardAdmission.countersign(
                cards,
                fingerprint,
                payload -> officer.sign(payload, Clock.systemUTC().instant()));
        CommandFiles.write(Objects.requireNonNullElse(out, file), signed);
        PrintWriter said = spec.commandLine().getOut();
        Card.Replacement replaces = Objects.requireNonNull(last.card().replaces());
        said.println(last.card().party() + ": the keys of the card before were "
                + (replaces.reason() == Card.Replacement.Reason.LOST ? "lost" : "stolen") + " and do not count since "
                + replaces.since() + ".");
        said.println(CardCommand.describe(last));
        said.println("Signed by the officer with the certificate " + officer.certificateSha256() + ".");
        said.flush();
        return 0;
    }
}
