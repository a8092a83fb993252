package org.entente.gateway.node.command;

import java.nio.file.Path;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Rectification;
import org.entente.agreements.life.TextChange;
import org.entente.gateway.treaties.OfficerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Acts by which a concluded text is changed without new signatures; TEXT is the new text. */
final class TextChangeCommands {
    private TextChangeCommands() {}

    @Command(name = "letter", description = "One letter of an exchange by which a technical annex is amended.")
    static final class Letter extends ActCommand {

        @Option(
                names = "--replaces",
                required = true,
                paramLabel = "DIGEST",
                description = "The text that holds until then.")
        private String replaces = "";

        @Option(
                names = "--reference",
                required = true,
                paramLabel = "TEXT",
                description = "Number of the letter or note.")
        private String reference = "";

        @Mixin
        private SignatoryOption signatory = new SignatoryOption();

        @Override
        Instrument make(Head head) {
            return new TextChange.LetterSent(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    replaces,
                    reference,
                    signatory.signatory());
        }
    }

    @Command(
            name = "propose-correction",
            description = "Proposes the correction of an error in a concluded text; the places that are corrected are"
                    + " found by comparing the two texts, and printed before they are signed.")
    static final class Correct extends ActCommand {

        @Option(
                names = "--defective",
                required = true,
                paramLabel = "FILE",
                description = "The text with the error, as `agreement document` writes it.")
        private Path defective = Path.of("agreement.json");

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Override
        Instrument make(Head head) {
            Agreement wrong = read(defective);
            return new TextChange.CorrectionProposed(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    wrong.digest(),
                    Rectification.between(wrong, head.text()),
                    reason);
        }

        @Override
        byte[] signed(OfficerKey officer, Head head, Instrument act) {
            return officer.propose(head.text(), act, head.at());
        }
    }

    @Command(name = "consent-to-correction", description = "Consents to a correction.")
    static final class Consent extends ActCommand {

        @Option(
                names = "--replaces",
                required = true,
                paramLabel = "DIGEST",
                description = "The text that holds until then.")
        private String replaces = "";

        @Override
        Instrument make(Head head) {
            return new TextChange.CorrectionConsented(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), replaces);
        }
    }
}
