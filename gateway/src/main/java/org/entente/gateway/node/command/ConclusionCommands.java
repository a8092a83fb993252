package org.entente.gateway.node.command;

import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.gateway.treaties.OfficerKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Acts by which a text is negotiated and concluded. */
final class ConclusionCommands {
    private ConclusionCommands() {}

    @Command(name = "propose", description = "Proposes the text, signed by a person and not only sealed by the node.")
    static final class Propose extends ActCommand {

        @Option(
                names = "--counters",
                paramLabel = "DIGEST",
                description = "The text of the same version that this one answers.")
        private @Nullable String counters;

        @Override
        Instrument make(Head head) {
            return new Conclusion.Proposed(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), counters);
        }

        @Override
        byte[] signed(OfficerKey officer, Head head, Instrument act) {
            return officer.propose(head.text(), act, head.at());
        }
    }

    @Command(name = "initial", description = "Initials the text: it is settled, and nobody is bound yet.")
    static final class Initial extends ActCommand {

        @Mixin
        private SignatoryOption signatory = new SignatoryOption();

        @Override
        Instrument make(Head head) {
            return new Conclusion.Initialled(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), signatory.signatory());
        }
    }

    @Command(
            name = "notify-completion",
            description = "Notifies that the internal procedures for entry into force are completed.")
    static final class Complete extends ActCommand {

        @Option(names = "--reference", paramLabel = "TEXT", description = "The note or the law.")
        private @Nullable String reference;

        @Override
        Instrument make(Head head) {
            return new Conclusion.ProceduresCompleted(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), reference);
        }
    }

    @Command(
            name = "apply-provisionally",
            description = "Declares that the signed text is applied before its entry into force.")
    static final class Provisionally extends ActCommand {

        @Override
        Instrument make(Head head) {
            return new Conclusion.ProvisionalApplication(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at());
        }
    }
}
