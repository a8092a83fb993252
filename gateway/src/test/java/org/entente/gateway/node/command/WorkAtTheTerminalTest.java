package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.Template;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.ProtectedStock;
import org.entente.gateway.testing.TestDatabase;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daily work of an office on the command line: figures that go out, agreements that are signed. */
class WorkAtTheTerminalTest {

    private static final String HEAD = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,REF_REGION,COUNTERPART_AREA,"
            + "COUNTERPART_REGION,ORIGIN_BASIS,SEX,AGE,EDUCATION_LEV,OCCUPATION,DURATION,REASON,STAY,INDICATOR,"
            + "UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,UNIT_MULT,OBS_STATUS\n";
    private static final String ROW = "dataflow,ENTENTE:DF_DIASPORA(1.0.0),I,A,IT,_T,PH,_T,CB,_T,_T,_T,_T,_T,_T,_T,"
            + "STOCK_IN,PS,2020,%s,0,A\n";

    @TempDir
    private Path folder;

    private final TestDatabase database = TestDatabase.newSchema();
    private Terminal terminal;

    @BeforeEach
    void initialise() {
        terminal = new Terminal(folder);
        terminal.configure(database);
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
                        folder.resolve("conti.p12"),
                        "--password-file",
                        folder.resolve("password")),
                () -> terminal.err);
        String signatory = terminal.out
                .lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .orElseThrow();
        Path card = terminal.file(
                "card.json",
                "{\"name\":{\"en\":\"Italy\"},\"onBehalfOf\":[],\"authorities\":[{\"id\":\"ISTAT\",\"name\":{\"en\":"
                        + "\"Statistics\"},\"kind\":\"statistics\",\"signatories\":[" + signatory + "]}]}");
        assertEquals(0, terminal.onNode(true, "init", "--card", card), () -> terminal.err);
    }

    private void user(String name, String role) {
        assertEquals(
                0,
                terminal.onNode(true, "user", "add", name, "--full-name", "Dr " + name, "--role", role),
                () -> terminal.err);
    }

    /** As the statistician's guide has it. */
    private void describe() {
        assertEquals(0, terminal.onNode(false, "dataset", "headings"), () -> terminal.err);
        assertTrue(
                terminal.out.contains("CONTACT.CONTACT_ORGANISATION\trequired\ttext\tContact organisation"),
                terminal.out);
        Path wrong = terminal.file("about.yaml", "CONTACT_ORGANISATION: INSTAT\nCOLOUR: red\n");
        assertEquals(1, terminal.onNode(true, "dataset", "describe", "STOCK", "--metadata", wrong, "--as", "anna"));
        assertTrue(terminal.err.contains("metadata-invalid") && terminal.err.contains("line 2"), terminal.err);
        Path about = terminal.file("about.yaml", """
                CONTACT_ORGANISATION: INSTAT
                CONTACT_EMAIL: migration@example.org
                DATA_DESCR:
                  en: Migrants in Albania by country of birth
                  fr: Migrants en Albanie par pays de naissance
                STAT_POP: Usual residents for twelve months or more
                REF_PERIOD: 1 January
                SOURCE_TYPE: Population register, with permits of stay
                """);
        assertEquals(
                0,
                terminal.onNode(true, "dataset", "describe", "STOCK", "--metadata", about, "--as", "anna"),
                () -> terminal.err);
        assertTrue(terminal.out.startsWith("STOCK\tENTENTE:MDF_ESMS(1.0.0)\t6 headings\t"), terminal.out);
    }

    @Test
    void figuresAreImportedApprovedByASecondPersonAndPublished() {
        user("anna", "statistician@ISTAT,approver@ISTAT");
        user("bruno", "approver@ISTAT");
        String coverage = Stream.of(SensitiveGroup.values())
                .map(group -> "\"" + group + "\":\"EXCLUDED\"")
                .collect(Collectors.joining(","));
        Path dataset = terminal.file(
                "dataset.json",
                "{\"id\":\"STOCK\",\"dataflow\":\"ENTENTE:DF_DIASPORA(1.0.0)\",\"authority\":\"ISTAT\",\"title\":\"Stock\","
                        + "\"coverage\":{" + coverage + "},\"absent\":\"ZERO\",\"sums\":[]}");
        assertEquals(0, terminal.onNode(true, "dataset", "declare", dataset, "--as", "anna"), () -> terminal.err);
        assertEquals(0, terminal.onNode(false, "dataset", "list"));
        assertTrue(terminal.out.contains("STOCK"), terminal.out);
        describe();

        Path wrong = terminal.file("wrong.csv", HEAD + ROW.formatted("many"));
        assertEquals(1, importing(wrong));
        assertTrue(terminal.err.contains("csv-malformed") && terminal.err.contains("OBS_VALUE"), terminal.err);
        assertEquals(0, importing(terminal.file("figures.csv", HEAD + ROW.formatted("7"))), () -> terminal.err);
        String release = terminal.out.split("\t")[0];
        assertEquals(1, terminal.onNode(true, "release", "approve", release, "--as", "anna"));
        assertTrue(terminal.err.contains("four-eyes"), terminal.err);
        assertEquals(1, terminal.onNode(true, "release", "publish", release, "--as", "anna"));
        assertEquals(0, terminal.onNode(true, "release", "approve", release, "--as", "bruno"), () -> terminal.err);
        assertEquals(0, terminal.onNode(true, "release", "publish", release, "--as", "bruno"), () -> terminal.err);
        assertEquals(0, terminal.onNode(false, "release", "list", "--dataset", "STOCK"));
        assertTrue(terminal.out.contains("PUBLISHED"), terminal.out);
    }

    private int importing(Path file) {
        return terminal.onNode(
                true,
                "import",
                file,
                "--dataset",
                "STOCK",
                "--status",
                "final",
                "--protection",
                "PUBLIC_SOURCE",
                "--address",
                "https://example.org/stock",
                "--date",
                "2021-01-15",
                "--as",
                "anna");
    }

    @Test
    void aProtectedTableGoesFromTheOfficeToPublicationAsTheGuideTypesIt() {
        user("anna", "statistician@ISTAT");
        user("bruno", "approver@ISTAT");
        String coverage = Stream.of(SensitiveGroup.values())
                .map(group -> "\"" + group + "\":\"EXCLUDED\"")
                .collect(Collectors.joining(","));
        Path dataset = terminal.file(
                "ages.json",
                "{\"id\":\"AGES\",\"dataflow\":\"ENTENTE:DF_DIASPORA(1.0.0)\",\"authority\":\"ISTAT\",\"title\":\"Ages\","
                        + "\"coverage\":{" + coverage + "},\"absent\":\"ZERO\",\"sums\":["
                        + "{\"dimension\":\"SEX\",\"total\":\"_T\",\"additivity\":\"EXACT\"},"
                        + "{\"dimension\":\"AGE\",\"total\":\"_T\",\"additivity\":\"EXACT\"}]}");
        assertEquals(0, terminal.onNode(true, "dataset", "declare", dataset, "--as", "anna"), () -> terminal.err);
        Path table = terminal.file("table.csv", new String(ProtectedStock.table(), StandardCharsets.UTF_8));
        Path spec = terminal.file("spec.yaml", ProtectedStock.specification(5));
        Path sealed = folder.resolve("protected.zip");
        assertEquals(0, terminal.entente("protect", table, "--spec", spec, "--out", sealed), () -> terminal.err);
        assertEquals(
                0,
                terminal.onNode(
                        true,
                        "release",
                        "import",
                        "--protected",
                        sealed,
                        "--dataset",
                        "AGES",
                        "--status",
                        "final",
                        "--as",
                        "anna"),
                () -> terminal.err);
        assertTrue(terminal.out.contains("4 of 15 cells withheld") && terminal.out.contains("REPEATED"), terminal.out);
        String release = terminal.out.split("\t")[0];
        assertEquals(1, terminal.onNode(true, "release", "approve", release, "--as", "bruno"));
        assertTrue(terminal.err.contains("known-tables-undeclared"), terminal.err);
        assertEquals(
                0,
                terminal.onNode(true, "release", "approve", release, "--known-tables", "NONE", "--as", "bruno"),
                () -> terminal.err);
        assertEquals(0, terminal.onNode(true, "release", "publish", release, "--as", "bruno"), () -> terminal.err);
        assertEquals(
                0,
                terminal.onNode(
                        true,
                        "release",
                        "known",
                        table,
                        "--dataset",
                        "AGES",
                        "--address",
                        "https://stat.example/yearbook",
                        "--date",
                        "2026-03",
                        "--as",
                        "anna"),
                () -> terminal.err);
        assertEquals(
                0,
                terminal.onNode(
                        true,
                        "import",
                        table,
                        "--dataset",
                        "AGES",
                        "--status",
                        "final",
                        "--protection",
                        "BY_GATEWAY",
                        "--rule",
                        "suppression threshold=5",
                        "--as",
                        "anna"),
                () -> terminal.err);
        assertTrue(terminal.out.contains("0 of 15 cells withheld, 2 small ones public already"), terminal.out);
        String open = terminal.out.split("\t")[0];
        assertEquals(
                0,
                terminal.onNode(true, "release", "let-public", open, "--reason", "In the yearbook.", "--as", "anna"),
                () -> terminal.err);
        assertEquals(
                0,
                terminal.onNode(true, "release", "approve", open, "--known-tables", "REGISTERED", "--as", "bruno"),
                () -> terminal.err);
    }

    @Test
    void whoActsMustProveIt() {
        user("anna", "statistician@ISTAT");
        terminal.secret("password", "some other password");
        assertEquals(1, terminal.onNode(true, "dataset", "declare", terminal.config, "--as", "anna"));
    }

    @Test
    void anAgreementIsProposedSignedOnTheOfficersMachineAndHandedIn() throws Exception {
        user("tina", "treaty-officer");
        try (TestNode partner = TestNode.plan("PHL").startWithoutListeners()) {
            NodeIdentity identity = partner.bean(NodeIdentity.class);
            Path card = Files.write(folder.resolve("phl.json"), CardList.write(identity.chain()));
            assertEquals(
                    0,
                    terminal.onNode(
                            false,
                            "card",
                            "import",
                            card,
                            "--fingerprint",
                            identity.current().fingerprint().toString()),
                    () -> terminal.err);
            assertEquals(0, terminal.onNode(false, "card", "export", folder.resolve("ita.json")));
            Agreement agreement = agreement(identity.rootCardDigest(), ownRoot());
            Path text = Files.write(folder.resolve("text.json"), agreement.canonical());
            terminal.onNode(false, "agreement", "lint", text);
            assertFalse(terminal.out.contains("card-") || terminal.out.contains("structure-"), terminal.out);
            Agreement forged = agreement("x".repeat(43), ownRoot());
            Path other = Files.write(folder.resolve("other.json"), forged.canonical());
            assertEquals(1, terminal.onNode(false, "agreement", "lint", other));
            assertTrue(terminal.out.contains("ERROR card-differs (clause 2) at /parties/0/rootCard"), terminal.out);
            assertEquals(0, terminal.onNode(true, "agreement", "propose", text, "--as", "tina"), () -> terminal.err);
            Path document = folder.resolve("document.json");
            assertEquals(0, terminal.onNode(false, "agreement", "document", agreement.id(), document));
            Path signature = folder.resolve("signature.json");
            assertEquals(
                    0,
                    terminal.entente(
                            "agreement",
                            "sign",
                            document,
                            "--key",
                            folder.resolve("conti.p12"),
                            "--out",
                            signature,
                            "--password-file",
                            folder.resolve("password")),
                    () -> terminal.err);
            assertTrue(terminal.out.contains(agreement.digest()), terminal.out);
            assertEquals(
                    0, terminal.onNode(true, "agreement", "submit", signature, "--as", "tina"), () -> terminal.err);
            assertTrue(terminal.out.contains("[ITA]"), terminal.out);
            assertEquals(0, terminal.onNode(false, "agreement", "show", agreement.id()), () -> terminal.err);
            assertEquals(0, terminal.onNode(false, "agreement", "list"));
            assertTrue(terminal.out.contains(agreement.id()), terminal.out);
            Path signed = folder.resolve("agreement.jws.json");
            assertEquals(
                    1,
                    terminal.onNode(
                            false,
                            "agreement",
                            "signed",
                            agreement.id(),
                            signed,
                            "--companions",
                            folder.resolve("agreement.pq.jws.json")));
            assertTrue(terminal.err.contains("not-found"), terminal.err);
            assertFalse(Files.exists(signed), "nothing is written where one of both is not there");
            assertEquals(0, terminal.onNode(false, "agreement", "signed", agreement.id(), signed));
            assertTrue(Files.readString(signed).contains("\"signatures\""));
        }
        assertEquals(1, terminal.onNode(false, "agreement", "show", "urn:uuid:" + UUID.randomUUID()));
        assertTrue(terminal.err.contains("agreement-unknown"), terminal.err);
    }

    /** The digest of this node's root card, as its export shows it. */
    private String ownRoot() throws IOException, org.entente.crypto.VerificationException {
        byte[] list = Files.readAllBytes(folder.resolve("ita.json"));
        var first = org.entente.crypto.canonical.CanonicalJson.parseStrict(list).get(0);
        return CardDocument.parse(org.entente.crypto.canonical.CanonicalJson.encode(first))
                .digest();
    }

    private static Agreement agreement(String rootOfPhl, String rootOfIta) throws InvalidAgreementException {
        Map<String, String> values = new HashMap<>();
        values.put("id", "urn:uuid:" + UUID.randomUUID());
        put(values, "origin", "PHL", "Philippines", "PH", rootOfPhl, "CFO");
        put(values, "destination", "ITA", "Italy", "IT", rootOfIta, "ISTAT");
        return Template.load("bilateral-diaspora-stock").fill(values);
    }

    private static void put(
            Map<String, String> values, String role, String id, String name, String area, String root, String office) {
        values.put(role + ".id", id);
        values.put(role + ".name", name);
        values.put(role + ".area", area);
        values.put(role + ".rootCard", root);
        values.put(role + ".authority", office);
        values.put(role + ".authorityName", office);
        values.put(role + ".contact", "liaison@" + id.toLowerCase(java.util.Locale.ROOT) + ".example");
    }
}
