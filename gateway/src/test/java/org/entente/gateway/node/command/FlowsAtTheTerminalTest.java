package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Staff of both nodes at the command line: a request that waits, a copy, a hold, a recall. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FlowsAtTheTerminalTest {
    private static final String FILIPINOS = "A5.IT._T.PH._T.CB";

    private Corridor corridor;
    private Terminal phl;
    private Terminal ita;
    private Path folder;

    @BeforeAll
    void open(@TempDir Path scratch) throws IOException {
        folder = scratch;
        corridor = Corridor.open(plan -> plan, Map.of(), document -> {
            ObjectNode answering = (ObjectNode) document.path("legs").path(0).path("answering");
            answering.put("mode", "APPROVAL").put("days", 5);
            answering
                    .putArray("grounds")
                    .addObject()
                    .put("code", "UNDER_REVISION")
                    .putObject("text")
                    .put("en", "The figures are being revised.");
        });
        corridor.phl().user("anna", Roles.STATISTICIAN);
        corridor.phl().user("olga", Roles.TREATY_OFFICER);
        corridor.ita().user("bianca", Roles.APPROVER);
        corridor.ita().user("tina", Roles.TREATY_OFFICER);
        phl = terminal("phl", corridor.phl());
        ita = terminal("ita", corridor.ita());
    }

    private Terminal terminal(String name, TestNode node) throws IOException {
        Terminal terminal = new Terminal(Files.createDirectory(folder.resolve(name)));
        terminal.config = node.configuration();
        terminal.secret("password", TestNode.PASSPHRASE);
        return terminal;
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static String exchange(String text) {
        return text.replaceAll("(?s).*exchange ([0-9a-f-]{36}).*", "$1");
    }

    @Test
    @Order(1)
    void aRequestWaitsIsApprovedAndItsFiguresAreTakenOut() throws IOException {
        assertEquals(3, phl.onNode(true, "ask", FILIPINOS, "--as", "anna"), () -> phl.err);
        String id = exchange(phl.err);
        assertTrue(phl.err.contains("waits"), phl.err);

        assertEquals(0, ita.onNode(false, "request", "list"), () -> ita.err);
        assertTrue(ita.out.contains(id) && ita.out.contains("0 of 1 approvals"), ita.out);
        assertEquals(0, ita.onNode(false, "request", "show", "PHL", id), () -> ita.err);
        assertTrue(ita.out.contains("would leave") && ita.out.contains("UNDER_REVISION"), ita.out);
        assertEquals(1, ita.onNode(true, "request", "approve", "PHL", id, "--as", "tina"));
        assertTrue(ita.err.contains("forbidden"), ita.err);
        assertEquals(1, ita.onNode(true, "request", "refuse", "PHL", id, "--ground", "MOOD", "--as", "bianca"));
        assertTrue(ita.err.contains("ground-unknown"), ita.err);
        assertEquals(0, ita.onNode(true, "request", "approve", "PHL", id, "--as", "bianca"), () -> ita.err);
        assertEquals(0, ita.onNode(false, "request", "list", "--decided"), () -> ita.err);
        assertTrue(ita.out.contains("answered (permit)"), ita.out);

        Path file = folder.resolve("figures.csv");
        assertEquals(
                0, phl.onNode(true, "ask", FILIPINOS, "--exchange", id, "--out", file, "--as", "anna"), () -> phl.err);
        assertTrue(phl.err.contains("obligations") && phl.err.contains("export\t"), phl.err);
        assertTrue(Files.readString(file).startsWith("STRUCTURE,"));
        assertEquals(0, phl.onNode(false, "notes", id), () -> phl.err);
        assertTrue(phl.out.contains("keep until") && phl.out.contains("onward"), phl.out);
        assertEquals(0, phl.onNode(false, "export", "list"), () -> phl.err);
        String export = phl.out.split("\t", 2)[0];
        assertEquals(1, phl.onNode(true, "export", "attest", new UUID(1, 1), "--as", "anna"));
        assertEquals(0, phl.onNode(true, "export", "attest", export, "--as", "anna"), () -> phl.err);
        assertTrue(phl.out.contains("deleted"), phl.out);
    }

    @Test
    @Order(2)
    void aHoldIsSetListedAndLifted() {
        assertEquals(
                0,
                ita.onNode(true, "hold", "set", "PARTNER", "PHL", "--reason", "under review", "--as", "tina"),
                () -> ita.err);
        assertEquals(0, ita.onNode(false, "hold", "list"), () -> ita.err);
        assertTrue(ita.out.contains("PARTNER\tPHL") && ita.out.contains("under review"), ita.out);
        assertEquals(1, ita.onNode(true, "hold", "set", "NODE", "--reason", "x", "--as", "bianca"));
        assertEquals(
                0,
                ita.onNode(true, "hold", "lift", "PARTNER", "PHL", "--reason", "reviewed", "--as", "tina"),
                () -> ita.err);
        assertEquals(0, ita.onNode(false, "hold", "list"));
        assertEquals("", ita.out);
    }

    @Test
    @Order(3)
    void aReleaseIsRecalledAndItsHoldersAreListed() {
        assertEquals(0, phl.onNode(false, "notes"), () -> phl.err);
        assertEquals(0, ita.onNode(false, "release", "list"), () -> ita.err);
        String release = ita.out.split("\t", 2)[0];
        assertEquals(
                0,
                ita.onNode(true, "recall", "release", release, "--reason", "counted twice", "--as", "bianca"),
                () -> ita.err);
        assertEquals(0, ita.onNode(false, "recall", "list"), () -> ita.err);
        assertTrue(ita.out.contains("counted twice") && ita.out.contains("PHL\t1 exchanges"), ita.out);
        assertTrue(ita.out.contains("to be notified"), ita.out);
        assertEquals(1, ita.onNode(true, "recall", "destroy", "urn:uuid:none", "--as", "tina"));
        assertTrue(ita.err.contains("not-found"), ita.err);
    }

    @Test
    @Order(4)
    void theOfficersRecallReachesTheHolderWhoDestroysAndConfirms() throws IOException {
        Path text = folder.resolve("agreement.json");
        assertEquals(0, ita.onNode(false, "agreement", "document", corridor.agreement(), text), () -> ita.err);
        assertEquals(0, ita.onNode(false, "release", "list"), () -> ita.err);
        String release = ita.out.split("\t", 2)[0];
        Path recall = act("ITA", ita, "recall", text, "--release", release, "--reason", "counted twice");
        assertEquals(0, ita.onNode(true, "agreement", "submit", recall, "--as", "tina"), () -> ita.err);

        Corridor.await(() -> phl.onNode(false, "recall", "list") == 0 && phl.out.contains("answer owed"));
        String id = phl.out.replaceAll("(?s).*(urn:uuid:[0-9a-f-]{36}).*", "$1");
        assertEquals(1, phl.onNode(true, "ask", FILIPINOS, "--as", "anna"));
        assertTrue(phl.err.contains("release-recalled"), phl.err);
        assertEquals(0, phl.onNode(true, "recall", "destroy", id, "--as", "olga"), () -> phl.err);
        String digest = phl.out.strip();
        Path confirmation =
                act("PHL", phl, "confirm-destruction", text, "--recall", id, "--digest", digest, "--on", "2026-11-27");
        assertEquals(0, phl.onNode(true, "agreement", "submit", confirmation, "--as", "olga"), () -> phl.err);
        Corridor.await(() ->
                ita.onNode(false, "recall", "list") == 0 && ita.out.contains("1 proved deleted\tnotified\tdestroyed"));
    }

    /** The officer signs on a machine of her own, without a node. */
    private Path act(String party, Terminal terminal, Object... words) throws IOException {
        Path key = folder.resolve(party + ".p12");
        if (Files.notExists(key)) {
            corridor.officer(party).store(key, TestNode.PASSPHRASE.toCharArray());
        }
        Path out = folder.resolve(party + "-act.json");
        List<Object> all = new ArrayList<>(List.of("agreement", "act"));
        all.addAll(List.of(words));
        all.addAll(List.of("--party", party, "--key", key, "--password-file"));
        all.addAll(List.of(terminal.config.resolveSibling("passphrase"), "--out", out));
        assertEquals(0, terminal.entente(all.toArray()), () -> terminal.err);
        return out;
    }
}
