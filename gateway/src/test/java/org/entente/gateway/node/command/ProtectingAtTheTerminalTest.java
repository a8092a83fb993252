package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.gateway.disclosure.SealedPackage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A statistician protects a table and an auditor audits it, without a node. */
class ProtectingAtTheTerminalTest {
    private static final String SPEC = """
            format: entente-disclosure/1
            dimensions:
              region: {total: T}
              sex: {total: T}
            count: people
            absent: zero
            rules: {threshold: 5, zeros: shown}
            method: {kind: suppress}
            approver: Head of statistics
            """;
    private static final String TABLE = """
            region,sex,people
            T,T,150
            T,F,72
            T,M,78
            n1,T,20
            n1,F,2
            n1,M,18
            n2,T,50
            n2,F,30
            n2,M,20
            n3,T,80
            n3,F,40
            n3,M,40
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Terminal terminal;

    @BeforeEach
    void prepare() throws IOException {
        terminal = new Terminal(folder);
        Files.writeString(folder.resolve("spec.yaml"), SPEC);
        Files.writeString(folder.resolve("table.csv"), TABLE);
    }

    private int run(String... arguments) {
        return terminal.entente((Object[]) arguments);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aTableIsProtectedExplainedSignedAndAudited() throws IOException {
        assertEquals(
                0,
                run(
                        "keys",
                        "officer",
                        "--out",
                        at("office.p12"),
                        "--name",
                        "Anna Rossi",
                        "--post",
                        "Head of statistics",
                        "--password-file",
                        at("password")),
                () -> terminal.err);
        assertEquals(
                0,
                run(
                        "protect",
                        at("table.csv"),
                        "--spec",
                        at("spec.yaml"),
                        "--out",
                        at("protected.zip"),
                        "--explain",
                        "--key",
                        at("office.p12"),
                        "--password-file",
                        at("password")),
                () -> terminal.err);
        assertTrue(terminal.out.contains("4 withheld"), terminal.out);
        assertTrue(terminal.out.contains("without the one-person attacker"), terminal.out);
        assertTrue(terminal.out.contains("Signed and sealed"), terminal.out);
        SealedPackage sealed = SealedPackage.open(Files.readAllBytes(folder.resolve("protected.zip")));
        assertFalse(new String(sealed.table(), java.nio.charset.StandardCharsets.UTF_8).contains("n1,F,2"));

        assertEquals(
                0,
                run("audit", at("protected.zip"), "--spec", at("spec.yaml"), "--table", at("table.csv")),
                () -> terminal.out + terminal.err);
        assertTrue(terminal.out.contains("safe against readers and insiders"), terminal.out);
    }

    @Test
    void anAuditNamesWhatCanBeInferred() throws IOException {
        Files.writeString(folder.resolve("bad.csv"), TABLE.replace("n1,F,2\n", "n1,F,NaN\n"));
        assertEquals(1, run("audit", at("bad.csv"), "--spec", at("spec.yaml")));
        assertTrue(terminal.out.contains("n1 F\tA reader can compute it exactly: 2."), terminal.out);
    }

    @Test
    void mistakesAreNamedAndNothingIsWritten() throws IOException {
        Files.writeString(folder.resolve("table.csv"), TABLE.replace("n1,F,2\n", "n1,F,two\n"));
        assertEquals(1, run("protect", at("table.csv"), "--spec", at("spec.yaml"), "--out", at("protected.zip")));
        assertTrue(terminal.err.contains("row 6, column people"), terminal.err);
        assertFalse(Files.exists(folder.resolve("protected.zip")));
        assertEquals(2, run("audit"));
        assertTrue(terminal.err.contains("replay"), terminal.err);
    }
}
