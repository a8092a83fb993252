package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.util.UUID;
import org.entente.gateway.region.consultation.Consultations;
import org.entente.gateway.region.national.NationalProfile;
import org.entente.gateway.region.national.NationalProfiles;
import org.entente.gateway.region.national.NationalPublication;
import org.entente.gateway.region.national.NationalText;
import org.entente.gateway.region.profile.ConsultationSummary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The state's own migration profile. */
@Command(
        name = "national",
        description = "The state's own migration profile: makes its editions, shows, publishes and compares them.",
        subcommands = {
            NationalCommand.Make.class,
            NationalCommand.Show.class,
            NationalCommand.Publish.class,
            NationalCommand.Compare.class
        })
final class NationalCommand extends CommandGroup {
    private NationalCommand() {}

    @Command(
            name = "make",
            description =
                    "Makes the next edition from the working group's text; the annex is filled from own releases and"
                            + " partners' answers.",
            footer = {
                "",
                "docs/statistician.md shows such a text with every member explained.",
                "Exit codes: 0 made, 1 refused (every fault is named), 2 wrong usage."
            })
    static final class Make extends NodeCommand {

        @Parameters(index = "0", paramLabel = "FILE", description = "The text, JSON or YAML.")
        private Path file = Path.of("profile.yaml");

        @Option(
                names = "--consultation",
                paramLabel = "ID",
                description =
                        "A closed consultation on a draft; the edition says how many comments came and lists the accepted ones.")
        private @Nullable UUID consultation;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            ConsultationSummary comments = consultation == null
                    ? null
                    : node.getBean(Consultations.class).ofNational(consultation);
            NationalProfile profile =
                    node.getBean(NationalProfiles.class).make(CommandFiles.read(file), comments, by.signIn(node));
            out().println("edition " + profile.edition() + " for "
                    + profile.text().year() + ", " + profile.annex().size() + " rows in the annex");
            return 0;
        }
    }

    @Command(
            name = "show",
            description = "Shows an edition: sections, objectives with progress, annex.",
            footer = {"", "Exit codes: 0 shown, 1 refused, 2 wrong usage."})
    static final class Show extends NodeCommand {

        @Parameters(index = "0", paramLabel = "EDITION", description = "Its number.")
        private int edition;

        @Override
        int run(ApplicationContext node) {
            NationalProfile profile = node.getBean(NationalProfiles.class).get(edition);
            out().println("edition " + profile.edition() + "\tfor "
                    + profile.text().year() + "\tmade " + profile.made());
            profile.text()
                    .sections()
                    .forEach(one -> out().println(one.part() + "\t" + one.heading() + "\t(" + one.author() + ")\n"
                            + one.text().strip()));
            for (NationalText.Objective one : profile.text().objectives()) {
                Double progress = one.progress();
                out().println("objective\t" + one.id() + "\t" + one.statement() + "\t" + one.indicator() + "\tfrom "
                        + one.baseline().value() + " (" + one.baseline().period() + ") to "
                        + one.target().value() + " (" + one.target().period() + ")\t"
                        + (progress == null
                                ? "not measured"
                                : one.value() == null
                                        ? ""
                                        : one.value().value() + " ("
                                                + one.value().period() + "), " + Math.round(progress * 100)
                                                + " % of the way"));
            }
            ConsultationSummary comments = profile.consultation();
            if (comments != null) {
                out().println("comments\t" + comments.comments() + " from " + comments.answered() + " of "
                        + comments.asked() + " who were asked, "
                        + comments.accepted().size() + " accepted");
                comments.accepted()
                        .forEach(one -> out().println("accepted\t" + one.section() + "\t"
                                + (one.organisation() == null ? "(not named)" : one.organisation()) + "\t" + one.text()
                                + "\t" + one.answer()));
            }
            profile.annex()
                    .forEach(row -> out().println("annex\t" + row.item() + "\t" + row.counterpart() + "\t"
                            + row.indicator() + " by " + row.basis() + "\t" + row.period() + "\t"
                            + (row.value() == null ? row.status() : row.value()) + "\t" + row.countedBy() + "\t"
                            + row.proof()));
            return 0;
        }
    }

    @Command(
            name = "publish",
            description = "Publishes an edition on the public site; an approver who has not made it does.",
            footer = {"", "Exit codes: 0 published, 1 refused, 2 wrong usage."})
    static final class Publish extends NodeCommand {

        @Parameters(index = "0", paramLabel = "EDITION", description = "Its number.")
        private int edition;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            node.getBean(NationalPublication.class).publish(edition, by.signIn(node));
            out().println("published edition " + edition);
            return 0;
        }
    }

    @Command(
            name = "compare",
            description = "Says what is different between two editions.",
            footer = {"", "Exit codes: 0 shown, 1 refused, 2 wrong usage."})
    static final class Compare extends NodeCommand {

        @Parameters(index = "0", paramLabel = "EARLIER", description = "Number of the earlier edition.")
        private int earlier;

        @Parameters(index = "1", paramLabel = "LATER", description = "Number of the later one.")
        private int later;

        @Override
        int run(ApplicationContext node) {
            NationalProfiles profiles = node.getBean(NationalProfiles.class);
            var changes = profiles.get(later).since(profiles.get(earlier));
            if (changes.isEmpty()) {
                out().println("nothing is different");
            }
            changes.forEach(one -> out().println(one.what() + "\t" + one.name() + "\t"
                    + (one.before() == null ? "new" : one.before()) + "\t"
                    + (one.after() == null ? "gone" : one.after())));
            return 0;
        }
    }
}
