package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.agreements.SensitiveGroup;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.OwnStructures;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.testing.WorkersAbroad;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An analyst at the command line whose agreement has legs over two dataflows, so that a key alone does not say what is asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskingOfSeveralFlowsTest {
    private static final String KEY = "IT.PH";

    private Corridor corridor;
    private Terminal terminal;

    @BeforeAll
    void open(@TempDir Path folder) {
        corridor = Corridor.open(plan -> plan, Map.of(), AskingOfSeveralFlowsTest::oneLegMore);
        corridor.phl().user("anna", Roles.STATISTICIAN);
        terminal = new Terminal(folder);
        terminal.config = corridor.phl().configuration();
        terminal.secret("password", TestNode.PASSPHRASE);
        Path structure = terminal.file(
                "structure.json",
                new String(
                        WorkersAbroad.message(WorkersAbroad.flow(), StructureFormat.JSON_2_1), StandardCharsets.UTF_8));
        assertEquals(0, terminal.onNode(true, "structure", "import", structure, "--as", "anna"), () -> terminal.err);
        assertTrue(terminal.out.contains(WorkersAbroad.FLOW), terminal.out);
        publish(corridor.ita());
    }

    private static void oneLegMore(ObjectNode document) {
        ArrayNode legs = (ArrayNode) document.path("legs");
        ObjectNode workers = legs.path(0).deepCopy();
        workers.put("id", "ITA-PHL-WORKERS");
        WorkersAbroad.leg(workers);
        legs.add(workers);
    }

    private static void publish(TestNode ita) {
        Users users = ita.bean(Users.class);
        StaffUser statistician = users.staff(users.get("analyst"));
        ita.bean(OwnStructures.class)
                .importMessage(
                        WorkersAbroad.message(WorkersAbroad.flow(), StructureFormat.ML_2_1), Map.of(), statistician);
        Map<String, String> coverage = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            coverage.put(group.name(), "EXCLUDED");
        }
        ita.bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                "WORKERS", WorkersAbroad.FLOW, "ISTAT", "Workers", coverage, "ZERO", List.of()),
                        statistician);
        Release release = ita.bean(ReleaseDesk.class)
                .importFigures(
                        "WORKERS",
                        new ByteArrayInputStream(WorkersAbroad.table().getBytes(StandardCharsets.UTF_8)),
                        new ReleaseTerms(
                                ReleaseStatus.FINAL,
                                new Protection.PublicSource("https://example.org/made-up", "2026-01-01"),
                                null),
                        statistician)
                .release();
        ita.bean(ReleaseDesk.class).approve(release.id(), ReleaseApproval.plain(), users.staff(users.get("approver")));
        ita.bean(ReleaseDesk.class).publish(release.id(), statistician);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    @Test
    void aKeyAloneIsRefusedWithTheDataflowsThatItMayBeOf() {
        assertEquals(1, terminal.onNode(true, "ask", KEY, "--as", "anna"));
        assertTrue(terminal.err.contains("query-unfit"), terminal.err);
        assertTrue(terminal.err.contains(WorkersAbroad.FLOW) && terminal.err.contains("DF_DIASPORA"), terminal.err);
        assertEquals("", terminal.out);
    }

    @Test
    void legsOfSeveralDataflowsAreNoOneAnswer() {
        assertEquals(1, terminal.onNode(true, "ask", "/data/provisionagreement/ITA/*", "--as", "anna"));
        assertTrue(terminal.err.contains("query-unfit"), terminal.err);
        assertTrue(terminal.err.contains(WorkersAbroad.FLOW) && terminal.err.contains("DF_DIASPORA"), terminal.err);
    }

    @Test
    void withTheDataflowOrTheLegNamedItIsAnswered() {
        for (List<String> named : List.of(
                List.of("--flow", "WORKERS"),
                List.of("--flow", WorkersAbroad.FLOW),
                List.of("--leg", "ITA-PHL-WORKERS"),
                List.of("--flow", "WORKERS", "--leg", "ITA-PHL-WORKERS", "--fresh"))) {
            List<Object> command = new ArrayList<>(List.of("ask", KEY, "--as", "anna"));
            command.addAll(named);
            assertEquals(0, terminal.onNode(true, command.toArray()), () -> named + terminal.err);
            assertTrue(terminal.out.contains("IT,PH,CARE,2024,700"), named + terminal.out);
            assertFalse(terminal.out.contains("BUILD"), terminal.out);
        }
        assertEquals(0, terminal.onNode(true, "ask", "A5.IT._T.PH", "--flow", "DF_DIASPORA", "--as", "anna"));
        assertTrue(terminal.out.contains("DF_DIASPORA(1.0.0)"), terminal.out);
    }

    @Test
    void aDataflowThatIsNoneAndAKeyOfAnotherStructureAreRefusedByName() {
        assertEquals(1, terminal.onNode(true, "ask", KEY, "--flow", "FISHERS", "--as", "anna"));
        assertTrue(terminal.err.contains("FISHERS") && terminal.err.contains(WorkersAbroad.FLOW), terminal.err);
        assertEquals(1, terminal.onNode(true, "ask", "IT.PH.FISH", "--flow", "WORKERS", "--as", "anna"));
        assertTrue(terminal.err.contains("FISH"), terminal.err);
        assertEquals(1, terminal.onNode(true, "ask", "A5.IT._T.PH", "--flow", "WORKERS", "--as", "anna"));
        assertTrue(terminal.err.contains("DSD_WORKERS"), terminal.err);
    }
}
