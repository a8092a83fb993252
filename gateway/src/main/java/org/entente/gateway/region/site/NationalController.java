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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.entente.agreements.prose.ProsePdf;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.region.national.AnnexRow;
import org.entente.gateway.region.national.NationalPublication;
import org.entente.gateway.region.national.NationalPublication.Published;
import org.entente.gateway.sdmx.TableWorkbook;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.Structure;

/** The state's own migration profile for everybody, as pages and files. */
@Controller(port = Listeners.PUBLIC, value = NationalPage.PATH)
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class NationalController {
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final String CSV = "text/csv;charset=utf-8;header=present";

    private final NationalPublication publication;
    private final SitePages pages;
    private final AreaCodes areas;
    private final Structure structure = DiasporaStructure.load().structure();

    NationalController(NationalPublication publication, SitePages pages, AreaCodes areas) {
        this.publication = publication;
        this.pages = pages;
        this.areas = areas;
    }

    private NationalPage page(Reader reader) {
        return new NationalPage(reader, new Names(reader.say(), areas, null), structure);
    }

    /** All published editions. */
    @Get
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        Reader reader = Reader.of(request);
        List<Published> editions =
                publication.editions().stream().map(publication::get).toList();
        return pages.page(request, reader, page(reader).list(editions));
    }

    /** One edition. */
    @Get("/{edition:[0-9]+}")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> edition(HttpRequest<?> request, int edition) {
        Reader reader = Reader.of(request);
        return pages.page(request, reader, page(reader).edition(publication.get(edition), publication.editions()));
    }

    /** Two editions side by side. */
    @Get("/compare")
    @Produces(MediaType.TEXT_HTML)
    HttpResponse<byte[]> compare(HttpRequest<?> request, @QueryValue int from, @QueryValue int to) {
        Reader reader = Reader.of(request);
        return pages.page(request, reader, page(reader).compare(publication.get(from), publication.get(to)));
    }

    /** The page for paper. */
    @Get("/{edition:[0-9]+}/profile.pdf")
    @Produces("application/pdf")
    HttpResponse<byte[]> paper(HttpRequest<?> request, int edition) {
        Reader reader = Reader.of(request);
        Published published = publication.get(edition);
        String style = new String(SiteFiles.own("print.css"), StandardCharsets.UTF_8);
        byte[] content = ProsePdf.ofPage(
                pages.print(reader, page(reader).edition(published, List.of()), style),
                reader.say().direction().equals("rtl"),
                published.digest());
        return file(request, content, "application/pdf", published, ".pdf");
    }

    /** Objectives and annex as a workbook. */
    @Get("/{edition:[0-9]+}/profile.xlsx")
    @Produces(XLSX)
    HttpResponse<byte[]> workbook(HttpRequest<?> request, int edition) throws IOException {
        Published published = publication.get(edition);
        SitePage page = page(Reader.of(request)).edition(published, List.of());
        List<TableWorkbook.Table> sheets = page.sections().stream()
                .flatMap(section -> section.tables().stream())
                .map(SiteExports::sheet)
                .toList();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableWorkbook.write(page.title(), published.at(), sheets, out);
        return file(request, out.toByteArray(), XLSX, published, ".xlsx");
    }

    /** The annex, a row on a line. */
    @Get("/{edition:[0-9]+}/annex.csv")
    @Produces("text/csv")
    HttpResponse<byte[]> annex(HttpRequest<?> request, int edition) {
        Published published = publication.get(edition);
        StringBuilder csv = new StringBuilder();
        SiteExports.line(
                csv,
                List.of(
                        "item",
                        "counterpart",
                        "indicator",
                        "basis",
                        "period",
                        "value",
                        "status",
                        "counted_by",
                        "organisation"));
        for (AnnexRow row : published.profile().annex()) {
            Double value = row.value();
            SiteExports.line(
                    csv,
                    List.of(
                            row.item(),
                            row.counterpart(),
                            row.indicator(),
                            row.basis(),
                            row.period(),
                            value == null ? "" : EditionReading.plain(value),
                            row.status(),
                            row.countedBy(),
                            row.organisation()));
        }
        return file(request, csv.toString().getBytes(StandardCharsets.UTF_8), CSV, published, "-annex.csv");
    }

    private static HttpResponse<byte[]> file(
            HttpRequest<?> request, byte[] content, String type, Published published, String ending) {
        return SitePages.known(request, content, type, SiteFiles.SHORT)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + published.profile().party() + "-"
                                + published.profile().edition() + ending + "\"");
    }
}
