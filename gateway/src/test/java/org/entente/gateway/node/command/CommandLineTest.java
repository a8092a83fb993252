package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Ports;
import org.entente.gateway.testing.TestDatabase;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.OfficerKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line as a person at a terminal meets it. */
class CommandLineTest {

    private static final String WRONG = "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA";

    @TempDir
    private Path folder;

    private Terminal terminal;

    @BeforeEach
    void sitDown() {
        terminal = new Terminal(folder);
    }

    @Test
    void everyCommandExplainsItself() {
        explain(new CommandLine(new EntenteCommand()));
    }

    private void explain(CommandLine command) {
        String usage = command.getUsageMessage();
        assertTrue(usage.contains("--help"), usage);
        assertTrue(command.getCommandSpec().usageMessage().description().length > 0, usage);
        command.getSubcommands().values().forEach(this::explain);
    }

    @Test
    void whoeverHasNoTerminalIsToldOfThePasswordFile() {
        Path key = folder.resolve("officer.p12");
        assertEquals(1, terminal.entente("keys", "officer", "--name", "Ana", "--post", "Director", "--out", key));
        assertTrue(
                terminal.err.contains("password-not-read") && terminal.err.contains("--password-file"), terminal.err);
        assertFalse(Files.exists(key));
    }

    @Test
    void helpIsDoneAndNonsenseIsWrongUsage() {
        assertEquals(0, terminal.entente("--help"));
        assertEquals(0, terminal.entente("init", "--help"));
        assertEquals(0, terminal.entente("user", "add", "--help"));
        assertEquals(2, terminal.entente());
        assertEquals(2, terminal.entente("no-such-command"));
        assertEquals(2, terminal.entente("user"));
        assertEquals(
                2,
                terminal.entente(
                        "serve", "--config", folder.resolve("missing.yml").toString()));
        assertTrue(terminal.err.contains("missing.yml"), terminal.err);
    }

