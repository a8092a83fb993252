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
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.region.library.Library;
import org.entente.gateway.region.library.LibraryEntry;
import org.entente.gateway.region.library.LibraryHarvest;
import org.jspecify.annotations.Nullable;

/** The page of the library of profiles made elsewhere. */
@Controller(port = Listeners.STAFF, value = LibraryDesk.PATH)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class LibraryPageController {
    private static final Pattern BETWEEN_CODES = Pattern.compile("[\\s,;،]+");

    private final Pages pages;
    private final LibraryDesk desk;
    private final Library library;
    private final LibraryHarvest harvest;

    LibraryPageController(Pages pages, LibraryDesk desk, Library library, LibraryHarvest harvest) {
        this.pages = pages;
        this.desk = desk;
        this.library = library;
        this.harvest = harvest;
    }

    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> show(HttpRequest<?> request, StaffUser user) {
        return page(
                request,
                HttpStatus.OK,
                LibraryDesk.Narrowing.of(request.getParameters()),
                LibraryPage.Form.EMPTY,
                null,
                user);
    }

    /** Enters a profile; what was typed stands in its field again where that is refused. */
    @Post
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> add(
            HttpRequest<?> request,
            StaffUser user,
            @Part("title") String title,
            @Part("producer") String producer,
            @Part("year") String year,
            @Part("countries") String countries,
            @Part("languages") String languages,
            @Part("rights") String rights,
            @Part("link") String link,
            @Part("file") CompletedFileUpload file) {
        ConsoleController.requireOwnPage(request);
        LibraryPage.Form typed = new LibraryPage.Form(title, producer, year, countries, languages, rights, link);
        try {
            if (file.getFilename().isEmpty()) {
                library.add(entry(typed), user);
            } else {
                library.add(entry(typed), file.getFilename(), content(file), user);
            }
            return back();
        } catch (EntenteException e) {
            return refused(request, typed, e, user);
        }
    }

    /** What was typed, as it is checked; a year that is no number is a missing one. */
    private static LibraryEntry entry(LibraryPage.Form typed) {
        String year = typed.year().strip();
        return new LibraryEntry(
                typed.title().strip(),
                typed.producer().strip(),
                year.matches("\\d{4}") ? Integer.parseInt(year) : 0,
                codes(typed.countries()),
                codes(typed.languages()),
                typed.link().isBlank() ? null : typed.link().strip(),
                null,
                typed.rights().strip());
    }

    private static List<String> codes(String typed) {
        return BETWEEN_CODES
                .splitAsStream(typed.strip())
                .filter(code -> !code.isEmpty())
                .toList();
    }

    private static byte[] content(CompletedFileUpload file) {
        try {
            return file.getBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Withdraws an entry of this node's own. */
    @Post("/{id}/withdrawal")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> withdraw(HttpRequest<?> request, UUID id, @Body Map<String, String> form, StaffUser user) {
        return done(request, user, () -> library.withdraw(id, form.getOrDefault("reason", ""), user));
    }

    /** Harvests a partner's library now. */
    @Post("/harvests/{party}")
    @Consumes(MediaType.ALL)
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<?> harvest(HttpRequest<?> request, String party, StaffUser user) {
        return done(request, user, () -> {
            user.require(Roles.STATISTICIAN);
            harvest.harvest(party);
        });
    }

    /** A file that was entered here, to be saved: it is never shown as a part of these pages. */
    @Get("/files/{id}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> file(UUID id) {
        LibraryEntry.File file = library.file(id);
        return Pages.secured(HttpResponse.ok(library.content(id)))
                .contentType(file.type())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename*=UTF-8''"
                                + URLEncoder.encode(file.name(), StandardCharsets.UTF_8)
                                        .replace("+", "%20"));
    }

    private HttpResponse<?> done(HttpRequest<?> request, StaffUser user, Runnable act) {
        ConsoleController.requireOwnPage(request);
        try {
            act.run();
            return back();
        } catch (EntenteException e) {
            return refused(request, LibraryPage.Form.EMPTY, e, user);
        }
    }

    private HttpResponse<byte[]> refused(
            HttpRequest<?> request, LibraryPage.Form typed, EntenteException e, StaffUser user) {
        return page(
                request,
                HttpStatus.valueOf(e.code().status()),
                LibraryDesk.Narrowing.NONE,
                typed,
                e.detail() + " " + e.code().remedy(),
                user);
    }

    private HttpResponse<byte[]> page(
            HttpRequest<?> request,
            HttpStatus status,
            LibraryDesk.Narrowing wanted,
            LibraryPage.Form typed,
            @Nullable String problem,
            StaffUser user) {
        Messages say = Pages.messages(request);
        return pages.page(
                status,
                "library",
                say,
                say.get("library.title"),
                user.name(),
                Map.of("page", desk.page(wanted, typed, problem, user, say), "most", Library.MOST_BYTES >> 20));
    }

    private static HttpResponse<?> back() {
        return HttpResponse.seeOther(URI.create(LibraryDesk.PATH));
    }
}
