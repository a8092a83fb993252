package org.entente.gateway.node.command;

import java.util.List;
import org.entente.agreements.life.CrisisAct;
import org.entente.agreements.life.Instrument;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Acts under the crisis clause. */
final class CrisisCommands {
    private CrisisCommands() {}

    @Command(name = "declare-crisis", description = "Declares a crisis.")
    static final class DeclareCrisis extends ActCommand {

        @Option(
                names = "--trigger",
                required = true,
                paramLabel = "NUMBER",
                description = "Number of the trigger in the clause, from 1.")
        private int trigger = 1;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Option(
                names = "--leg",
                paramLabel = "ID",
                split = ",",
                description = "Legs that are widened; without it all that the clause widens.")
        private List<String> legs = List.of();

        @Option(names = "--days", required = true, paramLabel = "NUMBER", description = "Days that it lasts.")
        private int days = 1;

        @Override
        Instrument make(Head head) {
            return new CrisisAct.CrisisDeclared(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), trigger, reason, legs, days);
        }
    }

    @Command(name = "countersign-crisis", description = "Agrees to a declaration.")
    static final class Countersign extends ActCommand {

        @Option(names = "--crisis", required = true, paramLabel = "ID", description = "Id of the declaration.")
        private String crisis = "";

        @Override
        Instrument make(Head head) {
            return new CrisisAct.CrisisCountersigned(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), crisis);
        }
    }

    @Command(name = "end-crisis", description = "Ends a crisis before its time.")
    static final class EndCrisis extends ActCommand {

        @Option(names = "--crisis", required = true, paramLabel = "ID", description = "Id of the declaration.")
        private String crisis = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
        private @Nullable String reason;

        @Override
        Instrument make(Head head) {
            return new CrisisAct.CrisisEnded(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), crisis, reason);
        }
    }

    @Command(name = "review-crisis", description = "The review that is due after a crisis.")
    static final class Review extends ActCommand {

        @Option(names = "--crisis", required = true, paramLabel = "ID", description = "Id of the declaration.")
        private String crisis = "";

        @Option(names = "--findings", required = true, paramLabel = "TEXT", description = "What was found.")
        private String findings = "";

        @Override
        Instrument make(Head head) {
            return new CrisisAct.CrisisReviewed(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), crisis, findings);
        }
    }

    @Command(name = "open-pack", description = "Opens the sealed crisis pack of a release.")
    static final class OpenPack extends ActCommand {

        @Option(names = "--leg", required = true, paramLabel = "ID", description = "The leg.")
        private String leg = "";

        @Option(names = "--release", required = true, paramLabel = "ID", description = "The release.")
        private String release = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Override
        Instrument make(Head head) {
            return new CrisisAct.PackOpened(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), leg, release, reason);
        }
    }
}