    @Test
    void aNodeIsInitialisedOnceAndGetsUsers() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        terminal.configure(database);
        String c = terminal.config.toString();
        String password = folder.resolve("password").toString();
        assertEquals(1, terminal.entente("serve", "-c", c));
        assertTrue(
                terminal.err.contains("node-not-initialised") && terminal.err.contains("entente init"), terminal.err);
        assertEquals(0, terminal.entente("init", "-c", c, "--password-file", password), () -> terminal.err);
        assertEquals(1, terminal.entente("init", "-c", c, "--password-file", password));
        assertTrue(terminal.err.contains("node-already-initialised"), terminal.err);
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("home/keyring.p12"))));
        assertEquals(
                0,
                terminal.entente(
                        "user",
                        "add",
                        "anna",
                        "-c",
                        c,
                        "--full-name",
                        "Anna",
                        "--role",
                        "statistician@ISTAT",
                        "--password-file",
                        password),
                () -> terminal.err);
        assertEquals(
                1,
                terminal.entente(
                        "user",
                        "add",
                        "anna",
                        "-c",
                        c,
                        "--full-name",
                        "Anna",
                        "--role",
                        "auditor",
                        "--password-file",
                        password));
        assertTrue(terminal.err.contains("user-exists"), terminal.err);
        assertEquals(0, terminal.entente("user", "list", "-c", c), () -> terminal.err);
        assertTrue(
                terminal.out.contains("anna")
                        && terminal.out.contains("statistician@ISTAT")
                        && terminal.out.contains("admin"),
                terminal.out);
        assertEquals(0, terminal.entente("keys", "show", "-c", c), () -> terminal.err);
        assertTrue(terminal.out.contains("signing") && terminal.out.contains("ITA"), terminal.out);
        database.drop();
    }

    @Test
    void aWrongPassphraseIsNamedWithoutShowingIt() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        terminal.configure(database);
        String c = terminal.config.toString();
        assertEquals(
                0,
                terminal.entente(
                        "init",
                        "-c",
                        c,
                        "--password-file",
                        folder.resolve("password").toString()),
                () -> terminal.err);
        terminal.secret("passphrase", "another secret phrase");
        assertEquals(1, terminal.entente("keys", "show", "-c", c));
        assertTrue(terminal.err.contains("settings-invalid") && terminal.err.contains("keyring.p12"), terminal.err);
        assertFalse(terminal.err.contains("another secret phrase"), terminal.err);
        Files.setPosixFilePermissions(folder.resolve("passphrase"), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(1, terminal.entente("keys", "show", "-c", c));
        assertTrue(terminal.err.contains("600"), terminal.err);
        database.drop();
    }

    @Test
    void aDatabaseThatIsDownIsNamed() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        terminal.configure(database);
        Files.writeString(
                terminal.config,
                Files.readString(terminal.config)
                        .replace(":" + database.server().port(), ":" + Ports.free()));
        assertEquals(1, terminal.entente("user", "list", "-c", terminal.config.toString()));
        assertTrue(terminal.err.contains("database-unavailable"), terminal.err);
        database.drop();
    }

    @Test
    void aMissingSettingIsNamed() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        terminal.configure(database);
        Files.writeString(terminal.config, Files.readString(terminal.config).replace("  party: ITA\n", ""));
        assertEquals(1, terminal.entente("user", "list", "-c", terminal.config.toString()));
        assertTrue(terminal.err.contains("settings-invalid") && terminal.err.contains("entente.party"), terminal.err);
        database.drop();
    }

    @Test
    void cardsAreShownExportedAndImportedByFingerprint() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        terminal.configure(database);
        String c = terminal.config.toString();
        Path text = Files.writeString(
                folder.resolve("card.json"), "{\"name\":{\"en\":\"Italy\"},\"onBehalfOf\":[],\"authorities\":[]}");
        String password = folder.resolve("password").toString();
        assertEquals(
                0,
                terminal.entente("init", "-c", c, "--password-file", password, "--card", text.toString()),
                () -> terminal.err);
        try (TestNode partner = TestNode.plan("PHL").startWithoutListeners()) {
            NodeIdentity identity = partner.bean(NodeIdentity.class);
            Path card = Files.write(folder.resolve("phl.json"), CardList.write(identity.chain()));
            assertEquals(1, terminal.entente("card", "import", "-c", c, card.toString(), "--fingerprint", WRONG));
            assertTrue(terminal.err.contains("card-invalid"), terminal.err);
            String fingerprint = identity.current().fingerprint().toString();
            assertEquals(
                    0,
                    terminal.entente("card", "import", "-c", c, card.toString(), "--fingerprint", fingerprint),
                    () -> terminal.err);
            assertEquals(0, terminal.entente("card", "show", "PHL", "-c", c), () -> terminal.err);
            assertTrue(terminal.out.contains(fingerprint), terminal.out);
            assertTrue(terminal.out.matches("(?s).*\tdigest [\\w-]{43}\t.*"), terminal.out);
        }
        assertEquals(1, terminal.entente("card", "show", "MDA", "-c", c));
        Path exported = folder.resolve("ita.json");
        assertEquals(0, terminal.entente("card", "export", "-c", c, exported.toString()), () -> terminal.err);
        assertTrue(Files.readString(exported).startsWith("[{"), Files.readString(exported));
        Files.writeString(text, "{\"name\":{\"en\":\"Italia\"},\"onBehalfOf\":[],\"authorities\":[]}");
        assertEquals(0, terminal.entente("card", "issue", "-c", c, text.toString()), () -> terminal.err);
        assertTrue(terminal.out.contains("card 2"), terminal.out);
        Path written = folder.resolve("card-text.json");
        assertEquals(0, terminal.entente("card", "text", "-c", c, written.toString()), () -> terminal.err);
        assertTrue(Files.readString(written).contains("Italia"), Files.readString(written));
        assertEquals(0, terminal.entente("card", "issue", "-c", c, written.toString()), () -> terminal.err);
        assertTrue(terminal.out.contains("card 3"), terminal.out);
        Files.writeString(text, "{\"name\":{\"en\":\"Italia\"},\"surprise\":1}");
        assertEquals(1, terminal.entente("card", "issue", "-c", c, text.toString()));
        assertTrue(terminal.err.contains("file-unusable"), terminal.err);
        database.drop();
    }

    @Test
    void aNodeChecksItself() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        terminal.configure(database);
        String c = terminal.config.toString();
        assertEquals(
                0,
                terminal.entente(
                        "init",
                        "-c",
                        c,
                        "--password-file",
                        folder.resolve("password").toString()),
                () -> terminal.err);
        assertEquals(0, terminal.entente("check", "-c", c), () -> terminal.err);
        assertTrue(terminal.out.contains("\"UP\""), terminal.out);
        String settings = Files.readString(terminal.config).replace("staff: {", "staff: {tls: true, ");
        Files.writeString(terminal.config, settings);
        assertEquals(0, terminal.entente("check", "-c", c), () -> terminal.err);
        Files.writeString(terminal.config, settings.replace("tls: true", "host: 0.0.0.0"));
        assertEquals(1, terminal.entente("check", "-c", c));
        assertTrue(
                terminal.err.contains("settings-invalid") && terminal.err.contains("entente.staff.tls"), terminal.err);
        database.drop();
    }

    @Test
    void anOfficersKeyIsMadeWithoutANodeAndOpensAgain() throws IOException {
        Path file = folder.resolve("officer.p12");
        String password = folder.resolve("password").toString();
        String[] arguments = {
            "keys",
            "officer",
            "--name",
            "Maria Rossi, PhD",
            "--post",
            "Director",
            "--out",
            file.toString(),
            "--password-file",
            password
        };
        assertEquals(0, terminal.entente(arguments), () -> terminal.err);
        OfficerKey key = OfficerKey.load(file, "three unrelated words".toCharArray());
        assertTrue(terminal.out.contains(Certificates.toPem(key.certificate())), terminal.out);
        assertTrue(terminal.out.contains(key.certificateSha256()), terminal.out);
        assertEquals(1, terminal.entente(arguments), "an existing key file is not overwritten");
        assertTrue(terminal.err.contains("key-file-invalid"), terminal.err);
    }
}
