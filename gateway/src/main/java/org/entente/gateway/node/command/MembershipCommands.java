package org.entente.gateway.node.command;

import java.nio.file.Path;
import java.util.List;
import org.entente.agreements.AreaList;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Party;
import org.entente.agreements.Text;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Membership;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Acts by which states join a framework, choose its tables and leave it. */
final class MembershipCommands {
    private MembershipCommands() {}

    @Command(name = "accede", description = "Accedes to a framework that is open to the party.")
    static final class Accede extends ActCommand {

        @Option(
                names = "--entry",
                required = true,
                paramLabel = "FILE",
                description = "The party as the list of parties would hold it, with its root card: JSON.")
        private Path entry = Path.of("party.json");

        @Option(
                names = "--areas",
                paramLabel = "FILE",
                description = "The areas of the party that the list of the agreement lacks: JSON list.")
        private @Nullable Path areas;

        @Option(
                names = "--opt-out",
                paramLabel = "LEG",
                split = ",",
                description = "Legs in which the party takes no part.")
        private List<String> optOuts = List.of();

        @Option(names = "--reservation", paramLabel = "TEXT", description = "A reservation; only to a treaty.")
        private @Nullable String reservation;

        @Option(names = "--language", paramLabel = "TAG", description = "Language of the reservation.")
        private String language = "en";

        @Mixin
        private SignatoryOption signatory = new SignatoryOption();

        @Override
        Instrument make(Head head) {
            List<AreaList.Area> more =
                    areas == null ? List.of() : JsonFiles.readList(areas, AreaList.Area.class, "list of areas");
            return new Membership.Acceded(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    JsonFiles.read(entry, Party.class, "party"),
                    more,
                    optOuts,
                    reservation == null ? null : Text.of(language, reservation),
                    signatory.signatory());
        }
    }

    @Command(
            name = "accept-accession",
            description = "Accepts the accession of a state, where the agreement asks for that.")
    static final class Accept extends ActCommand {

        @Option(names = "--member", required = true, paramLabel = "ID", description = "The acceding party.")
        private String member = "";

        @Override
        Instrument make(Head head) {
            return new Membership.AccessionAccepted(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), member);
        }
    }

    @Command(name = "opt-out", description = "Takes no part in one leg.")
    static final class OptOut extends ActCommand {

        @Option(names = "--leg", required = true, paramLabel = "ID", description = "The leg.")
        private String leg = "";

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
        private @Nullable String reason;

        @Override
        Instrument make(Head head) {
            return new Membership.OptedOut(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), leg, reason);
        }
    }

    @Command(name = "opt-in", description = "Takes part in a leg again.")
    static final class OptIn extends ActCommand {

        @Option(names = "--leg", required = true, paramLabel = "ID", description = "The leg.")
        private String leg = "";

        @Override
        Instrument make(Head head) {
            return new Membership.OptedIn(head.id(), head.agreement(), head.digest(), head.party(), head.at(), leg);
        }
    }

    @Command(name = "declare", description = "Makes a declaration that is kept and shown with the agreement.")
    static final class Declare extends ActCommand {

        @Option(names = "--text", required = true, paramLabel = "TEXT", description = "The declaration.")
        private String text = "";

        @Option(names = "--language", paramLabel = "TAG", description = "Its language.")
        private String language = "en";

        @Option(names = "--leg", paramLabel = "ID", description = "The leg it is about.")
        private @Nullable String leg;

        @Override
        Instrument make(Head head) {
            return new Membership.Declared(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), leg, Text.of(language, text));
        }
    }

    @Command(name = "withdraw", description = "Gives notice that the party leaves the framework.")
    static final class Withdraw extends ActCommand {

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Override
        Instrument make(Head head) {
            return new Membership.Withdrawn(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), reason);
        }
    }

    @Command(name = "exclude", description = "Votes that a member be excluded.")
    static final class Exclude extends ActCommand {

        @Option(names = "--member", required = true, paramLabel = "ID", description = "The member.")
        private String member = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
        private String reason = "";

        @Override
        Instrument make(Head head) {
            return new Membership.Excluded(
                    head.id(), head.agreement(), head.digest(), head.party(), head.at(), member, reason);
        }
    }

    @Command(name = "hand-over", description = "Hands over the chair or the host of the framework.")
    static final class HandOver extends ActCommand {

        @Option(names = "--office", required = true, paramLabel = "OFFICE", description = "${COMPLETION-CANDIDATES}.")
        private Membership.Office office = Membership.Office.CHAIR;

        @Option(names = "--to", required = true, paramLabel = "ID", description = "Who takes over.")
        private String to = "";

        @Option(names = "--from", required = true, paramLabel = "DATE", description = "The first day.")
        private String from = "";

        @Override
        Instrument make(Head head) {
            return new Membership.ChairHandedOver(
                    head.id(),
                    head.agreement(),
                    head.digest(),
                    head.party(),
                    head.at(),
                    office,
                    to,
                    IsoDate.parse(from));
        }
    }
}
