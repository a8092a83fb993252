package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.region.comparison.Comparison;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileBundles;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.ProfileVerifier;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Regional profiles. */
@Command(
        name = "profile",
        description = "Regional profiles: makes them of closed rounds, shows, publishes, exports and verifies them.",
        subcommands = {
            ProfileCommand.Make.class,
            ProfileCommand.Show.class,
            ProfileCommand.Compare.class,
            ProfileCommand.Publish.class,
            ProfileCommand.Bundle.class,
            ProfileCommand.Verify.class,
            NationalCommand.class
        })
final class ProfileCommand extends CommandGroup {

    private ProfileCommand() {}

    @Command(
            name = "make",
            description = "Makes the next edition of a programme's profile from a closed round, and signs it.",
            footer = {"", "Exit codes: 0 made, 1 refused, 2 wrong usage."})
    static final class Make extends NodeCommand {

        @Parameters(index = "0", paramLabel = "ROUND", description = "Its id.")
        private UUID round = new UUID(0, 0);

        @Option(
                names = "--for-comments",
                description =
                        "Comments are asked for on it (`consultation regional`) before it is published; the edition says so.")
        private boolean forComments;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            ProfileEdition edition = node.getBean(Profiles.class).make(round, forComments, by.signIn(node));
            out().println("edition " + edition.edition() + " of " + edition.programme() + ", digest "
                    + edition.digest());
            return 0;
        }
    }

    /** An edition of a profile. */
    abstract static class OfEdition extends NodeCommand {

        @Parameters(index = "0", paramLabel = "PROGRAMME", description = "Id of the programme.")
        String programme = "";

        @Parameters(index = "1", paramLabel = "EDITION", description = "Its number.")
        int edition;

        final ProfileEdition edition(ApplicationContext node) {
            return node.getBean(Profiles.class).get(programme, edition);
        }
    }

    @Command(
            name = "show",
            description = "Shows who has reported, the regional totals of all persons, mirror pairs and changes.",
            footer = {"", "Exit codes: 0 shown, 1 refused, 2 wrong usage."})
    static final class Show extends OfEdition {

        @Override
        int run(ApplicationContext node) {
            Profile profile = node.getBean(Profiles.class).document(edition(node));
            out().println("edition " + profile.edition() + " of " + profile.programme() + "\tfor " + profile.year()
                    + "\tmade " + profile.made());
            profile.members()
                    .forEach(member -> member.replies()
                            .forEach(reply -> out().println("member\t" + member.party() + "\t" + reply.table() + "\t"
                                    + reply.outcome()
                                    + (reply.sentence() == null ? "" : "\t" + reply.sentence()))));
            profile.tables()
                    .forEach(table -> table.groups().forEach(group -> {
                        out().println("table\t" + table.id() + "\t"
                                + group.concept().indicator() + " by "
                                + group.concept().basis() + "\t" + String.join(",", group.parties())
                                + (group.apart() == null ? "" : "\tapart: " + group.apart()));
                        group.totals().stream()
                                .filter(total -> total.key().isEmpty())
                                .forEach(total -> out().println("total\t" + table.id() + "\t"
                                        + total.total().kind() + "\t"
                                        + total.total().value() + "\t"
                                        + total.total().contributors() + " members"));
                    }));
            profile.corridors().forEach(corridor -> out().println(line(corridor)));
            profile.national()
                    .forEach(pair -> out().println("two sources\t" + pair.party() + "\t" + pair.counterpart() + "\t"
                            + pair.period() + "\t" + pair.relation() + "\t"
                            + pair.one().organisation() + " " + pair.one().value() + "\t"
                            + pair.other().organisation() + " " + pair.other().value()
                            + (pair.asymmetry() == null
                                    ? ""
                                    : "\tasymmetry " + pair.asymmetry().relative() + "\t"
                                            + pair.asymmetry().grade())));
            if (profile.reference() != null) {
                profile.reference()
                        .indicators()
                        .forEach(one -> out().println("indicator\t" + one.party() + "\t" + one.indicator() + "\t"
                                + one.period() + "\t" + one.value() + "\tas of " + one.asOf() + "\t"
                                + one.source()));
            }
            profile.changes()
                    .forEach(change -> out().println("change\t" + change.party() + "\t" + change.table() + "\t"
                            + change.counterpart() + "\t" + change.cells() + " figures\t" + change.period() + "\t"
                            + change.before() + "\t" + change.after()));
            return 0;
        }
    }

    private static String line(Corridor corridor) {
        return "corridor\t" + corridor.origin() + "\t" + corridor.destination() + "\t" + corridor.period() + "\t"
                + corridor.relation() + "\t" + corridor.originSide().value() + "\t"
                + corridor.destinationSide().value()
                + (corridor.asymmetry() == null
                        ? ""
                        : "\tratio " + corridor.asymmetry().ratio() + "\tasymmetry "
                                + corridor.asymmetry().relative() + "\t"
                                + corridor.asymmetry().grade());
    }

    @Command(
            name = "compare",
            description =
                    "Sets both states' figures on a corridor side by side, different concepts included, with the reasons.",
            footer = {"", "Exit codes: 0 shown, 1 refused, 2 wrong usage."})
    static final class Compare extends OfEdition {

        @Parameters(index = "2", paramLabel = "ORIGIN", description = "Party that the people come from.")
        private String origin = "";

        @Parameters(index = "3", paramLabel = "DESTINATION", description = "Party that they go to or live in.")
        private String destination = "";

        @Override
        int run(ApplicationContext node) {
            for (Corridor corridor : node.getBean(Profiles.class).sideBySide(edition(node), origin, destination)) {
                out().println(line(corridor));
                for (Comparison.Reason reason : corridor.reasons()) {
                    out().println("\t" + reason.code() + "\t" + reason.sentence());
                }
            }
            return 0;
        }
    }

    @Command(
            name = "publish",
            description = "Publishes an edition; an approver who has not made it does.",
            footer = {"", "Exit codes: 0 published, 1 refused, 2 wrong usage."})
    static final class Publish extends OfEdition {

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            ProfileEdition published = node.getBean(Profiles.class).publish(programme, edition, by.signIn(node));
            out().println("published " + published.published());
            return 0;
        }
    }

    @Command(
            name = "bundle",
            description = "Writes an edition with the evidence of every exchange behind it, for 'profile verify'.",
            footer = {"", "Exit codes: 0 written, 1 refused, 2 wrong usage."})
    static final class Bundle extends OfEdition {

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The zip file to write.")
        private Path file = Path.of("profile.zip");

        @Override
        int run(ApplicationContext node) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                node.getBean(ProfileBundles.class).write(edition(node), out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            out().println("written: " + file);
            return 0;
        }
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description =
                    "Checks a bundle offline: signatures, evidence, and every figure, made again from the members' answers.",
            footer = {
                "",
                "Example: entente profile verify profile.zip --root ADD=ABCD-... --root PHL=EFGH-...",
                "Exit codes: 0 everything holds, 1 a step does not hold (it is named), 2 wrong usage."
            })
    static final class Verify implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "FILE", description = "The bundle.")
        private Path file = Path.of("profile.zip");

        @Option(
                names = "--root",
                required = true,
                paramLabel = "PARTY=FINGERPRINT",
                description = "The fingerprint of a party's root card; once for each party.")
        private Map<String, String> roots = new TreeMap<>();

        @Override
        public Integer call() {
            List<Dataflow> flows = DiasporaStructure.flows(DiasporaStructure.load());
            VerificationReport report;
            try {
                report = ProfileVerifier.verify(file, roots, () -> flows);
            } catch (IOException e) {
                throw new EntenteException(
                        ErrorCode.FILE_UNUSABLE, "The file " + file + " cannot be read: " + e.getMessage(), e);
            }
            report.steps()
                    .forEach(step -> spec.commandLine()
                            .getOut()
                            .println((step.holds() ? "holds\t" : "FAILS\t") + step.name() + "\t" + step.sentence()));
            spec.commandLine().getOut().println(report.holds() ? "The profile holds." : "The profile does not hold.");
            return report.holds() ? 0 : 1;
        }
    }
}
