package org.entente.gateway.console;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.SessionCookie;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.region.consultation.Consultation;
import org.entente.gateway.region.consultation.Consultations;
import org.entente.gateway.region.national.NationalText;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.site.DraftPages;
import org.jspecify.annotations.Nullable;

/** Puts together the pages of consultations. */
@Singleton
class ConsultationDesk {
    static final String PATH = SessionCookie.PAGES + "/consultations";

    /** Below the page of a consultation. */
    static final String DRAFT = "/draft";

    private static final int DAYS = 14;

    private final Consultations consultations;
    private final Programmes programmes;
    private final Profiles profiles;
    private final DraftPages drafts;
    private final Clock clock;

    ConsultationDesk(
            Consultations consultations, Programmes programmes, Profiles profiles, DraftPages drafts, Clock clock) {
        this.consultations = consultations;
        this.programmes = programmes;
        this.profiles = profiles;
        this.drafts = drafts;
        this.clock = clock;
    }

    /**
     * What a form that was refused held, and what one that was not has brought.
     *
     * @param invitation what stands in the form for a new link; null for what is suggested
     * @param comment that an answer was typed to; null for none
     * @param answer that was typed
     * @param link that was made
     * @param problem why the form was refused
     */
    record After(
            ConsultationPage.@Nullable Invitation invitation,
            @Nullable UUID comment,
            String answer,
            ConsultationPage.@Nullable NewLink link,
            @Nullable String problem) {
        static final After NOTHING = new After(null, null, "", null, null);
    }

    /** The page of all. */
    ConsultationsPage all(@Nullable String problem, StaffUser user, Messages say) {
        boolean drafts = user.hasRole(Roles.STATISTICIAN);
        boolean approves = user.hasRole(Roles.APPROVER);
        return new ConsultationsPage(
                consultations.all().stream().map(one -> row(one, drafts, say)).toList(),
                approves && !programmes.all().isEmpty(),
                approves ? editions(say) : List.of(),
                drafts,
                problem);
    }

    private ConsultationsPage.Row row(Consultation one, boolean drafts, Messages say) {
        Consultations.Progress progress = consultations.progress(one.id());
        return new ConsultationsPage.Row(
                drafts ? PATH + "/" + one.id() : "",
                title(one, say),
                say.time(one.opened()),
                state(one, say),
                say.get("consultations.used", progress.used(), progress.links()),
                say.get("consultations.waiting", progress.comments(), progress.waiting()));
    }

    private List<Choice> editions(Messages say) {
        return programmes.all().stream()
                .flatMap(declared -> profiles.of(declared.programme().id()).stream()
                        .filter(edition -> edition.published() == null && profiles.asksForComments(edition))
                        .map(edition -> Choice.of(
                                edition.programme() + "/" + edition.edition(),
                                regional(declared.programme(), edition.edition(), say))))
                .toList();
    }

    /** The page of one; for those who draft. */
    ConsultationPage one(UUID id, After after, StaffUser user, Messages say) {
        List<Consultation.Comment> comments = consultations.comments(id, user);
        Consultation one = consultations.get(id);
        boolean open = one.closed() == null;
        ConsultationPage.Invitation typed = after.invitation;
        return new ConsultationPage(
                PATH + "/" + id,
                title(one, say),
                open,
                state(one, say),
                one.digest(),
                draft(one),
                consultations.invited(id, user).stream()
                        .map(person -> reviewer(person, open, say))
                        .toList(),
                sections(comments, after, say),
                after.link,
                typed == null ? new ConsultationPage.Invitation("", "", "", suggested()) : typed,
                open && comments.stream().allMatch(comment -> comment.verdict() != null),
                open || one.draft() == null ? "" : "entente profile national make FILE --consultation " + id,
                after.problem);
    }

    /** The draft as those see it who are asked for comments; for those who draft. */
    DraftPages.Draft draft(UUID id, StaffUser user, Messages say) {
        user.require(Roles.STATISTICIAN);
        return drafts.in(say.language(), consultations.get(id), PATH + "/" + id + DRAFT);
    }

    private String suggested() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
                .plusDays(DAYS)
                .toString();
    }

    private static List<ConsultationPage.Passage> draft(Consultation one) {
        byte[] text = one.draft();
        return text == null
                ? List.of()
                : NationalText.read(text).sections().stream()
                        .map(section ->
                                new ConsultationPage.Passage(section.part() + ". " + section.heading(), section.text()))
                        .toList();
    }

    private ConsultationPage.Reviewer reviewer(Consultations.Invited person, boolean open, Messages say) {
        Instant used = person.used();
        String state;
        if (used != null) {
            state = say.get("consultations.link.used", say.time(used));
        } else if (!clock.instant().isBefore(person.expires())) {
            state = say.get("consultations.link.expired", say.time(person.expires()));
        } else {
            state = open
                    ? say.get("consultations.link.open", say.time(person.expires()))
                    : say.get("consultations.link.closed");
        }
        return new ConsultationPage.Reviewer(
                person.reviewer().name(),
                person.reviewer().organisation(),
                person.reviewer().contact(),
                say.time(person.issued()),
                state);
    }

    private static List<ConsultationPage.Section> sections(
            List<Consultation.Comment> comments, After after, Messages say) {
        SortedMap<String, List<ConsultationPage.Comment>> sections = new TreeMap<>(Comparator.naturalOrder());
        comments.forEach(comment -> sections.computeIfAbsent(comment.title(), title -> new ArrayList<>())
                .add(comment(comment, after, say)));
        return sections.entrySet().stream()
                .map(section -> new ConsultationPage.Section(section.getKey(), section.getValue()))
                .toList();
    }

    private static ConsultationPage.Comment comment(Consultation.Comment one, After after, Messages say) {
        String answer = Objects.requireNonNullElse(one.answer(), "");
        return new ConsultationPage.Comment(
                one.id().toString(),
                say.get(
                        one.named() ? "consultations.from.named" : "consultations.from",
                        say.apart(one.organisation()),
                        say.time(one.received())),
                one.text(),
                one.verdict() == null ? "" : say.get("consultations.verdict." + one.verdict(), say.apart(answer)),
                one.id().equals(after.comment) ? after.answer : answer,
                one.answered() == null ? "" : one.answered().toString());
    }

    private String title(Consultation one, Messages say) {
        byte[] draft = one.draft();
        if (draft != null) {
            NationalText text = NationalText.read(draft);
            return say.get(
                    "consultations.national",
                    say.apart(Programme.in(text.title(), say.language())),
                    String.valueOf(text.year()));
        }
        Programme programme =
                programmes.get(Objects.requireNonNull(one.programme())).programme();
        return regional(programme, Objects.requireNonNull(one.edition()), say);
    }

    private static String regional(Programme programme, int edition, Messages say) {
        return say.get(
                "consultations.regional",
                say.apart(Programme.in(programme.title(), say.language())),
                String.valueOf(edition),
                programme.id());
    }

    private static String state(Consultation one, Messages say) {
        Instant closed = one.closed();
        return closed == null ? say.get("consultations.open") : say.get("consultations.closed", say.time(closed));
    }
}
