package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.region.library.Library;
import org.entente.gateway.region.library.LibraryEntry;
import org.entente.gateway.region.site.SiteTable.Cell;
import org.entente.gateway.region.site.SiteTable.Column;
import org.entente.gateway.region.site.SiteTable.Link;
import org.entente.gateway.region.site.SiteTable.Row;

/** The library of profiles made elsewhere, for everybody: a page to choose from, the files, and the signed lists. */
@Controller(port = Listeners.PUBLIC, value = "/library")
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class LibraryPageController {
    private static final String JWS = "application/jose+json";

    private final Library library;
    private final SitePages pages;

    LibraryPageController(Library library, SitePages pages) {
        this.library = library;
        this.pages = pages;
    }

    /** What was entered here and harvested from partners, by country, year and language. */
    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> page(
            HttpRequest<?> request,
            @QueryValue(defaultValue = "") String country,
            @QueryValue(defaultValue = "") String year,
            @QueryValue(defaultValue = "") String language) {
        Reader reader = Reader.of(request);
        SiteTexts say = reader.say();
        List<Library.Held> all = library.standing();
        List<Row> rows = all.stream()
                .filter(held ->
                        country.isEmpty() || held.listed().entry().countries().contains(country))
                .filter(held -> year.isEmpty()
                        || String.valueOf(held.listed().entry().year()).equals(year))
                .filter(held ->
                        language.isEmpty() || held.listed().entry().languages().contains(language))
                .sorted(Comparator.comparingInt(
                                (Library.Held held) -> held.listed().entry().year())
                        .reversed()
                        .thenComparing(held -> held.listed().entry().title()))
                .map(held -> row(held, say))
                .toList();
        LibraryPage page = new LibraryPage(
                SiteTable.plain("library-table", say.get("library.caption"), columns(say), rows),
                choices(all, entry -> entry.countries().stream(), code -> country(code, say), country, say),
                choices(all, entry -> Stream.of(String.valueOf(entry.year())), code -> code, year, say),
                choices(all, entry -> entry.languages().stream(), code -> language(code, say), language, say),
                "/library/list.json");
        return pages.library(request, reader, page);
    }

    private static List<Column> columns(SiteTexts say) {
        return List.of(
                Column.words(say.get("library.profile")),
                Column.words(say.get("library.producer")),
                Column.words(say.get("year")),
                Column.words(say.get("library.countries")),
                Column.words(say.get("library.languages")),
                Column.words(say.get("library.rights")),
                Column.words(say.get("library.source")));
    }

    private static Row row(Library.Held held, SiteTexts say) {
        LibraryEntry entry = held.listed().entry();
        UUID id = held.listed().id();
        LibraryEntry.File file = entry.file();
        List<Link> links = new ArrayList<>();
        if (entry.link() != null) {
            links.add(new Link(say.get("library.link"), entry.link()));
        } else if (file != null && held.own()) {
            links.add(new Link(file.name(), "/library/files/" + id));
        } else if (file != null && !held.site().isEmpty()) {
            links.add(new Link(file.name(), held.site() + "/library/files/" + id));
        }
        List<Link> proof = held.own()
                ? List.of()
                : List.of(new Link(say.get("library.signed"), "/library/sources/" + held.party() + "/" + id));
        return Row.of(
                new Cell(entry.title(), links, ""),
                Cell.words(entry.producer()),
                Cell.words(String.valueOf(entry.year())),
                Cell.words(entry.countries().stream()
                        .map(code -> country(code, say))
                        .collect(Collectors.joining(", "))),
                Cell.words(entry.languages().stream()
                        .map(code -> language(code, say))
                        .collect(Collectors.joining(", "))),
                Cell.words(entry.rights()),
                new Cell(held.party(), proof, ""));
    }

    private static String country(String code, SiteTexts say) {
        return Locale.of("", code).getDisplayCountry(Locale.of(say.language()));
    }

    private static String language(String code, SiteTexts say) {
        return Locale.of(code).getDisplayLanguage(Locale.of(say.language()));
    }

    private static List<LibraryPage.Choice> choices(
            List<Library.Held> all,
            Function<LibraryEntry, Stream<String>> codes,
            Function<String, String> text,
            String chosen,
            SiteTexts say) {
        List<LibraryPage.Choice> choices =
                new ArrayList<>(List.of(new LibraryPage.Choice("", say.get("library.all"), chosen.isEmpty())));
        all.stream()
                .flatMap(held -> codes.apply(held.listed().entry()))
                .distinct()
                .sorted(Comparator.comparing(text))
                .forEach(code -> choices.add(new LibraryPage.Choice(code, text.apply(code), code.equals(chosen))));
        return choices;
    }

    /** A file that was entered here. A browser saves it and never shows it as a part of this site. */
    @Get("/files/{id}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> file(HttpRequest<?> request, UUID id) {
        LibraryEntry.File file = library.file(id);
        return SitePages.known(request, library.content(id), file.type(), SiteFiles.SHORT)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename*=UTF-8''"
                                + URLEncoder.encode(file.name(), StandardCharsets.UTF_8)
                                        .replace("+", "%20"));
    }

    /** A part of the list of what was entered here, signed by this node; {@code resumption} of one leads to the next. */
    @Get("/list.json")
    @Produces(JWS)
    HttpResponse<byte[]> list(HttpRequest<?> request, @QueryValue(defaultValue = "") String resumption) {
        return SitePages.known(request, library.list(resumption), JWS, "no-cache");
    }

    /** The list by which a partner's entry came, as its node has signed it. */
    @Get("/sources/{party}/{id}")
    @Produces(JWS)
    HttpResponse<byte[]> source(HttpRequest<?> request, String party, UUID id) {
        byte[] jws = library.proof(party, id)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "Nothing was harvested from " + party + " under " + id + "."));
        return SitePages.known(request, jws, JWS, SiteFiles.SHORT);
    }
}
