package org.entente.gateway.region.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.agreements.prose.ProsePdf;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.region.comparison.FigureConcept;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.TableWorkbook;
import org.entente.gateway.sdmx.WorkbookPages;
import org.entente.gateway.sdmx.WorkbookPages.ProofRows;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeUnion;
import org.entente.gateway.statistics.Dataflow;

/** An edition as files: the whole as a workbook and for paper, totals as CSV, members' figures in the formats of SDMX. */
@Controller(port = Listeners.PUBLIC, value = "/profiles/{programme}/{edition:[0-9]+}")
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class SiteExports {
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final long MOST_BYTES = 64L << 20;
    private static final String CSV = "text/csv;charset=utf-8;header=present";

    private final EditionReadings readings;
    private final SitePages pages;
    private final EntenteSettings settings;

    /** Files that take long to make; an edition never changes, but for sources that go. */
    private final Cache<String, byte[]> made = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((String name, byte[] content) -> content.length)
            .build();

    SiteExports(EditionReadings readings, SitePages pages, EntenteSettings settings) {
        this.readings = readings;
        this.pages = pages;
        this.settings = settings;
    }

    /** All tables of the page, in full, a sheet for each. */
    @Get("/profile.xlsx")
    @Produces(XLSX)
    HttpResponse<byte[]> workbook(HttpRequest<?> request, String programme, int edition) {
        EditionReading reading =
                readings.get(programme, edition, Reader.of(request)).inFull();
        byte[] content = made.get(key(reading, "xlsx"), key -> workbook(reading));
        return file(request, content, XLSX, name(reading) + ".xlsx");
    }

    private static String key(EditionReading reading, String kind) {
        return String.join(
                " ",
                kind,
                reading.say().language(),
                String.valueOf(reading.reader().chosen()),
                reading.edition().edition().digest(),
                reading.edition().gone().toString());
    }

    private byte[] workbook(EditionReading reading) {
        SitePage page = ProfilePage.of(reading, List.of());
        List<TableWorkbook.Table> sheets = new ArrayList<>();
        for (Section section : page.sections()) {
            section.tables().forEach(table -> sheets.add(sheet(table)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            TableWorkbook.write(page.title(), published(reading), sheets, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Instant published(EditionReading reading) {
        return Objects.requireNonNull(reading.edition().edition().published());
    }

    private static String name(EditionReading reading) {
        ProfileEdition edition = reading.edition().edition();
        return edition.programme() + "-" + edition.edition();
    }

    static TableWorkbook.Table sheet(SiteTable table) {
        return new TableWorkbook.Table(
                table.id().replace("-table", ""),
                table.columns().stream().map(SiteTable.Column::text).toList(),
                table.rows().stream()
                        .map(row -> row.cells().stream().map(SiteExports::cell).toList())
                        .toList());
    }

    private static TableWorkbook.Cell cell(SiteTable.Cell cell) {
        StringBuilder text = new StringBuilder(cell.text());
        cell.links().forEach(link -> text.append(text.isEmpty() ? "" : " ").append(link.text()));
        text.append(text.isEmpty() || cell.quote().isEmpty() ? "" : " ").append(cell.quote());
        return new TableWorkbook.Cell(text.toString(), cell.value().isEmpty() ? null : Double.valueOf(cell.value()));
    }

    /** The page for paper. */
    @Get("/profile.pdf")
    @Produces("application/pdf")
    HttpResponse<byte[]> paper(HttpRequest<?> request, String programme, int edition) {
        Reader reader = Reader.of(request);
        EditionReading reading = readings.get(programme, edition, reader);
        byte[] content = made.get(key(reading, "pdf"), key -> paper(reading));
        return file(request, content, "application/pdf", name(reading) + ".pdf");
    }

    private byte[] paper(EditionReading reading) {
        SitePage page = ProfilePage.of(reading, List.of());
        String style = new String(SiteFiles.own("print.css"), StandardCharsets.UTF_8);
        return ProsePdf.ofPage(
                pages.print(reading.reader(), page, style),
                reading.say().direction().equals("rtl"),
                reading.edition().edition().digest());
    }

    /** Every regional total of every table that is public, one on a line. */
    @Get("/totals.csv")
    @Produces("text/csv")
    HttpResponse<byte[]> totals(HttpRequest<?> request, String programme, int edition) {
        EditionReading reading = readings.get(programme, edition, Reader.of(request));
        StringBuilder csv = new StringBuilder();
        line(
                csv,
                List.of(
                        "table",
                        "indicator",
                        "basis",
                        "unit",
                        "residence_rule",
                        "reference_date_type",
                        "key",
                        "kind",
                        "value",
                        "rounding",
                        "contributors",
                        "periods",
                        "withheld_by",
                        "absent",
                        "why"));
        for (Profile.TableResult table : reading.profile().tables()) {
            for (Profile.Group group : table.groups()) {
                group.totals().forEach(total -> line(csv, row(table.id(), group.concept(), total)));
            }
        }
        return file(request, csv.toString().getBytes(StandardCharsets.UTF_8), CSV, name(reading) + "-totals.csv");
    }

    private static List<String> row(String table, FigureConcept concept, Profile.Total total) {
        RegionalTotal sum = total.total();
        List<String> key = new ArrayList<>();
        for (Map.Entry<String, String> code : total.key().entrySet()) {
            key.add(code.getKey() + "=" + code.getValue());
        }
        return List.of(
                table,
                concept.indicator(),
                concept.basis(),
                concept.unit(),
                concept.residenceRule(),
                concept.referenceDateType(),
                String.join(";", key),
                sum.kind().name(),
                sum.value() == null ? "" : EditionReading.plain(sum.value()),
                EditionReading.plain(sum.rounding()),
                String.valueOf(sum.contributors()),
                String.join(";", sum.periods()),
                String.join(";", sum.withheldBy()),
                String.join(";", sum.absent()),
                sum.why() == null ? "" : sum.why());
    }

    /** A line of CSV (RFC 4180). */
    static void line(StringBuilder csv, List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            String field = fields.get(i);
            boolean quoted = field.contains(",") || field.contains("\"") || field.contains("\n");
            csv.append(i == 0 ? "" : ",").append(quoted ? "\"" + field.replace("\"", "\"\"") + "\"" : field);
        }
        csv.append("\r\n");
    }

    /** Members' figures of a table as they gave them: {@code csv}, {@code json}, {@code xml} or {@code xlsx}. */
    @Get("/tables/{table}.{extension}")
    @Produces("*/*")
    HttpResponse<byte[]> figures(HttpRequest<?> request, String programme, int edition, String table, String extension)
            throws IOException {
        EditionReading reading = readings.get(programme, edition, Reader.of(request));
        List<PublicEdition.MemberFigures> figures = reading.edition().figures().stream()
                .filter(one -> one.source().table().equals(table))
                .toList();
        DataFormat format = DataFormat.offered().stream()
                .filter(one -> one.extension().equals(extension))
                .findFirst()
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "There are files ending with csv, json, xml and xlsx."));
        if (figures.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.NOT_FOUND, "The edition shows no members' figures of a table " + table + ".");
        }
        Dataflow flow = readings.flow(reading.programme(), table);
        Cube cube = CubeUnion.overlay(
                flow.structure(),
                figures.stream().map(PublicEdition.MemberFigures::cube).toList());
        MessageHeader header = new MessageHeader(name(reading) + "-" + table, published(reading), settings.party());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(DataMessage.of(flow, cube, header).withWorkbook(provenance(reading, table, cube, figures)), out);
        return file(
                request,
                out.toByteArray(),
                format.contentType(),
                name(reading) + "-" + table + "." + format.extension());
    }

    private static WorkbookPages provenance(
            EditionReading reading, String table, Cube cube, List<PublicEdition.MemberFigures> figures) {
        List<WorkbookPages.Row> proof = new ArrayList<>();
        proof.add(new WorkbookPages.Row(ProofRows.CUBE_DIGEST, Base64Url.encode(cube.digest())));
        for (PublicEdition.MemberFigures one : figures) {
            Source source = one.source();
            proof.add(new WorkbookPages.Row(ProofRows.PROVIDER, source.party()));
            proof.add(new WorkbookPages.Row(ProofRows.EXCHANGE, source.exchange()));
            proof.add(new WorkbookPages.Row(ProofRows.AGREEMENT, source.agreement()));
            proof.add(new WorkbookPages.Row(ProofRows.LEG, source.leg()));
            proof.add(new WorkbookPages.Row(ProofRows.CONTENT_DIGEST, source.content()));
        }
        return new WorkbookPages(
                reading.title() + ": " + reading.tableTitle(table),
                List.of(new WorkbookPages.Row("Profile", reading.path())),
                proof);
    }

    private static HttpResponse<byte[]> file(HttpRequest<?> request, byte[] content, String type, String name) {
        return SitePages.known(request, content, type, SiteFiles.SHORT)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    }
}
