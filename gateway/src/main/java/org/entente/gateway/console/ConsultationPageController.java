package org.entente.gateway.console;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Part;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.multipart.CompletedFileUpload;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.PublicListenerSettings;
import org.entente.gateway.region.consultation.Consultation;
import org.entente.gateway.region.consultation.Consultations;
import org.entente.gateway.region.consultation.Reviewer;
import org.entente.gateway.region.site.DraftPages;
import org.jspecify.annotations.Nullable;

/** The pages of consultations: what is asked of whom, the comments that came, and the answers to them. */
@Controller(port = Listeners.STAFF, value = ConsultationDesk.PATH)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class ConsultationPageController {
    private static final String ON_SITE = "/consultations/";

    private final Pages pages;
    private final ConsultationDesk desk;
    private final Consultations consultations;
    private final PublicListenerSettings site;
    private final Clock clock;

    ConsultationPageController(
            Pages pages, ConsultationDesk desk, Consultations consultations, PublicListenerSettings site, Clock clock) {
        this.pages = pages;
        this.desk = desk;
        this.consultations = consultations;
        this.site = site;
        this.clock = clock;
    }

    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> all(HttpRequest<?> request, StaffUser user) {
        return all(request, HttpStatus.OK, null, user);
    }

    /** Opens a consultation on a draft of a regional profile: {@code edition} is its programme, a slash, and its number. */
    @Post("/regional")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> openRegional(HttpRequest<?> request, @Body Map<String, String> form, StaffUser user) {
        return opened(request, user, () -> {
            String edition = form.getOrDefault("edition", "");
            int slash = edition.lastIndexOf('/');
            if (slash < 0 || !edition.substring(slash + 1).matches("\\d{1,9}")) {
                throw malformed("edition: is a programme, a slash, and a number.");
            }
            consultations.openRegional(
                    edition.substring(0, slash), Integer.parseInt(edition.substring(slash + 1)), user);
        });
    }

    /** Opens one on the working group's text of the state's own profile. */
    @Post("/national")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> openNational(HttpRequest<?> request, @Part("text") CompletedFileUpload text, StaffUser user) {
        return opened(request, user, () -> {
            try {
                consultations.openNational(text.getBytes(), user);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private HttpResponse<?> opened(HttpRequest<?> request, StaffUser user, Runnable act) {
        ConsoleController.requireOwnPage(request);
        try {
            act.run();
            return HttpResponse.seeOther(URI.create(ConsultationDesk.PATH));
        } catch (EntenteException e) {
            return all(request, HttpStatus.valueOf(e.code().status()), problem(e), user);
        }
    }

    private HttpResponse<byte[]> all(
            HttpRequest<?> request, HttpStatus status, @Nullable String problem, StaffUser user) {
        Messages say = Pages.messages(request);
        return pages.page(
                status,
                "consultations",
                say,
                say.get("consultations.title"),
                user.name(),
                Map.of("page", desk.all(problem, user, say)));
    }

    @Get("/{id}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> one(HttpRequest<?> request, UUID id, StaffUser user) {
        return one(request, HttpStatus.OK, id, ConsultationDesk.After.NOTHING, user);
    }

    /** The draft as those see it who are asked. */
    @Get("/{id}" + ConsultationDesk.DRAFT)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> draft(HttpRequest<?> request, UUID id, StaffUser user) {
        Messages say = Pages.messages(request);
        DraftPages.Draft draft = desk.draft(id, user, say);
        return pages.page(
                HttpStatus.OK,
                "draft",
                say,
                draft.page().title(),
                user.name(),
                Map.of("draft", draft, "back", ConsultationDesk.PATH + "/" + id));
    }

    /** Makes a link. It stands on the page that answers this form and on no other: the node keeps only its digest. */
    @Post("/{id}/links")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> invite(HttpRequest<?> request, UUID id, @Body Map<String, String> form, StaffUser user) {
        ConsoleController.requireOwnPage(request);
        ConsultationPage.Invitation typed = new ConsultationPage.Invitation(
                form.getOrDefault("name", ""),
                form.getOrDefault("organisation", ""),
                form.getOrDefault("contact", ""),
                form.getOrDefault("until", ""));
        try {
            String token = consultations.issueLink(id, reviewer(typed), validity(typed.until()), user);
            ConsultationPage.NewLink link = new ConsultationPage.NewLink(
                    typed.name(), site.open() ? site.baseUri() + ON_SITE + token : token, site.open());
            return one(request, HttpStatus.OK, id, new ConsultationDesk.After(null, null, "", link, null), user);
        } catch (EntenteException e) {
            return refused(request, id, new ConsultationDesk.After(typed, null, "", null, problem(e)), e, user);
        }
    }

    private static Reviewer reviewer(ConsultationPage.Invitation typed) {
        try {
            return new Reviewer(
                    typed.name().strip(),
                    typed.organisation().strip(),
                    typed.contact().strip());
        } catch (IllegalArgumentException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, e.getMessage() + ".", e);
        }
    }

    /** Until the end of a day, UTC. */
    private Duration validity(String day) {
        try {
            Instant end = LocalDate.parse(day)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
            return Duration.between(clock.instant(), end);
        } catch (DateTimeException e) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "until: is a day such as 2027-12-31, and not '" + day + "'.", e);
        }
    }

    /** Accepts or declines a comment, unless somebody else has answered it since the page was shown. */
    @Post("/{id}/comments/{comment}/answer")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> answer(
            HttpRequest<?> request, UUID id, UUID comment, @Body Map<String, String> form, StaffUser user) {
        ConsoleController.requireOwnPage(request);
        String answer = form.getOrDefault("answer", "").replace("\r\n", "\n");
        try {
            consultations.answer(
                    comment,
                    verdict(form.getOrDefault("verdict", "")),
                    answer,
                    seen(form.getOrDefault("seen", "")),
                    user);
            return back(id);
        } catch (EntenteException e) {
            return refused(request, id, new ConsultationDesk.After(null, comment, answer, null, problem(e)), e, user);
        }
    }

    private static Consultation.Verdict verdict(String typed) {
        try {
            return Consultation.Verdict.valueOf(typed);
        } catch (IllegalArgumentException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "verdict: is ACCEPTED or DECLINED.", e);
        }
    }

    private static @Nullable Instant seen(String typed) {
        try {
            return typed.isEmpty() ? null : Instant.parse(typed);
        } catch (DateTimeException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "seen: is the time of the answer shown.", e);
        }
    }

    /** Closes a consultation. */
    @Post("/{id}/closing")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> close(HttpRequest<?> request, UUID id, StaffUser user) {
        ConsoleController.requireOwnPage(request);
        try {
            consultations.close(id, user);
            return back(id);
        } catch (EntenteException e) {
            return refused(request, id, new ConsultationDesk.After(null, null, "", null, problem(e)), e, user);
        }
    }

    private HttpResponse<byte[]> refused(
            HttpRequest<?> request, UUID id, ConsultationDesk.After after, EntenteException e, StaffUser user) {
        return one(request, HttpStatus.valueOf(e.code().status()), id, after, user);
    }

    private HttpResponse<byte[]> one(
            HttpRequest<?> request, HttpStatus status, UUID id, ConsultationDesk.After after, StaffUser user) {
        Messages say = Pages.messages(request);
        ConsultationPage page = desk.one(id, after, user, say);
        return pages.page(
                status,
                "consultation",
                say,
                page.title(),
                user.name(),
                Map.of("page", page, "longest", Consultations.LONGEST));
    }

    private static EntenteException malformed(String sentence) {
        return new EntenteException(ErrorCode.REQUEST_MALFORMED, sentence);
    }

    private static String problem(EntenteException e) {
        return e.detail() + " " + e.code().remedy();
    }

    private static HttpResponse<?> back(UUID id) {
        return HttpResponse.seeOther(URI.create(ConsultationDesk.PATH + "/" + id));
    }
}
