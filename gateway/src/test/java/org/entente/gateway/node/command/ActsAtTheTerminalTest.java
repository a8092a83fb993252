package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.entente.agreements.Agreement;
import org.entente.agreements.Template;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.TextChange;
import org.entente.crypto.Digests;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.testing.SoftToken;
import org.entente.gateway.treaties.OfficerKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an officer does on her own machine, without a node. */
class ActsAtTheTerminalTest {
    private static final String D = "d".repeat(43);
    private static final String ID = "urn:uuid:6f1c5b1e-0d1c-4b7e-9a51-3f0a7c0c1d11";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Terminal terminal;

    @SuppressWarnings("NullAway.Init")
    private Agreement agreement;

    @BeforeEach
    void prepare() throws Exception {
        terminal = new Terminal(folder);
        Map<String, String> values = new TreeMap<>(Map.of("id", "urn:uuid:" + UUID.randomUUID()));
        for (String role : List.of("origin", "destination")) {
            boolean origin = role.equals("origin");
            values.put(role + ".id", origin ? "PHL" : "ITA");
            values.put(role + ".name", origin ? "Philippines" : "Italy");
            values.put(role + ".area", origin ? "PH" : "IT");
            values.put(role + ".rootCard", origin ? "p".repeat(43) : "i".repeat(43));
            values.put(role + ".authority", origin ? "CFO" : "ISTAT");
            values.put(role + ".authorityName", origin ? "CFO" : "ISTAT");
            values.put(role + ".contact", "liaison@example.org");
        }
        agreement = Template.load("bilateral-diaspora-stock").fill(values);
        Files.write(folder.resolve("text.json"), agreement.canonical());
        OfficerKey.generate("Anna Rossi", Instant.now().minusSeconds(60), Duration.ofDays(30), new SecureRandom())
                .store(folder.resolve("rossi.p12"), Terminal.PASSWORD.toCharArray());
        terminal.file(
                "party.json",
                new String(
                        CanonicalJson.encode(agreement.parties().getFirst()), java.nio.charset.StandardCharsets.UTF_8));
        terminal.file(
                "rule.json",
                "{\"format\":\"entente-reconciliation/1\",\"programme\":\"P\",\"rule\":{\"destination\":\"PHL\","
                        + "\"id\":\"R\",\"method\":\"MEAN/1\",\"note\":\"n\",\"origin\":\"ITA\",\"table\":\"T\"}}");
        terminal.file(
                "exports.json", "[{\"what\":\"table\",\"name\":\"A\",\"post\":\"B\",\"deletedOn\":\"2026-11-01\"}]");
        terminal.file("scan.pdf", "%PDF-1.7 scan");
    }

    private int officer(String... arguments) {
        List<Object> all = new ArrayList<>(List.of("agreement"));
        for (String argument : arguments) {
            all.add(argument.startsWith("@") ? folder.resolve(argument.substring(1)) : argument);
        }
        all.addAll(List.of("--out", folder.resolve("out.json"), "--password-file", folder.resolve("password")));
        if (!all.contains("--key")) {
            all.addAll(List.of("--key", folder.resolve("rossi.p12")));
        }
        return terminal.entente(all.toArray());
    }

    private JsonNode out() throws IOException {
        return CanonicalJson.parseStrict(Files.readAllBytes(folder.resolve("out.json")));
    }

    /** The word of each act, and what is typed after the subcommand. */
    static Stream<String> acts() {
        String who = " --name Rossi --post Director --full-powers FP-1";
        return Stream.of(
                "initialled initial" + who,
                "procedures-completed notify-completion --reference Note-7",
                "provisional-application apply-provisionally",
                "acceded accede --entry @party.json --opt-out A,B --reservation none" + who,
                "accession-accepted accept-accession --member MDA",
                "opted-out opt-out --leg L --reason why",
                "opted-in opt-in --leg L",
                "declared declare --text words --language fr",
                "withdrawn withdraw --reason why",
                "excluded exclude --member MDA --reason why",
                "chair-handed-over hand-over --office CHAIR --to MDA --from 2027-01-01",
                "letter-sent letter --replaces " + D + " --reference N-1" + who,
                "text-correction-consented consent-to-correction --replaces " + D,
                "leg-suspended suspend --leg L --reason why",
                "leg-resumed resume --leg L",
                "hold-set hold --scope LEG --leg L --reason why",
                "hold-lifted lift --scope RELEASE --release R",
                "discontinued denounce --reason why",
                "discontinued discontinue --reason why",
                "crisis-declared declare-crisis --trigger 1 --reason typhoon --leg L --days 10",
                "crisis-countersigned countersign-crisis --crisis " + ID,
                "crisis-ended end-crisis --crisis " + ID,
                "crisis-reviewed review-crisis --crisis " + ID + " --findings none",
                "pack-opened open-pack --leg L --release R --reason typhoon",
                "release-recalled recall --release R --reason error --digest " + D,
                "destruction-confirmed confirm-destruction --recall " + ID + " --digest " + D + " --on 2026-11-01",
                "destruction-declined decline-destruction --recall " + ID + " --reason court",
                "deletion-recorded record-deletion --exchange E1,E2 --on 2026-11-01 --exports @exports.json",
                "error-reported report-error --release R --cell A.IT@2020 --cell A.FR --text wrong",
                "correction-given give-correction --corrects R --report " + ID + " --text right",
                "breach-notified notify-breach --what leak --when 2026-11-01T10:00:00Z --measures closed --release R",
                "question-asked ask --release R --cell A.IT@2020 --text why",
                "reply-given reply --thread " + ID + " --text because",
                "reconciliation-consented consent-reconciliation --rule @rule.json",
                "reconciliation-withdrawn withdraw-reconciliation --consent " + ID + " --reason why");
    }

