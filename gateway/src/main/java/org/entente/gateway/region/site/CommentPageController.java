package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.region.consultation.Consultations;

/** The page of a link for comments: the draft, to be read, and a field for each of its sections. */
@Controller(port = Listeners.PUBLIC, value = "/consultations/{token}")
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class CommentPageController {
    private static final String FIELD = "on-";
    private static final String NAMED = "named";

    private final Consultations consultations;
    private final DraftPages drafts;
    private final SitePages pages;

    CommentPageController(Consultations consultations, DraftPages drafts, SitePages pages) {
        this.consultations = consultations;
        this.drafts = drafts;
        this.pages = pages;
    }

    /** The draft with the form. */
    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> draft(HttpRequest<?> request, String token) {
        return page(request, HttpStatus.OK, token, Map.of(), false, "");
    }

    /** Takes the comments; what cannot be taken stands in its field again, with what is wrong. */
    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> comment(HttpRequest<?> request, String token, @Body Map<String, String> fields) {
        Map<String, String> typed = new TreeMap<>();
        fields.forEach((field, text) -> {
            if (field.startsWith(FIELD)) {
                typed.put(field.substring(FIELD.length()), text);
            }
        });
        boolean named = fields.containsKey(NAMED);
        Reader reader = Reader.of(request);
        Consultations.Invitation invitation = consultations.invitation(token);
        SitePage draft = drafts.page(invitation.consultation(), path(token), reader);
        int sent;
        try {
            sent = consultations.comment(token, DraftPages.titles(draft), typed, named);
        } catch (EntenteException e) {
            if (e.code() != ErrorCode.COMMENTS_INVALID) {
                throw e;
            }
            return page(
                    request,
                    HttpStatus.valueOf(e.code().status()),
                    token,
                    typed,
                    named,
                    e.detail() + " " + e.code().remedy());
        }
        return pages.comment(HttpStatus.OK, reader, page(invitation, draft, token, Map.of(), named, "", sent));
    }

    private HttpResponse<byte[]> page(
            HttpRequest<?> request,
            HttpStatus status,
            String token,
            Map<String, String> typed,
            boolean named,
            String problem) {
        Reader reader = Reader.of(request);
        Consultations.Invitation invitation = consultations.invitation(token);
        SitePage draft = drafts.page(invitation.consultation(), path(token), reader);
        return pages.comment(status, reader, page(invitation, draft, token, typed, named, problem, 0));
    }

    private static CommentPage page(
            Consultations.Invitation invitation,
            SitePage draft,
            String token,
            Map<String, String> typed,
            boolean named,
            String problem,
            int sent) {
        return new CommentPage(
                path(token),
                draft,
                invitation.organisation(),
                invitation.expires().truncatedTo(ChronoUnit.MINUTES).toString(),
                typed,
                named,
                problem,
                sent,
                Consultations.LONGEST);
    }

    private static String path(String token) {
        return ReadOnlyDoor.CONSULTATIONS + token;
    }
}
