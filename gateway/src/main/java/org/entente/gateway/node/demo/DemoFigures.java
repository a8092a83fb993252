package org.entente.gateway.node.demo;

import io.micronaut.context.ApplicationContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.SensitiveGroup;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.ImportReport;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.statistics.Dataflow;

/**
 * The real figures of the demonstration, shipped as small extracts with their sources named beside them, and their way to publication:
 * declared, imported, approved by a second person, published.
 */
public final class DemoFigures {
    private static final String STOCK = "/demo/ita-undesa-2020.csv";
    private static final String STOCK_IN_THE_EMIRATES = "/demo/are-undesa-2020.csv";
    private static final String DEPARTURES = "/demo/phl-cfo-emigrants.csv";

    /** POP/DB/MIG/Stock/Rev.2020 is dated December 2020. */
    private static final String UN_DESA_EDITION = "2020-12";
    /** The series 1981-2020; its publisher gives no day. */
    private static final String CFO_EDITION = "2020";

    /** UN DESA adds registered refugees and asylum seekers to the Emirates' figures (type of data C R). */
    private static final SortedSet<SensitiveGroup> ADDED =
            new TreeSet<>(Set.of(SensitiveGroup.REFUGEES, SensitiveGroup.ASYLUM_SEEKERS));

    private DemoFigures() {}

    /** Who takes the steps: a statistician and another person who approves. */
    public record Staff(StaffUser statistician, StaffUser approver) {}

    /** Migrants in Italy by origin, year and sex: UN DESA, International Migrant Stock 2020. */
    public static ImportReport publishStock(ApplicationContext node, Staff staff, String authority) {
        return publish(
                node,
                staff,
                declaration(
                        node, "ITA-STOCK-UNDESA", authority, "International migrant stock in Italy, by origin and sex"),
                resource(STOCK),
                new Protection.PublicSource(
                        "https://www.un.org/development/desa/pd/content/international-migrant-stock", UN_DESA_EDITION));
    }

    /** Migrants in the United Arab Emirates by citizenship, year and sex: UN DESA, International Migrant Stock 2020, which adds refugees. */
    public static ImportReport publishStockInTheEmirates(ApplicationContext node, Staff staff, String authority) {
        return publish(
                node,
                staff,
                declaration(
                        node,
                        "ARE-STOCK-UNDESA",
                        authority,
                        "International migrant stock in the United Arab Emirates, by citizenship and sex",
                        ADDED),
                resource(STOCK_IN_THE_EMIRATES),
                new Protection.PublicSource(
                        "https://www.un.org/development/desa/pd/content/international-migrant-stock", UN_DESA_EDITION),
                new ReleaseApproval(null, ADDED));
    }

    /** Registered Filipino emigrants by country of destination and year: Commission on Filipinos Overseas. */
    public static ImportReport publishDepartures(ApplicationContext node, Staff staff, String authority) {
        return publish(
                node,
                staff,
                declaration(node, "PHL-EMIGRANTS-CFO", authority, "Registered Filipino emigrants by destination"),
                resource(DEPARTURES),
                new Protection.PublicSource("https://cfo.gov.ph", CFO_EDITION));
    }

    private static DatasetDeclaration declaration(ApplicationContext node, String id, String authority, String title) {
        return declaration(node, id, authority, title, new TreeSet<>());
    }

    private static DatasetDeclaration declaration(
            ApplicationContext node, String id, String authority, String title, SortedSet<SensitiveGroup> included) {
        Map<String, String> coverage = new TreeMap<>();
        // A declaration for the demonstration, not the offices' own. Its ground: UN DESA adds no refugees to Italy's
        // figures
        // (type of data B, refugees not added), and the register of emigrants registers none of these groups as such.
        // Neither
        // source tells them apart among those that it counts.
        Arrays.stream(SensitiveGroup.values())
                .forEach(group -> coverage.put(group.name(), included.contains(group) ? "INCLUDED" : "EXCLUDED"));
        return new DatasetDeclaration(
                id, node.getBean(Dataflow.class).id().toString(), authority, title, coverage, "ZERO", List.of());
    }

    private static ImportReport publish(
            ApplicationContext node, Staff staff, DatasetDeclaration dataset, byte[] csv, Protection protection) {
        return publish(node, staff, dataset, csv, protection, ReleaseApproval.plain());
    }

    private static ImportReport publish(
            ApplicationContext node,
            Staff staff,
            DatasetDeclaration dataset,
            byte[] csv,
            Protection protection,
            ReleaseApproval approval) {
        node.getBean(Datasets.class).declare(dataset, staff.statistician);
        ReleaseDesk desk = node.getBean(ReleaseDesk.class);
        ImportReport report = desk.importFigures(
                Objects.requireNonNull(dataset.id()),
                new ByteArrayInputStream(csv),
                new ReleaseTerms(ReleaseStatus.FINAL, protection, null),
                staff.statistician);
        desk.approve(report.release().id(), approval, staff.approver);
        desk.publish(report.release().id(), staff.statistician);
        return report;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(DemoFigures.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the extract itself says of Filipinos in Italy, by sex and year. */
    static Map<String, Double> filipinosInTheExtract() {
        return CsvTable.parse(resource(STOCK))
                .where("COUNTERPART_AREA", "PH")
                .where("ORIGIN_BASIS", "CB")
                .values("SEX", "TIME_PERIOD");
    }

    /** What the extract itself says of registered departures to Italy, by year. */
    static Map<String, Double> departuresToItalyInTheExtract() {
        return CsvTable.parse(resource(DEPARTURES))
                .where("COUNTERPART_AREA", "IT")
                .values("TIME_PERIOD");
    }

    /** What the extract itself says of all foreign citizens in the Emirates, by sex and year. */
    static Map<String, Double> allInTheEmiratesInTheExtract() {
        return CsvTable.parse(resource(STOCK_IN_THE_EMIRATES))
                .where("COUNTERPART_AREA", "_T")
                .values("SEX", "TIME_PERIOD");
    }
}