    @ParameterizedTest
    @MethodSource("acts")
    void everyActIsMadeAndSignedWithoutANode(String line) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(line.split(" ")));
        String expected = words.removeFirst();
        List<String> typed = new ArrayList<>(List.of("act", words.removeFirst(), "@text.json", "--party", "ITA"));
        typed.addAll(words);
        assertEquals(0, officer(typed.toArray(String[]::new)), () -> terminal.err);
        SignedDocument signed = SignedDocument.parse(Files.readAllBytes(folder.resolve("out.json")));
        signed.verify();
        Instrument act = Instrument.parse(signed.payload());
        assertEquals(expected, act.word());
        assertEquals(agreement.digest(), act.digest());
        assertEquals("ITA", act.party());
        assertTrue(terminal.out.contains(act.id()), terminal.out);
    }

    @Test
    void aProposalSignedByAPersonCarriesItsText() throws Exception {
        assertEquals(0, officer("act", "propose", "@text.json", "--party", "ITA", "--counters", D), () -> terminal.err);
        SignedDocument act = SignedDocument.parse(CanonicalJson.encode(out().path("act")));
        Conclusion.Proposed proposed = (Conclusion.Proposed) Instrument.parse(act.payload());
        assertEquals(D, proposed.counters());
        assertEquals(agreement.id(), out().at("/text/id").asText());
    }

    @Test
    void aCorrectionCarriesTheCorrectedTextAndListsWhatItCorrects() throws Exception {
        ObjectNode tree = (ObjectNode) CanonicalJson.parseStrict(agreement.canonical());
        ((ObjectNode) tree.path("title")).put("en", "Memoramdum");
        Files.write(folder.resolve("defective.json"), CanonicalJson.encode(tree));
        assertEquals(
                0,
                officer(
                        "act",
                        "propose-correction",
                        "@text.json",
                        "--party",
                        "ITA",
                        "--defective",
                        "@defective.json",
                        "--reason",
                        "typo"),
                () -> terminal.err);
        SignedDocument act = SignedDocument.parse(CanonicalJson.encode(out().path("act")));
        TextChange.CorrectionProposed proposed = (TextChange.CorrectionProposed) Instrument.parse(act.payload());
        assertEquals(
                List.of(new TextChange.Place(
                        "/title/en", "Memoramdum", agreement.title().best("en"))),
                proposed.places());
        assertTrue(terminal.out.contains("Memoramdum"), terminal.out);
        assertEquals(agreement.id(), out().at("/text/id").asText());
    }

    @Test
    void aTextIsSignedWithNamePostAndFullPowersByAKeyOnAToken() throws Exception {
        SoftToken token = SoftToken.get();
        Path pin = terminal.secret("pin", SoftToken.PIN);
        assertEquals(
                0,
                officer(
                        "sign",
                        "@text.json",
                        "--key",
                        token.address() + "&pin-source=" + pin,
                        "--party",
                        "ITA",
                        "--name",
                        "Anna Rossi",
                        "--post",
                        "Director",
                        "--full-powers",
                        "FP 12"),
                () -> terminal.err);
        SignedDocument text = SignedDocument.parse(CanonicalJson.encode(out().path("text")));
        text.verify();
        assertEquals(token.certificate(), text.signatures().getFirst().certificate());
        SignedDocument act = SignedDocument.parse(CanonicalJson.encode(out().path("act")));
        Conclusion.Signed signed = (Conclusion.Signed) Instrument.parse(act.payload());
        assertEquals("FP 12", assertNotNullAnd(signed.signatory()).fullPowers());
        assertFalse(terminal.out.contains(SoftToken.PIN));
    }

    private static <T> T assertNotNullAnd(@org.jspecify.annotations.Nullable T value) {
        assertNotNull(value);
        return value;
    }

    @Test
    void aSignatureOnPaperIsAttestedByItsScan() throws Exception {
        String[] who = {"--name", "A. Rossi", "--post", "Minister", "--signed-on", "2026-11-20"};
        List<String> typed =
                new ArrayList<>(List.of("sign-paper", "@text.json", "--party", "ITA", "--scan", "@scan.pdf"));
        typed.addAll(List.of(who));
        assertEquals(0, officer(typed.toArray(String[]::new)), () -> terminal.err);
        Conclusion.SignedOnPaper paper = (Conclusion.SignedOnPaper)
                Instrument.parse(SignedDocument.parse(Files.readAllBytes(folder.resolve("out.json")))
                        .payload());
        assertEquals(
                java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Digests.sha256(Files.readAllBytes(folder.resolve("scan.pdf")))),
                paper.scan());
        typed.addAll(List.of("--scan-digest", D));
        assertEquals(2, officer(typed.toArray(String[]::new)));
        assertTrue(terminal.err.contains("--scan-digest"), terminal.err);
    }

    @Test
    void anUnknownTextAWrongPasswordAndAMissingOptionAreRefused() {
        terminal.file("none.json", "{}");
        assertEquals(1, officer("act", "resume", "@none.json", "--party", "ITA", "--leg", "L"));
        assertTrue(terminal.err.contains("file-unusable"), terminal.err);
        assertEquals(2, officer("act", "resume", "@text.json", "--party", "ITA"));
        assertEquals(2, officer("sign", "@text.json", "--name", "Rossi"));
        terminal.secret("password", "something else");
        assertEquals(1, officer("act", "resume", "@text.json", "--party", "ITA", "--leg", "L"));
        assertTrue(terminal.err.contains("key-file-invalid"), terminal.err);
        assertEquals(
                1, officer("act", "resume", "@text.json", "--party", "ITA", "--leg", "L", "--key", "pkcs11:token=T"));
        assertTrue(terminal.err.contains("key-file-invalid"), terminal.err);
    }
}
