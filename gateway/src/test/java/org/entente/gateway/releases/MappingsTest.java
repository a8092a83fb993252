package org.entente.gateway.releases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MappingsTest {

    private static final ReleaseTerms PUBLIC = new ReleaseTerms(
            ReleaseStatus.FINAL, new Protection.PublicSource("https://example.org/stock", "2021-01-15"), null);
    private static final String MAPPING = """
            {"id": "OFFICE", "version": "VERSION",
             "columns": {"Paese": {"to": "COUNTERPART_AREA", "scheme": "ISO3"}, "Sesso": {"to": "SEX"},
                         "Anno": {"to": "TIME_PERIOD"}, "Valore": {"to": "OBS_VALUE"}},
             "constants": {"FREQ": "A", "REF_AREA": "IT", "REF_REGION": "_T", "COUNTERPART_REGION": "_T",
               "ORIGIN_BASIS": "CT", "AGE": "_T", "EDUCATION_LEV": "_T", "OCCUPATION": "_T", "DURATION": "_T",
               "REASON": "_T", "STAY": "_T", "INDICATOR": "STOCK_IN", "UNIT_MEASURE": "PS", "UNIT_MULT": "0",
               "OBS_STATUS": "A"}}""";

    private final TestNode node = TestNode.plan("ITA").startWithoutListeners();
    private StaffUser anna;

    @BeforeAll
    void staff() {
        Users users = node.bean(Users.class);
        Set<Grant> grants =
                Set.of("statistician@ISTAT").stream().map(Grant::parse).collect(Collectors.toSet());
        users.add("anna", "Dr anna", grants, "a long enough password", null);
        anna = users.staff(users.get("anna"));
        node.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                "STOCK",
                                "ENTENTE:DF_DIASPORA(1.0.0)",
                                "ISTAT",
                                "Test",
                                DeclarationsTest.coverage(),
                                "ZERO",
                                List.of()),
                        anna);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private Mappings mappings() {
        return node.bean(Mappings.class);
    }

    private void store(String version) {
        mappings().store(MAPPING.replace("VERSION", version).getBytes(StandardCharsets.UTF_8), anna);
    }

    private ImportReport importTable(String table, String mapping) {
        return node.bean(ReleaseDesk.class)
                .importFigures(
                        "STOCK",
                        new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)),
                        mapping,
                        PUBLIC,
                        anna);
    }

    private long releases() {
        return node.bean(Database.class)
                .one("SELECT COUNT(*) AS n FROM data_release", row -> row.longValue("n"))
                .orElseThrow();
    }

    @Test
    void aTableIsImportedThroughTheVersionThatIsNamedOrTheLast() {
        store("1.0.0");
        store("1.1.0");
        assertEquals("1.1.0", mappings().get("OFFICE").mapping().version());
        assertEquals("1.0.0", mappings().get("OFFICE@1.0.0").mapping().version());
        assertEquals(
                2,
                importTable("Paese;Sesso;Anno;Valore\nPHL;F;2020;12\nMDA;M;2020;7\n", "OFFICE@1.0.0")
                        .release()
                        .observations());
        assertTrue(mappings().all().stream().anyMatch(listed -> listed.version().equals("1.1.0")));
    }

    @Test
    void aStoredMappingIsNeverChanged() {
        store("2.0.0");
        EntenteException refused = assertThrows(EntenteException.class, () -> store("2.0.0"));
        assertEquals(ErrorCode.MAPPING_EXISTS, refused.code());
    }

    @Test
    void nothingOfATableWithAMistakeIsKept() {
        store("3.0.0");
        long before = releases();
        EntenteException refused = assertThrows(
                EntenteException.class,
                () -> importTable("Paese;Sesso;Anno;Valore\nPHL;F;2020;12\nXYZ;M;2020;7\n", "OFFICE@3.0.0"));
        assertEquals(ErrorCode.CODE_UNKNOWN, refused.code());
        assertTrue(String.valueOf(refused.members().get("problems")).contains("row=3"), refused.members()::toString);
        assertEquals(before, releases());
    }

    @Test
    void aMappingThatNobodyStoredIsUnknown() {
        EntenteException refused = assertThrows(EntenteException.class, () -> importTable("a\n", "NOBODY"));
        assertEquals(ErrorCode.MAPPING_UNKNOWN, refused.code());
    }
}
