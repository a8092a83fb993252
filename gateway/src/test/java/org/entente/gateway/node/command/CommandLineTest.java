package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.gateway.node.Main;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.Ports;
import org.entente.gateway.testing.TestDatabase;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line as a person at a terminal meets it. */
class CommandLineTest {

    private static final String WRONG = "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA";

    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";
    private Path config;

    @BeforeEach
    void writeConfiguration() throws IOException {
        config = folder.resolve("node.yml");
        secret("passphrase", "correct horse battery");
        secret("password", "three unrelated words");
    }

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private void configure(TestDatabase database) throws IOException {
        Files.writeString(
                config,
                String.join(
                        "\n",
                        "entente:",
                        "  party: ITA",
                        "  home: " + folder.resolve("home"),
                        "  passphrase-file: " + folder.resolve("passphrase"),
                        "  staff: {port: " + Ports.free() + "}",
                        "  node: {port: " + Ports.free() + "}",
                        "datasources:",
                        "  default:",
                        "    url: " + database.url(),
                        "    username: " + database.name(),
                        "    password: " + database.password(),
                        ""));
    }

    private int entente(String... arguments) {
        StringWriter o = new StringWriter();
        StringWriter e = new StringWriter();
        int code = Main.run(new PrintWriter(o), new PrintWriter(e), arguments);
        out = o.toString();
        err = e.toString();
        return code;
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
    void helpIsDoneAndNonsenseIsWrongUsage() {
        assertEquals(0, entente("--help"));
        assertEquals(0, entente("init", "--help"));
        assertEquals(0, entente("user", "add", "--help"));
        assertEquals(2, entente());
        assertEquals(2, entente("no-such-command"));
        assertEquals(2, entente("user"));
        assertEquals(
                2, entente("serve", "--config", folder.resolve("missing.yml").toString()));
        assertTrue(err.contains("missing.yml"), err);
    }

    @Test
    void aNodeIsInitialisedOnceAndGetsUsers() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        configure(database);
        String c = config.toString();
        String password = folder.resolve("password").toString();
        assertEquals(1, entente("serve", "-c", c));
        assertTrue(err.contains("node-not-initialised") && err.contains("entente init"), err);
        assertEquals(0, entente("init", "-c", c, "--password-file", password), () -> err);
        assertEquals(1, entente("init", "-c", c, "--password-file", password));
        assertTrue(err.contains("node-already-initialised"), err);
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("home/keyring.p12"))));
        assertEquals(
                0,
                entente(
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
                () -> err);
        assertEquals(
                1,
                entente(
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
        assertTrue(err.contains("user-exists"), err);
        assertEquals(0, entente("user", "list", "-c", c), () -> err);
        assertTrue(out.contains("anna") && out.contains("statistician@ISTAT") && out.contains("admin"), out);
        assertEquals(0, entente("keys", "show", "-c", c), () -> err);
        assertTrue(out.contains("signing") && out.contains("ITA"), out);
        database.drop();
    }

    @Test
    void aWrongPassphraseIsNamedWithoutShowingIt() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        configure(database);
        String c = config.toString();
        assertEquals(
                0,
                entente(
                        "init",
                        "-c",
                        c,
                        "--password-file",
                        folder.resolve("password").toString()),
                () -> err);
        secret("passphrase", "another secret phrase");
        assertEquals(1, entente("keys", "show", "-c", c));
        assertTrue(err.contains("settings-invalid") && err.contains("keyring.p12"), err);
        assertFalse(err.contains("another secret phrase"), err);
        Files.setPosixFilePermissions(folder.resolve("passphrase"), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(1, entente("keys", "show", "-c", c));
        assertTrue(err.contains("600"), err);
        database.drop();
    }

    @Test
    void aDatabaseThatIsDownIsNamed() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        configure(database);
        Files.writeString(
                config, Files.readString(config).replace(":" + database.server().port(), ":" + Ports.free()));
        assertEquals(1, entente("user", "list", "-c", config.toString()));
        assertTrue(err.contains("database-unavailable"), err);
        database.drop();
    }

    @Test
    void aMissingSettingIsNamed() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        configure(database);
        Files.writeString(config, Files.readString(config).replace("  party: ITA\n", ""));
        assertEquals(1, entente("user", "list", "-c", config.toString()));
        assertTrue(err.contains("settings-invalid") && err.contains("entente.party"), err);
        database.drop();
    }

    @Test
    void cardsAreShownExportedAndImportedByFingerprint() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        configure(database);
        String c = config.toString();
        Path text = Files.writeString(
                folder.resolve("card.json"), "{\"name\":{\"en\":\"Italy\"},\"onBehalfOf\":[],\"authorities\":[]}");
        String password = folder.resolve("password").toString();
        assertEquals(0, entente("init", "-c", c, "--password-file", password, "--card", text.toString()), () -> err);
        try (TestNode partner = TestNode.plan("PHL").startWithoutListeners()) {
            NodeIdentity identity = partner.bean(NodeIdentity.class);
            Path card = Files.write(folder.resolve("phl.json"), CardList.write(identity.chain()));
            assertEquals(1, entente("card", "import", "-c", c, card.toString(), "--fingerprint", WRONG));
            assertTrue(err.contains("card-invalid"), err);
            String fingerprint = identity.current().fingerprint().toString();
            assertEquals(
                    0, entente("card", "import", "-c", c, card.toString(), "--fingerprint", fingerprint), () -> err);
            assertEquals(0, entente("card", "show", "PHL", "-c", c), () -> err);
            assertTrue(out.contains(fingerprint), out);
        }
        assertEquals(1, entente("card", "show", "MDA", "-c", c));
        Path exported = folder.resolve("ita.json");
        assertEquals(0, entente("card", "export", "-c", c, exported.toString()), () -> err);
        assertTrue(Files.readString(exported).startsWith("[{"), Files.readString(exported));
        Files.writeString(text, "{\"name\":{\"en\":\"Italia\"},\"onBehalfOf\":[],\"authorities\":[]}");
        assertEquals(0, entente("card", "issue", "-c", c, text.toString()), () -> err);
        assertTrue(out.contains("card 2"), out);
        Files.writeString(text, "{\"name\":{\"en\":\"Italia\"},\"surprise\":1}");
        assertEquals(1, entente("card", "issue", "-c", c, text.toString()));
        assertTrue(err.contains("file-unusable"), err);
        database.drop();
    }

    @Test
    void aNodeChecksItself() throws IOException {
        TestDatabase database = TestDatabase.newSchema();
        configure(database);
        String c = config.toString();
        assertEquals(
                0,
                entente(
                        "init",
                        "-c",
                        c,
                        "--password-file",
                        folder.resolve("password").toString()),
                () -> err);
        assertEquals(0, entente("check", "-c", c), () -> err);
        assertTrue(out.contains("\"UP\""), out);
        String settings = Files.readString(config).replace("staff: {", "staff: {tls: true, ");
        Files.writeString(config, settings);
        assertEquals(0, entente("check", "-c", c), () -> err);
        Files.writeString(config, settings.replace("tls: true", "host: 0.0.0.0"));
        assertEquals(1, entente("check", "-c", c));
        assertTrue(err.contains("settings-invalid") && err.contains("entente.staff.tls"), err);
        database.drop();
    }

    @Test
    void anOfficersKeyIsMadeWithoutANodeAndOpensAgain() {
        Path file = folder.resolve("officer.p12");
        String password = folder.resolve("password").toString();
        String[] arguments = {
            "keys",
            "officer",
            "--name",
            "Maria Rossi, PhD",
            "--post",
            "Director",
            "--party",
            "ITA",
            "--out",
            file.toString(),
            "--password-file",
            password
        };
        assertEquals(0, entente(arguments), () -> err);
        CertifiedKey key = OfficerKey.load(file, "three unrelated words".toCharArray());
        assertTrue(out.contains(Certificates.toPem(key.certificate())), out);
        assertTrue(key.certificate()
                .getNotAfter()
                .toInstant()
                .isAfter(Clock.systemUTC().instant()));
        assertEquals(64, key.key().sign(new byte[] {1}).length);
        assertEquals(1, entente(arguments), "an existing key file is not overwritten");
        assertTrue(err.contains("key-file-invalid"), err);
    }
}
