package org.entente.gateway.region.site;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.entente.gateway.base.PageTexts;
import org.entente.gateway.exchange.SdmxDlReader;
import org.entente.gateway.region.MemberStates;
import org.entente.gateway.region.MemberStates.Row;
import org.entente.gateway.region.indicator.ReferenceIndicators;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.releases.OwnStructures;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.testing.Browser;
import org.entente.gateway.testing.BuildFolder;
import org.entente.gateway.testing.Program;
import org.entente.gateway.testing.WorkersAbroad;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import sdmxdl.web.SdmxWebManager;

/** What everybody sees of published profiles: over the wire, and in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicSiteTest {
    private static final String PROGRAMME = """
            format: entente-programme/1
            id: ADD-PROFILE
            version: 1
            agreement: %s
            title: {en: Regional migration profile, fr: Profil migratoire régional}
            tables:
              - id: STOCK
                title: {en: Foreign citizens by citizenship}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [STOCK_IN], ORIGIN_BASIS: [CT], AGE: [_T]}
                publish: MEMBERS
              - id: FLOW
                title: {en: Arrivals and departures}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [INFLOW, OUTFLOW], SEX: [_T], AGE: [_T]}
                publish: %s
              - id: SECRET
                title: {en: For members alone}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [INFLOW], SEX: [_T], AGE: [_T]}
                publish: NOTHING
            rounds: {due: [], yearsBack: 1, deadlineHours: 240, attemptSeconds: 30}
            acceptedYears: 1
            minimumReporting: 3
            dominance: 10
            comparability: 1.0.0
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private MemberStates region;

    @TempDir
    private Path folder;

    @BeforeAll
    void open() {
        region = MemberStates.open(new TreeMap<>(Map.of("ARE", "AE", "IND", "IN", "PHL", "PH", "QAT", "QA")), d -> {});
        region.publish(
                "ARE",
                "ARE-STOCK",
                List.of(
                        Row.stock("_T", "_T", 2019, 8_700),
                        Row.stock("_T", "_T", 2020, 9_100),
                        Row.stock("PH", "_T", 2019, 480),
                        Row.stock("PH", "_T", 2020, 500),
                        Row.stock("PH", "F", 2020, 300),
                        Row.stock("PH", "M", 2020, 200),
                        Row.stock("_T", "F", 2020, 4_050),
                        Row.stock("IN", "_T", 2020, 4_000),
                        Row.stock("QA", "_T", 2020, 900),
                        Row.flow("PH", "PR", "INFLOW", 2020, 93_017)));
        region.publish(
                "IND",
                "IND-STOCK",
                List.of(
                        Row.stock("_T", "_T", 2020, 1_234),
                        Row.stock("PH", "_T", 2019, 30),
                        Row.stock("_T", "F", 2020, 617),
                        Row.stock("QA", "_T", 2020, Double.NaN),
                        Row.stock("PH", "F", 2019, Double.NaN)));
        region.publish(
                "PHL",
                "PHL-STOCK",
                List.of(
                        Row.stock("IN", "_T", 2020, 70),
                        Row.stock("QA", "_T", 2020, 12),
                        Row.flow("AE", "NR", "OUTFLOW", 2020, 61_043)));
        region.publish(
                "QAT",
                "QAT-STOCK",
                List.of(
                        Row.stock("_T", "_T", 2020, 2_500),
                        Row.stock("_T", "F", 2020, 700),
                        Row.stock("PH", "_T", 2020, 100),
                        Row.stock("IN", "_T", 2020, 700),
                        Row.stock("QA", "_T", 2020, 300)));
        declare(1, "TOTALS", "");
        publish(make());
        publishIndicators();
        declare(2, "MEMBERS", "indicators: {dataset: GMG-CORE, codes: [HDI, RAT_ICRMW]}\n");
        publish(make());
    }

    @AfterAll
    void close() {
        if (region != null) {
            region.close();
        }
    }

    private void declare(int version, String publish, String more) {
        String text =
                PROGRAMME.formatted(region.agreement(), publish).replace("version: 1\n", "version: " + version + "\n")
                        + more;
        region.secretariat()
                .bean(Programmes.class)
                .declare(text.getBytes(StandardCharsets.UTF_8), region.statistician("ADD"));
    }

    private void publishIndicators() {
        region.secretariat()
                .bean(OwnStructures.class)
                .importMessage(
                        WorkersAbroad.message(ReferenceIndicators.load(), StructureFormat.JSON_2_0),
                        Map.of(),
                        region.statistician("ADD"));
        String row = "dataflow,ENTENTE:DF_REFERENCE(1.0.0),I,A,";
        region.publish(
                "ADD",
                "GMG-CORE",
                ReferenceIndicators.FLOW,
                "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,SOURCE_ORG,AS_OF,OBS_STATUS\n"
                        + row + "AE,HDI,2019,0.890,UNDP,2020-12-15,A\n"
                        + row + "PH,HDI,2019,0.718,UNDP,2020-12-15,A\n"
                        + row + "PH,RAT_ICRMW,2020,1995,UN Treaty Collection,2021-01-10,A\n");
    }

    private ProfileEdition make() {
        Rounds rounds = region.secretariat().bean(Rounds.class);
        UUID round = rounds.open("ADD-PROFILE", 2020, region.statistician("ADD"))
                .round()
                .id();
        rounds.turn(round);
        rounds.close(round, region.statistician("ADD"));
        return region.secretariat().bean(Profiles.class).make(round, region.statistician("ADD"));
    }

    private void publish(ProfileEdition edition) {
        region.secretariat()
                .bean(Profiles.class)
                .publish(edition.programme(), edition.edition(), region.approver("ADD"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(region.secretariat().everybody() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    @Test
    void whatIsPublishedAsTotalsShowsNoMembersFigureAndWhatIsForMembersIsNotMentioned() throws Exception {
        String first = page("/profiles/ADD-PROFILE/1?lang=en");
        for (String figure : List.of("93,017", "93017", "61,043", "61043", "For members alone", "SECRET")) {
            assertFalse(first.contains(figure), figure);
        }
        assertTrue(first.contains("Arrivals and departures"));
        String side = page("/profiles/ADD-PROFILE/1/corridors/PHL/ARE?lang=en");
        assertFalse(side.contains("93,017") || side.contains("61,043"), side);
        assertTrue(page("/profiles/ADD-PROFILE/2?lang=en").contains("93,017"));
        assertTrue(page("/profiles/ADD-PROFILE/2/corridors/PHL/ARE?lang=en").contains("93,017"));
        assertEquals(404, get("/profiles/ADD-PROFILE/1/bundle").statusCode());
    }

    @Test
    void aPageSaysWhoWasAskedTheTotalsTheMatrixAndWhatIsWithheld() throws Exception {
        String page = page("/profiles/ADD-PROFILE/1?lang=en");
        for (String words : List.of(
                "Who was asked",
                "ARE",
                "Regional totals by country or area",
                "4,770",
                "withheld",
                "Figures of each member",
                "(2019)",
                "year by year",
                "Signed answers that the profile rests on")) {
            assertTrue(page.contains(words), words);
        }
        assertTrue(page.contains("data-value=\"500\""));
    }

    @Test
    void coreIndicatorsStandWithTheirYearTheirDayAndTheirKeeper() throws Exception {
        String page = page("/profiles/ADD-PROFILE/2?lang=en");
        for (String words : List.of(
                "Core indicators",
                "GMG-CORE",
                "https://statistics.example/GMG-CORE",
                "Human Development Index",
                "data-value=\"0.718\"",
                "2020-12-15",
                "UNDP",
                "1995")) {
            assertTrue(page.contains(words), words);
        }
        assertFalse(page.contains("1,995"), "a year is not a number of things");
        assertFalse(page("/profiles/ADD-PROFILE/1?lang=en").contains("Core indicators"));
    }

    @Test
    void everyFigureLeadsToTheExchangeTheClauseTheReleaseAndTheSignature() throws Exception {
        String page = page("/profiles/ADD-PROFILE/1/sources/s1?lang=en");
        for (String words :
                List.of("Exchange", region.agreement(), "PROFILE-STOCK", "Release of the member", "Signature", "sig")) {
            assertTrue(page.contains(words), words);
        }
        assertEquals(404, get("/profiles/ADD-PROFILE/1/sources/s999").statusCode());
    }

    @Test
    void twoEditionsAreComparedAndTheNewestHasAnAddress() throws Exception {
        String page = page("/profiles/ADD-PROFILE/compare?from=1&to=2&lang=en");
        assertTrue(page.contains("93,017"), "a figure that only the second edition shows");
        assertFalse(page.contains("4,000"), "a figure that both editions show alike");
        HttpResponse<String> newest = get("/profiles/ADD-PROFILE");
        assertEquals(
                "/profiles/ADD-PROFILE/2",
                newest.headers().firstValue("location").orElse(""));
    }

    @Test
    void theFeedNamesEveryEditionByItsPermanentAddress() throws Exception {
        HttpResponse<String> answer = get("/profiles/ADD-PROFILE/feed");
        assertEquals(200, answer.statusCode());
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document feed = factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
        assertEquals("http://www.w3.org/2005/Atom", feed.getDocumentElement().getNamespaceURI());
        List<String> ids = new ArrayList<>();
        var entries = feed.getElementsByTagNameNS("*", "entry");
        for (int i = 0; i < entries.getLength(); i++) {
            ids.add(((org.w3c.dom.Element) entries.item(i))
                    .getElementsByTagNameNS("*", "id")
                    .item(0)
                    .getTextContent());
        }
        String site = region.secretariat().everybody() + "/profiles/ADD-PROFILE/";
        assertEquals(List.of(site + "2", site + "1"), ids);
        assertEquals(404, get("/profiles/NONE/feed").statusCode());
    }

    private byte[] file(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(URI.create(region.secretariat().everybody() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        return answer.body();
    }

    @Test
    void anEditionIsAlsoAWorkbookAPaperAndCsv() throws Exception {
        try (ReadableWorkbook book =
                new ReadableWorkbook(new ByteArrayInputStream(file("/profiles/ADD-PROFILE/2/profile.xlsx?lang=en")))) {
            List<String> sheets = book.getSheets().map(Sheet::getName).toList();
            assertTrue(sheets.contains("coverage") && sheets.contains("corridors"), sheets.toString());
            Sheet matrix = book.getSheets()
                    .filter(sheet -> sheet.getName().equals("table-stock-1-matrix"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(matrix.read().stream()
                    .flatMap(org.dhatim.fastexcel.reader.Row::stream)
                    .anyMatch(cell -> cell != null && "500".equals(cell.getRawValue())));
        }
        for (String language : List.of("en", "ar")) {
            try (PDDocument pdf = Loader.loadPDF(file("/profiles/ADD-PROFILE/2/profile.pdf?lang=" + language))) {
                assertTrue(new PDFTextStripper().getText(pdf).contains("93,017"), language);
                List<String> drawings = descriptions(pdf);
                for (String map : List.of("map.totals", "map.corridors")) {
                    String caption = SiteTexts.in(language).get(map);
                    assertTrue(drawings.stream().anyMatch(one -> one.startsWith(caption)), drawings + " " + caption);
                }
            }
            screenshot(file("/profiles/ADD-PROFILE/2/profile.pdf?lang=" + language), "paper-" + language);
        }
        String totals = new String(file("/profiles/ADD-PROFILE/1/totals.csv"), StandardCharsets.UTF_8);
        assertTrue(totals.contains("COUNTERPART_AREA=IN,EXACT,4770,"), totals);
        assertFalse(totals.contains("93017") || totals.contains("SECRET"), totals);
        String figures = new String(file("/profiles/ADD-PROFILE/1/tables/STOCK.csv"), StandardCharsets.UTF_8);
        assertTrue(figures.contains(",PH,") && figures.contains(",500,"), figures);
        file("/profiles/ADD-PROFILE/1/tables/STOCK.xlsx");
        assertEquals(404, get("/profiles/ADD-PROFILE/1/tables/FLOW.csv").statusCode());
        assertEquals(404, get("/profiles/ADD-PROFILE/2/tables/SECRET.csv").statusCode());
    }

    /** What is said of the drawings of a file to those who do not see them (ISO 32000, alternate descriptions). */
    private static List<String> descriptions(PDDocument pdf) throws IOException {
        List<String> all = new ArrayList<>();
        for (COSObjectKey key : pdf.getDocument().getXrefTable().keySet()) {
            if (pdf.getDocument().getObjectFromPool(key).getObject() instanceof COSDictionary one
                    && one.getString(COSName.ALT) != null) {
                all.add(one.getString(COSName.ALT));
            }
        }
        return all;
    }

    /** The pages of a file as pictures, for whoever wants to see them. */
    private static void screenshot(byte[] file, String name) throws IOException {
        try (PDDocument pdf = Loader.loadPDF(file)) {
            for (int page = 0; page < pdf.getNumberOfPages(); page++) {
                Files.createDirectories(BuildFolder.target("screens"));
                ImageIO.write(
                        new PDFRenderer(pdf).renderImageWithDPI(page, 80),
                        "png",
                        BuildFolder.target("screens/" + name + "-" + page + ".png")
                                .toFile());
            }
        }
    }

    @Test
    void sdmxToolsReadWhatTheNewestEditionsShowAndNothingElse() throws Exception {
        String flow = "/ENTENTE/DF_DIASPORA/1.0.0";
        HttpResponse<String> data = get("/sdmx/v2/data/dataflow" + flow + "/*?c%5BINDICATOR%5D=STOCK_IN&format=csv");
        assertEquals(200, data.statusCode(), data.body());
        assertTrue(data.body().contains(",500,") && data.body().contains(",4000,"), data.body());
        assertEquals(
                "*", data.headers().firstValue("access-control-allow-origin").orElse(""));
        HttpResponse<String> again = http.send(
                HttpRequest.newBuilder(data.uri())
                        .header(
                                "if-none-match",
                                data.headers().firstValue("etag").orElseThrow())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(304, again.statusCode());
        HttpResponse<String> structure = get("/sdmx/v2/structure/dataflow" + flow + "?references=all");
        assertEquals(200, structure.statusCode());
        assertTrue(structure.body().contains("DSD_DIASPORA"), "the structure comes with its flow");
        HttpResponse<String> available = get("/sdmx/v2/availability/dataflow" + flow + "/*/REF_AREA");
        assertEquals(200, available.statusCode(), available.body());
        assertTrue(available.body().contains("\"AE\"") && !available.body().contains("\"IT\""), available.body());
        HttpResponse<String> other = get("/sdmx/v2/data/dataflow/ENTENTE/DF_OTHER/1.0.0/*");
        assertEquals(404, other.statusCode());
        assertEquals(404, get("/sdmx/v1/data/DF_OTHER").statusCode());
        HttpResponse<String> first = get("/sdmx/v1/data/ENTENTE,DF_DIASPORA,1.0.0/all");
        assertEquals(200, first.statusCode(), first.body());
        assertTrue(
                first.body().contains("GenericData") && first.body().contains("4000"), "as the first version has it");
        assertEquals(
                200,
                get("/sdmx/v1/availableconstraint/ENTENTE,DF_DIASPORA,1.0.0/all/all/REF_AREA")
                        .statusCode());
    }

    @Test
    void regionalTotalsAreDataOfTheSecretariatWithACodeForTheProcessAndWhatIsNotKnownSaidSo() throws Exception {
        String flow = "/ADD/DF_TOTALS_ADD-PROFILE_DF_DIASPORA/2.0.0";
        HttpResponse<String> data = get("/sdmx/v2/data/dataflow" + flow + "/*?format=csv");
        assertEquals(200, data.statusCode(), data.body());
        List<String> lines = data.body().lines().toList();
        assertTrue(row(lines, ",IN,").contains(",4770,") && row(lines, ",IN,").contains(",EXACT,3,"), data.body());
        assertTrue(row(lines, ",QA,").contains(",1212,"), data.body());
        assertTrue(row(lines, ",QA,").contains(",U,AT_LEAST,3,IND"), data.body());
        assertTrue(lines.stream().skip(1).allMatch(line -> line.contains(",ADD,_T,")), "the process reports");
        assertFalse(data.body().contains("93017") || data.body().contains("SECRET"), data.body());
        for (String format : List.of("json", "xml")) {
            HttpResponse<String> other = get("/sdmx/v2/data/dataflow" + flow + "/*?format=" + format);
            assertEquals(200, other.statusCode(), other.body());
            assertTrue(other.body().contains("1212") && other.body().contains("AT_LEAST"), other.body());
        }
        HttpResponse<String> structure = get("/sdmx/v2/structure/dataflow" + flow + "?references=all");
        assertEquals(200, structure.statusCode(), structure.body());
        assertTrue(structure.body().contains("AE, IN, PH, QA (members asked for 2020)"), "members of the round");
        assertTrue(structure.body().contains("CL_AREA_ADD-PROFILE"));
        HttpResponse<String> available = get("/sdmx/v2/availability/dataflow" + flow + "/*/REF_AREA,COUNTERPART_AREA");
        assertEquals(200, available.statusCode(), available.body());
        assertTrue(available.body().contains("\"ADD\"") && available.body().contains("\"QA\""), available.body());
        assertEquals(
                404,
                get("/sdmx/v2/data/dataflow/ADD/DF_TOTALS_ADD-PROFILE_DF_DIASPORA/1.0.0/*")
                        .statusCode(),
                "the newest edition alone");
    }

    private List<String> sdmxDl(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(
                List.of(region.secretariat().everybody() + "/sdmx/v1", "nobody", "no-key-is-needed", "false"));
        all.addAll(List.of(arguments));
        Program.Result read = Program.java(
                SdmxDlReader.class,
                List.of(SdmxWebManager.class, standalone_sdmxdl.sdmxdl.provider.web.DriverProperties.class),
                region.secretariat().tlsCertificate(),
                all,
                folder);
        assertEquals(0, read.status(), read.errors());
        return read.lines();
    }

    @Test
    void sdmxDlReadsTheRegionalTotalsAndSeesWhichAreNoMoreThanALowerBound() throws Exception {
        String flow = "ADD,DF_TOTALS_ADD-PROFILE_DF_DIASPORA,2.0.0";
        List<String> flows = sdmxDl("flows");
        assertTrue(flows.contains(flow + " Regional totals of ADD-PROFILE, edition 2"), flows.toString());
        List<String> structure = sdmxDl("structure", flow);
        assertTrue(
                structure.stream().anyMatch(line -> line.startsWith("DEFINITION Table and definition")),
                structure.toString());
        assertEquals("TIME_PERIOD OBS_VALUE", structure.getLast());
        List<String> data = sdmxDl("data", flow, "all", "FULL", "OBS_STATUS", "TOTAL_KIND", "WITHHELD_BY");
        assertTrue(row(data, ".IN.").endsWith(" 2020 4770.0 A EXACT null"), data.toString());
        assertTrue(row(data, ".QA.").endsWith(" 2020 1212.0 U AT_LEAST IND"), data.toString());
        int dimensions = structure.size() - 1;
        Map<String, Double> served = new TreeMap<>();
        for (String line : page("/sdmx/v2/data/dataflow/" + flow.replace(',', '/') + "/*?format=csv")
                .lines()
                .skip(1)
                .toList()) {
            String[] cells = line.split(",", -1);
            String key = String.join(".", List.of(cells).subList(3, 3 + dimensions));
            String value = cells[3 + dimensions + 1];
            served.put(key, value.isEmpty() ? Double.NaN : Double.valueOf(value));
        }
        Map<String, Double> read = new TreeMap<>();
        data.stream().map(line -> line.split(" ", -1)).forEach(parts -> read.put(parts[0], Double.valueOf(parts[2])));
        assertEquals(served, read, "every total, and no other");
    }

    private static String row(List<String> lines, String part) {
        return lines.stream().filter(line -> line.contains(part)).findFirst().orElse("");
    }

    @Test
    void everyLanguageHasEveryText() {
        for (String language : PageTexts.LANGUAGES) {
            assertEquals(
                    new TreeSet<>(SiteTexts.in("en").keys()),
                    new TreeSet<>(SiteTexts.in(language).keys()),
                    language);
        }
    }

    @Test
    void aRefusalIsInTheReadersLanguageAndItsEnglishDetailSaysThatItIsEnglish() throws Exception {
        for (String language : PageTexts.LANGUAGES) {
            HttpResponse<String> answer = get("/profiles/ADD-PROFILE/99?lang=" + language);
            assertEquals(404, answer.statusCode());
            assertTrue(
                    answer.body().contains("<h1>" + SiteTexts.in(language).get("code.not-found") + "</h1>"),
                    answer.body());
            assertTrue(answer.body().contains("<div lang=\"en\" dir=\"ltr\">"), answer.body());
        }
    }

    @Test
    void whateverBecomesOfAQuestionHasWords() {
        for (Round.Outcome outcome : Round.Outcome.values()) {
            assertFalse(SiteTexts.in("en").get("outcome." + outcome).isEmpty(), outcome.name());
        }
    }

    @Test
    void mapsShowEveryFigureWithAPlaceAndWhatIsWithheldNeverAsNothing() throws Exception {
        String page = page("/profiles/ADD-PROFILE/2?lang=en");
        String totals = element(page, "table-stock-1-totals-map");
        assertTrue(totals.contains("IND: 4,770"), totals);
        assertTrue(
                Pattern.compile("fill=\"url\\(#[^\"]+-hatch\\)\"[^>]*><title>QAT: at least 1,212<")
                        .matcher(totals)
                        .find(),
                totals);
        String corridors = element(page, "table-stock-1-corridors-map");
        assertTrue(corridors.contains("IND – ARE: 4,000"), corridors);
        assertTrue(
                Pattern.compile("stroke-dasharray=[^>]*><title>QAT – IND: withheld<")
                        .matcher(corridors)
                        .find(),
                corridors);
        assertFalse(page.contains("<title>QAT – IND: 0<"));
        for (String id : List.of("table-stock-1-totals", "table-stock-1-matrix")) {
            assertTrue(page.contains("href=\"#" + id + "\"") && page.contains("<table id=\"" + id + "\""), id);
        }
        for (String language : PageTexts.LANGUAGES) {
            assertTrue(page("/profiles/ADD-PROFILE/2?lang=" + language)
                    .contains(SiteTexts.in(language).get("map.no-borders")));
        }
        String first = page("/profiles/ADD-PROFILE/1?lang=en");
        assertFalse(first.contains("id=\"table-flow-1-corridors-map\""), "members' figures of totals alone");
    }

    @Test
    void aCountryIsBroughtOutOnTheMapsWithoutAScript() throws Exception {
        String page = page("/profiles/ADD-PROFILE/2?lang=en&area=PH");
        String corridors = element(page, "table-stock-1-corridors-map");
        assertTrue(
                Pattern.compile("stroke-opacity=\"0.9\"[^>]*><title>PHL – ARE: 500<")
                        .matcher(corridors)
                        .find(),
                corridors);
        assertTrue(
                Pattern.compile("stroke-opacity=\"0.12\"[^>]*><title>IND – ARE: 4,000<")
                        .matcher(corridors)
                        .find(),
                corridors);
        assertTrue(page.contains("<option value=\"PH\" selected>"));
        String strange = page("/profiles/ADD-PROFILE/2?lang=en&area=%22%3E%3Cscript%3E");
        assertFalse(strange.contains("\"><script>"));
    }

    /** The drawing with this id. */
    private static String element(String page, String id) {
        int start = page.indexOf("id=\"" + id + "\"");
        assertTrue(start > 0, "no map " + id);
        return page.substring(start, page.indexOf("</svg>", start));
    }

    // ---- in a browser ----

    private static void screenshot(Page page, String name) {
        Path file = BuildFolder.target("screens/" + name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    private static void accessible(Page page) {
        List<String> violations = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getNodes())
                        .toList();
        assertEquals(List.of(), violations);
    }

    @Test
    void theSiteIsAccessibleDrawsItsChartsAndAsksNobodyElse() {
        try (Browser browser = Browser.open()) {
            Page page = browser.page(true, "en");
            List<String> requests = new ArrayList<>();
            List<String> errors = new ArrayList<>();
            page.onRequest(request -> requests.add(request.url()));
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    errors.add(message.text());
                }
            });
            page.onPageError(errors::add);
            String site = region.secretariat().everybody().toString();
            for (String path : List.of(
                    "/profiles",
                    "/profiles/ADD-PROFILE/2",
                    "/profiles/ADD-PROFILE/2/sources/s1",
                    "/profiles/ADD-PROFILE/2/corridors/PHL/ARE",
                    "/profiles/ADD-PROFILE/compare?from=1&to=2",
                    "/profiles/ADD-PROFILE/2?area=PH",
                    "/profiles/ADD-PROFILE/2?lang=ar")) {
                page.navigate(site + path);
                assertThat(page.locator("h1")).isVisible();
                accessible(page);
                screenshot(page, "site" + path.replaceAll("[^A-Za-z0-9]+", "-"));
            }
            assertEquals("rtl", page.locator("html").getAttribute("dir"));
            page.navigate(site + "/profiles/ADD-PROFILE/2");
            assertThat(page.locator(".chart canvas").first()).isVisible();
            page.locator("#table-stock-1-corridors-map-area").selectOption("IN");
            page.locator(".map:has(#table-stock-1-corridors-map) button").click();
            assertThat(page.locator("#table-stock-1-corridors-map text")).hasCount(1);
            assertTrue(page.url().endsWith("?area=IN#table-stock-1-corridors-map"), page.url());
            assertThat(page.locator("#corridors-table tbody tr").first()).containsText("93,017");
            assertEquals(List.of(), errors);
            assertEquals(
                    List.of(),
                    requests.stream()
                            .filter(one -> !one.startsWith(site + "/") && !one.startsWith("data:"))
                            .toList());
        }
    }

    @Test
    void withoutScriptsEverythingIsInTheTables() {
        try (Browser browser = Browser.open()) {
            Page page = browser.page(false, "fr");
            page.navigate(region.secretariat().everybody() + "/profiles/ADD-PROFILE/2");
            assertThat(page.locator("h1")).containsText("Profil migratoire régional");
            assertEquals(0, page.locator(".chart:visible").count());
            assertThat(page.locator("#corridors-table tbody tr").first()).containsText("93");
        }
    }
}
