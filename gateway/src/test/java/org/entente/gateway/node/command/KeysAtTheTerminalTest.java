package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.partners.CardAdmission;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.testing.SchemaCopy;
import org.entente.gateway.testing.SoftToken;
import org.entente.gateway.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator looks after the node's keys with the command line alone, as docs/administrator.md says. */
class KeysAtTheTerminalTest {
    private Terminal terminal;
    private TestDatabase database;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        terminal = new Terminal(folder);
        database = TestDatabase.newSchema();
        terminal.configure(database);
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    private void init() throws IOException {
        assertEquals(
                0,
                terminal.entente(
                        "keys",
                        "officer",
                        "--name",
                        "Giulia Conti",
                        "--post",
                        "Director",
                        "--out",
                        terminal.folder.resolve("giulia.p12"),
                        "--password-file",
                        terminal.folder.resolve("password")),
                terminal.err);
        String line = terminal.out
                .lines()
                .filter(text -> text.startsWith("{"))
                .findFirst()
                .orElseThrow();
        String sha256 =
                new ObjectMapper().readTree(line).path("certificateSha256").asText();
        Path card = terminal.file("card.json", """
                {"name": {"en": "Italy"}, "onBehalfOf": [], "authorities": [{"id": "ISTAT", "name": {"en": "Statistics"},
                 "kind": "statistics", "signatories": [{"name": "Giulia Conti", "post": "Director",
                 "certificateSha256": "%s"}]}]}
                """.formatted(sha256));
        assertEquals(0, terminal.onNode(true, "init", "--card", card, "--admin", "ada"), terminal.err);
    }

    @Test
    void stolenKeysAreReplacedWithTheOfficersSignature() throws IOException {
        init();
        Path file = terminal.folder.resolve("replacement.json");
        assertEquals(2, terminal.onNode(false, "keys", "replace", file));
        assertEquals(0, terminal.onNode(false, "keys", "replace", file, "--reason", "stolen"), terminal.err);
        CardDocument card = CardAdmission.read(Files.readAllBytes(file)).getLast();
        assertEquals(1, terminal.onNode(false, "keys", "replace", file, "--signed"));
        assertTrue(terminal.err.startsWith("card-invalid"), terminal.err);
        List<Object> sign = List.of(
                "card",
                "countersign",
                file,
                "--fingerprint",
                card.fingerprint(),
                "--key",
                terminal.folder.resolve("giulia.p12"),
                "--password-file",
                terminal.folder.resolve("password"));
        assertEquals(0, terminal.entente(sign.toArray()), terminal.err);
        assertTrue(terminal.out.startsWith("ITA: the keys of the card before were stolen"), terminal.out);
        assertEquals(0, terminal.onNode(false, "keys", "replace", file, "--signed"), terminal.err);
        assertEquals(0, terminal.onNode(false, "card", "show"), terminal.err);
        assertTrue(terminal.out.contains(card.digest()), terminal.out);
        assertEquals(0, terminal.onNode(false, "journal", "fsck"), terminal.err);
    }

    @Test
    void aJournalThatNobodyCanContinueGoesOnUnderAnotherName() throws Exception {
        init();
        Path text = terminal.folder.resolve("text.json");
        assertEquals(0, terminal.onNode(false, "card", "text", text), terminal.err);
        SchemaCopy backup = SchemaCopy.of(database);
        assertEquals(0, terminal.onNode(false, "card", "issue", text), terminal.err);
        backup.restore();
        List<String> recover = List.of("journal", "recover", "--reason", "disk lost", "--as", "ada");
        assertEquals(1, terminal.onNode(true, recover.toArray()));
        assertTrue(terminal.err.startsWith("journal-unavailable: No partner has kept the leaf hashes"), terminal.err);
        List<Object> anew = new ArrayList<>(recover);
        anew.add("--new-origin");
        assertEquals(0, terminal.onNode(true, anew.toArray()), terminal.err);
        assertTrue(terminal.out.startsWith("The journal goes on as 127.0.0.1"), terminal.out);
        assertTrue(terminal.out.contains("/journal-from-"), terminal.out);
        assertEquals(0, terminal.onNode(false, "journal", "fsck"), terminal.err);
        assertEquals(0, terminal.onNode(false, "journal", "fsck", "--tree"), terminal.err);
        assertEquals(1, terminal.onNode(true, anew.toArray()));
        assertTrue(terminal.err.contains("can be continued under its name"), terminal.err);
        Path cards = terminal.folder.resolve("cards.json");
        assertEquals(0, terminal.onNode(false, "card", "export", cards), terminal.err);
        String fingerprint = CardAdmission.read(Files.readAllBytes(cards))
                .getLast()
                .fingerprint()
                .toString();
        assertEquals(
                1,
                terminal.onNode(true, "card", "confirm-journal", cards, "--fingerprint", fingerprint, "--as", "ada"));
        assertTrue(terminal.err.startsWith("card-invalid: "), terminal.err);
    }

    @Test
    void aNodeIsInitialisedOverKeysOnATokenThatItsSettingsName() throws IOException {
        SoftToken token = SoftToken.get();
        Path pin = terminal.secret("token.pin", "000000");
        Files.writeString(terminal.config, Files.readString(terminal.config).replace("  party: ITA\n", """
                                  party: ITA
                                  keys:
                                    signing: "%s"
                                    tls: "%s"
                                    pin-file: %s
                                """.formatted(
                        token.address("ITA", "none"), token.address("ITA", "tls"), pin)));
        Path card =
                terminal.file("card.json", "{\"name\": {\"en\": \"Italy\"}, \"onBehalfOf\": [], \"authorities\": []}");
        terminal.secret("token.pin", SoftToken.PIN);
        assertEquals(1, terminal.onNode(true, "init", "--card", card, "--admin", "ada"));
        assertTrue(terminal.err.startsWith("token-key-missing: The key that entente.keys.signing names"), terminal.err);
        Files.writeString(terminal.config, Files.readString(terminal.config).replace("object=none", "object=signing"));
        assertEquals(0, terminal.onNode(true, "init", "--card", card, "--admin", "ada"), terminal.err);
        assertEquals(0, terminal.onNode(false, "keys", "show"), terminal.err);
        assertEquals(
                2,
                terminal.out
                        .lines()
                        .filter(line -> line.endsWith("\ton a token"))
                        .count(),
                terminal.out);
    }
}
