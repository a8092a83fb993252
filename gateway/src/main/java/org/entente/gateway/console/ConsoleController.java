package org.entente.gateway.console;

import io.micronaut.http.HttpHeaders;
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
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.entente.gateway.access.SessionCookie;
import org.entente.gateway.access.SignIn;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;

/** The pages for staff with a browser: signing in, and asking partners for figures. */
@Controller(port = Listeners.STAFF, value = SessionCookie.PAGES)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class ConsoleController {
    private final Pages pages;
    private final AskDesk desk;
    private final SignIn signIn;
    private final SessionCookie cookie;

    ConsoleController(Pages pages, AskDesk desk, SignIn signIn, SessionCookie cookie) {
        this.pages = pages;
        this.desk = desk;
        this.signIn = signIn;
        this.cookie = cookie;
    }

    /** The page for asking; with {@code ask=yes} also the answer. */
    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> ask(HttpRequest<?> request, StaffUser user) {
        Messages say = Pages.messages(request);
        AskPage page = desk.page(AskInput.of(request.getParameters()), user, say);
        HttpStatus status = page.refusal() != null
                ? HttpStatus.FORBIDDEN
                : page.waits() != null ? HttpStatus.ACCEPTED : HttpStatus.OK;
        return pages.page(status, "ask", say, say.get("ask.title"), user.name(), Map.of("page", page));
    }

    @Get("/sign-in")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> signInPage(HttpRequest<?> request) {
        return signInPage(request, HttpStatus.OK, "");
    }

    private HttpResponse<byte[]> signInPage(HttpRequest<?> request, HttpStatus status, String problem) {
        Messages say = Pages.messages(request);
        return pages.page(status, "signin", say, say.get("sign-in.title"), null, Map.of("problem", problem));
    }

    /** Begins a session. Only a form of this node's own page may do it. */
    @Post("/sign-in")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> signIn(HttpRequest<?> request, @Body Map<String, String> form) {
        requireOwnPage(request);
        String token;
        try {
            token = signIn.token(form.getOrDefault("username", ""), form.getOrDefault("password", ""));
        } catch (EntenteException e) {
            Messages say = Pages.messages(request);
            return signInPage(
                    request,
                    HttpStatus.valueOf(e.code().status()),
                    e.code() == ErrorCode.UNAUTHENTICATED ? say.get("sign-in.wrong") : e.detail());
        }
        return HttpResponse.seeOther(URI.create(SessionCookie.PAGES)).cookie(cookie.begin(token));
    }

    /** Ends the session in this browser. */
    @Post("/sign-out")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Consumes(MediaType.ALL)
    HttpResponse<?> signOut(HttpRequest<?> request) {
        requireOwnPage(request);
        return HttpResponse.seeOther(URI.create(SessionCookie.PAGES + "/sign-in"))
                .cookie(cookie.end());
    }

    @Get("/style.css")
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Produces("text/css")
    HttpResponse<byte[]> style() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ConsoleController.class.getResourceAsStream("style.css"), "style.css")) {
            return Pages.secured(HttpResponse.ok(in.readAllBytes()))
                    .contentType("text/css;charset=utf-8")
                    .header(HttpHeaders.CACHE_CONTROL, "public, max-age=3600");
        }
    }

    /** Browsers say where a form comes from; one of another site is refused. */
    static void requireOwnPage(HttpRequest<?> request) {
        String site = request.getHeaders().get("sec-fetch-site");
        String origin = request.getHeaders().get(HttpHeaders.ORIGIN);
        String host = request.getHeaders().get(HttpHeaders.HOST);
        boolean foreignSite = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean foreignOrigin = origin != null && (host == null || !origin.endsWith("://" + host));
        if (foreignSite || foreignOrigin) {
            throw new EntenteException(ErrorCode.FORBIDDEN, "This form was sent by a page of another site.");
        }
    }
}
