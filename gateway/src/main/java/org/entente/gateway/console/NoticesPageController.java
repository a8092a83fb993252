package org.entente.gateway.console;

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
import java.net.URI;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.entente.gateway.access.SessionCookie;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.exchange.subscriptions.Subscriptions;
import org.jspecify.annotations.Nullable;

/** The page of notices, reminders and subscriptions. */
@Controller(port = Listeners.STAFF, value = SessionCookie.PAGES + "/notices")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class NoticesPageController {
    private final Pages pages;
    private final NoticesDesk desk;
    private final Subscriptions subscriptions;

    NoticesPageController(Pages pages, NoticesDesk desk, Subscriptions subscriptions) {
        this.pages = pages;
        this.desk = desk;
        this.subscriptions = subscriptions;
    }

    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> show(HttpRequest<?> request, StaffUser user) {
        return page(request, HttpStatus.OK, request.getParameters().get("query"), null, user);
    }

    private HttpResponse<byte[]> page(
            HttpRequest<?> request,
            HttpStatus status,
            @Nullable String query,
            @Nullable String problem,
            StaffUser user) {
        Messages say = Pages.messages(request);
        return pages.page(
                status,
                "notices",
                say,
                say.get("notices.title"),
                user.name(),
                Map.of("page", desk.page(query, problem, user, say)));
    }

    /** Proposes a subscription. */
    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> add(HttpRequest<?> request, @Body Map<String, String> form, StaffUser user) {
        ConsoleController.requireOwnPage(request);
        String query = form.getOrDefault("query", "");
        try {
            subscriptions.add(
                    new Subscriptions.Wish(
                            query,
                            null,
                            null,
                            null,
                            form.containsKey("on-release"),
                            form.containsKey("on-due-days"),
                            LocalDate.parse(form.getOrDefault("until", "")),
                            Integer.parseInt(form.getOrDefault("requests", ""))),
                    user);
            return back();
        } catch (EntenteException e) {
            return page(request, HttpStatus.valueOf(e.code().status()), query, e.detail(), user);
        } catch (DateTimeException | NumberFormatException e) {
            return page(request, HttpStatus.BAD_REQUEST, query, e.getMessage(), user);
        }
    }

    /** Lets a subscription begin. */
    @Post("/{id}/approval")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> approve(HttpRequest<?> request, UUID id, StaffUser user) {
        ConsoleController.requireOwnPage(request);
        return done(request, user, () -> subscriptions.approve(id, user));
    }

    /** Ends a subscription. */
    @Post("/{id}/end")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> end(HttpRequest<?> request, UUID id, @Body Map<String, String> form, StaffUser user) {
        ConsoleController.requireOwnPage(request);
        return done(request, user, () -> subscriptions.end(id, form.getOrDefault("reason", ""), user));
    }

    private HttpResponse<?> done(HttpRequest<?> request, StaffUser user, Runnable act) {
        try {
            act.run();
            return back();
        } catch (EntenteException e) {
            return page(request, HttpStatus.valueOf(e.code().status()), null, e.detail(), user);
        }
    }

    private static HttpResponse<?> back() {
        return HttpResponse.seeOther(URI.create(SessionCookie.PAGES + "/notices"));
    }
}
