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
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.entente.crypto.message.Content;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.exchange.AskedExchanges;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.profile.ProfileBundles;
import org.entente.gateway.region.profile.PublicEditions;
import org.entente.gateway.region.profile.Source;

/** The pages of published profiles, for everybody. */
@Controller(port = Listeners.PUBLIC)
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class SiteController {
    private final PublicEditions editions;
    private final EditionReadings readings;
    private final ProfileBundles bundles;
    private final AskedExchanges exchanges;
    private final SitePages pages;
    private final SiteParts parts;

    SiteController(
            PublicEditions editions,
            EditionReadings readings,
            ProfileBundles bundles,
            AskedExchanges exchanges,
            SitePages pages,
            SiteParts parts) {
        this.parts = parts;
        this.editions = editions;
        this.readings = readings;
        this.bundles = bundles;
        this.exchanges = exchanges;
        this.pages = pages;
    }

    /** Leads to where there is something; to where may be another part tomorrow. */
    @Get
    HttpResponse<?> home(HttpRequest<?> request) {
        return leadTo(Reader.of(request).at(parts.first()));
    }

    private static HttpResponse<?> leadTo(String address) {
        return SitePages.secured(HttpResponse.temporaryRedirect(URI.create(address)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** All published editions. */
    @Get("/profiles")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        Reader reader = Reader.of(request);
        return pages.page(
                request, reader, ListPage.of(editions.all(), editions::programme, parts.hasNational(), reader));
    }

    /** The newest edition; its own address is permanent. */
    @Get("/profiles/{programme}")
    HttpResponse<?> newest(HttpRequest<?> request, String programme) {
        int edition = editions.of(programme).stream()
                .mapToInt(one -> one.edition())
                .max()
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "No edition of a profile " + programme + " is published."));
        return leadTo(Reader.of(request).at("/profiles/" + programme + "/" + edition));
    }

    /**
     * One edition.
     *
     * @param area code of the country or area that the maps bring out
     */
    @Get("/profiles/{programme}/{edition:[0-9]+}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> edition(
            HttpRequest<?> request, String programme, int edition, @QueryValue(defaultValue = "") String area) {
        Reader reader = Reader.of(request);
        EditionReading reading = readings.get(programme, edition, reader);
        SitePage page = ProfilePage.of(reading, editions.of(programme), area);
        return pages.page(
                request,
                reader,
                readings.consultation(reading)
                        .map(summary -> page.with(ConsultationSection.of(summary, reader.say())))
                        .orElse(page));
    }

    /** Where figures of an edition come from. */
    @Get("/profiles/{programme}/{edition:[0-9]+}/sources/{source}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> source(HttpRequest<?> request, String programme, int edition, String source) {
        Reader reader = Reader.of(request);
        EditionReading reading = readings.get(programme, edition, reader);
        Source found = reading.edition()
                .source(source)
                .orElseThrow(
                        () -> new EntenteException(ErrorCode.NOT_FOUND, "The edition has no source " + source + "."));
        return pages.page(request, reader, SourcePage.of(reading, found, signatures(found)));
    }

    private List<String> signatures(Source source) {
        return exchanges
                .find(UUID.fromString(source.exchange()))
                .flatMap(asked -> asked.response(Content.EMPTY))
                .flatMap(response -> response.headers().get("signature"))
                .stream()
                .toList();
    }

    /** Both states' figures on a corridor, different concepts included, because somebody asks for exactly that. */
    @Get("/profiles/{programme}/{edition:[0-9]+}/corridors/{origin:[A-Za-z0-9]+}/{destination:[A-Za-z0-9]+}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> corridor(
            HttpRequest<?> request, String programme, int edition, String origin, String destination) {
        Reader reader = Reader.of(request);
        EditionReading reading = readings.get(programme, edition, reader);
        List<Corridor> corridors = editions.sideBySide(
                reading.edition(), origin.toUpperCase(Locale.ROOT), destination.toUpperCase(Locale.ROOT));
        return pages.page(request, reader, ProfilePage.sideBySide(reading, origin, destination, corridors));
    }

    /** Two editions side by side. */
    @Get("/profiles/{programme}/compare")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> compare(HttpRequest<?> request, String programme, @QueryValue int from, @QueryValue int to) {
        Reader reader = Reader.of(request);
        return pages.page(
                request,
                reader,
                ComparePage.of(readings.get(programme, from, reader), readings.get(programme, to, reader)));
    }

    /** An edition with all that proves it, where all of that is public. */
    @Get("/profiles/{programme}/{edition:[0-9]+}/bundle")
    @Produces("application/zip")
    HttpResponse<byte[]> bundle(HttpRequest<?> request, String programme, int edition) {
        byte[] content = editions.bundle(editions.get(programme, edition), bundles)
                .orElseThrow(
                        () -> new EntenteException(
                                ErrorCode.NOT_FOUND,
                                "Not everything that proves this edition is public; the secretariat gives the bundle to members."));
        return SitePages.known(request, content, "application/zip", SiteFiles.SHORT)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + programme + "-" + edition + ".profile.zip\"");
    }
}
