package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.gateway.access.Roles;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An analyst of PHL at the command line, beside the running node: figures of ITA, refusals, evidence. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskingAtTheTerminalTest {

    private static final String FILIPINOS = "A5.IT._T.PH._T.CB";
    private static final String MOLDOVANS = "A5.IT._T.MD._T.CB";

    private Corridor corridor;
    private Terminal terminal;
    private Path folder;

    @BeforeAll
    void open(@TempDir Path scratch) {
        folder = scratch;
        corridor = Corridor.open();
        corridor.phl().user("anna", Roles.STATISTICIAN);
        corridor.phl().user("tina", Roles.TREATY_OFFICER);
        terminal = new Terminal(folder);
        terminal.config = corridor.phl().configuration();
        terminal.secret("password", TestNode.PASSPHRASE);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private static String root(TestNode node) {
        return node.party() + "="
                + node.bean(NodeIdentity.class).chain().getFirst().fingerprint();
    }

    @Test
    void figuresAreAskedForProvedAndVerifiedOffline() throws IOException {
        assertEquals(0, terminal.onNode(true, "ask", FILIPINOS, "--fresh", "--as", "anna"), () -> terminal.err);
        assertTrue(terminal.out.startsWith("STRUCTURE,") && terminal.out.contains(",PH,"), terminal.out);
        assertTrue(terminal.err.contains("ITA\texchange "), terminal.err);
        String exchange = terminal.err.replaceAll("(?s).*exchange ([0-9a-f-]{36}).*", "$1");
        String figures = terminal.out;

        assertEquals(
                0, terminal.onNode(true, "ask", FILIPINOS, "--exchange", exchange, "--as", "anna"), () -> terminal.err);
        assertEquals(figures, terminal.out);
        assertEquals(0, terminal.onNode(true, "ask", FILIPINOS, "--as", "anna"), () -> terminal.err);
        assertTrue(terminal.err.contains("held for less than a minute"), terminal.err);

        Path file = folder.resolve("evidence.json");
        assertEquals(0, terminal.onNode(false, "evidence", exchange, "--out", file), () -> terminal.err);
        String ita = root(corridor.ita());
        String phl = root(corridor.phl());
        assertEquals(0, terminal.entente("verify", file, "--root", ita, "--root", phl), () -> terminal.out);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Path changed = Files.write(folder.resolve("changed.json"), bytes);
        assertEquals(1, terminal.entente("verify", changed, "--root", ita, "--root", phl));
        assertTrue(terminal.out.contains("FAILS"), terminal.out);
        assertEquals(1, terminal.entente("verify", file, "--root", ita.replace("ITA=", "ITA=AAAA"), "--root", phl));
        assertEquals(2, terminal.entente("verify", file));
    }

    @Test
    void figuresThatTheAgreementDoesNotGiveAreRefusedAtHomeAndByThePartner() {
        assertEquals(1, terminal.onNode(true, "ask", MOLDOVANS, "--as", "anna"));
        assertTrue(terminal.err.contains("agreement-refused"), terminal.err);
        assertEquals(1, terminal.onNode(true, "ask", MOLDOVANS, "--ask-anyway", "--as", "anna"));
        assertTrue(terminal.err.contains("agreement-refused") && terminal.err.contains("ITA"), terminal.err);
    }

    @Test
    void whoIsNoStatisticianAsksForNothing() {
        assertEquals(1, terminal.onNode(true, "ask", FILIPINOS, "--as", "tina"));
        assertTrue(terminal.err.contains("forbidden"), terminal.err);
    }

    @Test
    void aQueryThatCannotBeReadIsNamed() {
        assertEquals(1, terminal.onNode(true, "ask", "/data/nonsense", "--as", "anna"));
        assertTrue(terminal.err.contains("query-malformed"), terminal.err);
    }
}
