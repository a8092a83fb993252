package org.entente.gateway.node.command;

import io.micronaut.context.ApplicationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.PublicListenerSettings;
import org.entente.gateway.region.consultation.Consultation;
import org.entente.gateway.region.consultation.Consultations;
import org.entente.gateway.region.consultation.Reviewer;
import org.entente.gateway.region.profile.ConsultationSummary;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Comments from outside on drafts of profiles. */
@Command(
        name = "consultation",
        description = "Asks academia and civil society for comments on the draft of a profile, and answers them.",
        subcommands = {
            ConsultationCommand.National.class,
            ConsultationCommand.Regional.class,
            ConsultationCommand.Overview.class,
            ConsultationCommand.Link.class,
            ConsultationCommand.Links.class,
            ConsultationCommand.Comments.class,
            ConsultationCommand.Answer.class,
            ConsultationCommand.Close.class
        })
final class ConsultationCommand extends CommandGroup {
    private ConsultationCommand() {}

    @Command(
            name = "national",
            description = "Opens a consultation on the working group's text of the state's own profile.",
            footer = {"", "Exit codes: 0 opened, 1 refused, 2 wrong usage."})
    static final class National extends NodeCommand {

        @Parameters(index = "0", paramLabel = "FILE", description = "The text, JSON or YAML.")
        private Path file = Path.of("profile.yaml");

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println("opened: "
                    + node.getBean(Consultations.class)
                            .openNational(CommandFiles.read(file), by.signIn(node))
                            .id());
            return 0;
        }
    }

    @Command(
            name = "regional",
            description = "Opens a consultation on an edition of a regional profile that is not published yet.",
            footer = {"", "Exit codes: 0 opened, 1 refused, 2 wrong usage."})
    static final class Regional extends NodeCommand {

        @Parameters(index = "0", paramLabel = "PROGRAMME", description = "Its id.")
        private String programme = "";

        @Parameters(index = "1", paramLabel = "EDITION", description = "Its number.")
        private int edition;

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            out().println("opened: "
                    + node.getBean(Consultations.class)
                            .openRegional(programme, edition, by.signIn(node))
                            .id());
            return 0;
        }
    }

    @Command(
            name = "list",
            description =
                    "Lists the drafts that were given out, newest first, with how far each consultation has come.",
            footer = {"", "Exit codes: 0 listed, 1 refused, 2 wrong usage."})
    static final class Overview extends NodeCommand {

        @Override
        int run(ApplicationContext node) {
            Consultations consultations = node.getBean(Consultations.class);
            for (Consultation one : consultations.all()) {
                Consultations.Progress progress = consultations.progress(one.id());
                out().println(one.id() + "\t"
                        + (one.programme() == null
                                ? "the state's own profile"
                                : one.programme() + ", edition " + one.edition())
                        + "\t" + (one.closed() == null ? "open" : "closed " + one.closed()) + "\t" + progress.used()
                        + " of " + progress.links() + " links used\t" + progress.comments() + " comments, "
                        + progress.waiting() + " without an answer");
            }
            return 0;
        }
    }

    /** A consultation. */
    abstract static class OfConsultation extends NodeCommand {

        @Parameters(index = "0", paramLabel = "CONSULTATION", description = "Its id.")
        UUID consultation = new UUID(0, 0);

        @Mixin
        ActingUser by = new ActingUser();
    }

    @Command(
            name = "link",
            description = "Issues a link by which one person reads the draft and sends comments, once.",
            footer = {"", "Exit codes: 0 issued, 1 refused, 2 wrong usage."})
    static final class Link extends OfConsultation {

        @Option(names = "--name", required = true, description = "The person's name; stays with this node.")
        private String name = "";

        @Option(
                names = "--organisation",
                required = true,
                description = "For whom the person speaks; named in the edition only where the person agrees.")
        private String organisation = "";

        @Option(names = "--contact", required = true, description = "Address or number; stays with this node.")
        private String contact = "";

        @Option(
                names = "--hours",
                paramLabel = "HOURS",
                defaultValue = "336",
                description = "How long it is good for (${DEFAULT-VALUE}).")
        private int hours;

        @Override
        int run(ApplicationContext node) {
            Reviewer reviewer;
            try {
                reviewer = new Reviewer(name, organisation, contact);
            } catch (IllegalArgumentException e) {
                throw new EntenteException(ErrorCode.REQUEST_MALFORMED, e.getMessage() + ".", e);
            }
            String token = node.getBean(Consultations.class)
                    .issueLink(consultation, reviewer, Duration.ofHours(hours), by.signIn(node));
            PublicListenerSettings site = node.getBean(PublicListenerSettings.class);
            out().println(
                            site.open()
                                    ? site.baseUri() + "/consultations/" + token
                                    : token + "\t(this node has no public listener; see entente.public)");
            return 0;
        }
    }

    @Command(
            name = "links",
            description = "Lists who was asked, and whether the comments came; never the links themselves.",
            footer = {"", "Exit codes: 0 listed, 1 refused, 2 wrong usage."})
    static final class Links extends OfConsultation {

        @Override
        int run(ApplicationContext node) {
            for (Consultations.Invited one : node.getBean(Consultations.class).invited(consultation, by.signIn(node))) {
                out().println(one.reviewer().name() + "\t" + one.reviewer().organisation() + "\t"
                        + one.reviewer().contact() + "\tuntil " + one.expires() + "\t"
                        + (one.used() == null ? "no comments yet" : "comments came " + one.used()));
            }
            return 0;
        }
    }

    @Command(
            name = "comments",
            description = "Lists the comments that came, with what was answered.",
            footer = {"", "Exit codes: 0 listed, 1 refused, 2 wrong usage."})
    static final class Comments extends OfConsultation {

        @Override
        int run(ApplicationContext node) {
            for (Consultation.Comment one : node.getBean(Consultations.class).comments(consultation, by.signIn(node))) {
                out().println(one.id() + "\t" + one.title() + "\t" + one.organisation()
                        + (one.named() ? "" : " (not to be named)") + "\t"
                        + (one.verdict() == null ? "waits" : one.verdict() + ": " + one.answer()) + "\n" + one.text());
            }
            return 0;
        }
    }

    @Command(
            name = "answer",
            description = "Accepts or declines a comment, with an answer.",
            footer = {"", "Exit codes: 0 answered, 1 refused, 2 wrong usage."})
    static final class Answer extends NodeCommand {

        @Parameters(index = "0", paramLabel = "COMMENT", description = "Its id, as 'consultation comments' shows it.")
        private UUID comment = new UUID(0, 0);

        /** One of both. */
        static final class Verdict {
            @Option(names = "--accept", required = true, description = "The text takes it up.")
            private boolean accept;

            @Option(names = "--decline", required = true, description = "The text does not.")
            private boolean decline;

            Consultation.Verdict verdict() {
                return accept && !decline ? Consultation.Verdict.ACCEPTED : Consultation.Verdict.DECLINED;
            }
        }

        @ArgGroup(multiplicity = "1")
        private Verdict verdict = new Verdict();

        @Option(names = "--text", required = true, paramLabel = "TEXT", description = "Why.")
        private String text = "";

        @Mixin
        private ActingUser by = new ActingUser();

        @Override
        int run(ApplicationContext node) {
            node.getBean(Consultations.class).answer(comment, verdict.verdict(), text, by.signIn(node));
            out().println("answered: " + comment);
            return 0;
        }
    }

    @Command(
            name = "close",
            description = "Closes a consultation in which every comment is answered.",
            footer = {"", "Exit codes: 0 closed, 1 refused, 2 wrong usage."})
    static final class Close extends OfConsultation {

        @Override
        int run(ApplicationContext node) {
            ConsultationSummary summary = node.getBean(Consultations.class).close(consultation, by.signIn(node));
            out().println("closed: " + summary.comments() + " comments from " + summary.answered() + " of "
                    + summary.asked() + " who were asked, " + summary.accepted().size() + " accepted");
            return 0;
        }
    }
}
