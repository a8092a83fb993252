package org.entente.gateway.node.command;

import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Interruption;
import org.entente.agreements.life.Notice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Acts that stop the exchange, let it run again, or end it. */
final class InterruptionCommands {
    private InterruptionCommands() {}

    @Command(name = "suspend", description = "Suspends a leg, after the agreed notice.")
    static final class Suspend extends ActCommand {

        @Option(names = "--leg", required = true, paramLabel = "ID", description = "The leg.")
        private String leg = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Override
        Instrument make(Head head) {
            return new Interruption.LegSuspended(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), leg, reason);
        }
    }

    @Command(name = "resume", description = "Lets a leg run again that the party has suspended.")
    static final class Resume extends ActCommand {

        @Option(names = "--leg", required = true, paramLabel = "ID", description = "The leg.")
        private String leg = "";

        @Override
        Instrument make(Head head) {
            return new Interruption.LegResumed(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), leg);
        }
    }

    @Command(name = "hold", description = "Stops at once: node, partner, agreement, leg or release.")
    static final class Hold extends ActCommand {

        @Option(names = "--scope", required = true, paramLabel = "SCOPE", description = "${COMPLETION-CANDIDATES}.")
        private Interruption.Scope scope = Interruption.Scope.AGREEMENT;

        @Option(names = "--leg", paramLabel = "ID", description = "With scope LEG.")
        private @Nullable String leg;

        @Option(names = "--release", paramLabel = "ID", description = "With scope RELEASE.")
        private @Nullable String release;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Override
        Instrument make(Head head) {
            return new Interruption.HoldSet(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), scope, leg, release, reason);
        }
    }

    @Command(name = "lift", description = "Lifts a hold that the party has set.")
    static final class Lift extends ActCommand {

        @Option(names = "--scope", required = true, paramLabel = "SCOPE", description = "${COMPLETION-CANDIDATES}.")
        private Interruption.Scope scope = Interruption.Scope.AGREEMENT;

        @Option(names = "--leg", paramLabel = "ID", description = "With scope LEG.")
        private @Nullable String leg;

        @Option(names = "--release", paramLabel = "ID", description = "With scope RELEASE.")
        private @Nullable String release;

        @Override
        Instrument make(Head head) {
            return new Interruption.HoldLifted(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), scope, leg, release);
        }
    }

    @Command(
            name = "denounce",
            aliases = "discontinue",
            description = "Gives notice that the agreement shall end: denounces a treaty, discontinues anything else.")
    static final class End extends ActCommand {

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Override
        Instrument make(Head head) {
            return Notice.of(head.text(), head.id(), head.digest(), head.party(), head.at(), reason);
        }
    }
}
