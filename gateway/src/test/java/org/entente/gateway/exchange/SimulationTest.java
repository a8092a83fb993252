package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.prose.Difference;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.Roles;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a text would let out, seen before it is signed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulationTest {
    private static final String EVERYTHING = "/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/*.IT";

    private Corridor corridor;

    @BeforeAll
    void open() {
        corridor = Corridor.open();
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private Agreement signed() {
        return corridor.ita()
                .bean(Treaties.class)
                .get(corridor.agreement())
                .file()
                .agreement();
    }

    private Agreement changed(Consumer<ObjectNode> change) {
        ObjectNode text = (ObjectNode) CanonicalJson.parseStrict(signed().canonical());
        text.put("version", 2).put("supersedes", signed().digest());
        text.path("legs").forEach(leg -> {
            if (leg.path("provider").asText().equals("ITA")) {
                change.accept((ObjectNode) leg);
            }
        });
        try {
            return Agreement.parse(CanonicalJson.encode(text));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    private Simulation.Count count(Agreement text, @Nullable Agreement against) {
        List<Simulation.Count> legs =
                corridor.ita().bean(Simulation.class).count(text, against, "en").legs();
        assertEquals(1, legs.size(), "the one leg by which ITA answers");
        return legs.getFirst();
    }

    private static void only(ObjectNode leg, String dimension, String... codes) {
        ObjectNode rule = (ObjectNode) leg.path("cube").path("dimensions").path(dimension);
        ArrayNode list = rule.putArray("codes");
        for (String code : codes) {
            list.add(code);
        }
    }

    @Test
    void whatIsForeseenIsWhatThePartnerGets() {
        long entries = corridor.ita().bean(Journal.class).size();
        Simulation.Count count = count(signed(), null);
        assertEquals(entries, corridor.ita().bean(Journal.class).size());

        byte[] body = corridor.phl()
                .bean(Asking.class)
                .ask(corridor.question(EVERYTHING).asFresh())
                .body();

        long answered = new String(body, StandardCharsets.UTF_8).lines().count() - 1;
        assertEquals(answered, count.granted());
        assertEquals("PHL", count.consumer());
        assertEquals(List.of(), count.sentences());
        assertEquals(
                count.cells() - count.granted(),
                count.notGranted().values().stream().mapToLong(Long::longValue).sum());
        assertTrue(count.notGranted().containsKey("codes-outside COUNTERPART_AREA"), count.toString());
        assertNull(count.gained());
    }

    @Test
    void aNarrowerTextLosesExactlyTheCellsThatItLeavesOut() {
        Agreement narrower = changed(leg -> only(leg, "SEX", "_T"));
        Simulation.Count now = count(signed(), null);
        Simulation.Count later = count(narrower, signed());

        assertEquals(0L, later.gained());
        assertEquals(now.granted() - later.granted(), later.lost());
        assertTrue(later.granted() > 0 && later.granted() < now.granted(), later.toString());
        assertTrue(later.notGranted().containsKey("codes-outside SEX"), later.toString());
        String words = Objects.requireNonNull(corridor.ita()
                        .bean(Simulation.class)
                        .count(narrower, signed(), "en")
                        .words())
                .plain();
        assertTrue(words.contains("SEX") || words.contains("sex"), words);
        Simulation.Count back = count(signed(), narrower);
        assertEquals(later.lost(), back.gained());
        assertEquals(0L, back.lost());
    }

    @Test
    void laterYearsOnlyLoseTheEarlierPeriods() {
        Agreement later = changed(leg -> ((ObjectNode) leg.path("cube").path("years")).put("from", 2010));
        Simulation.Count count = count(later, signed());
        assertTrue(count.notGranted().getOrDefault("period", 0L) > 0, count.toString());
        assertEquals(count.notGranted().get("period"), count.lost());
    }

    @Test
    void aLegThatIsGoneLosesEverythingThatItGranted() {
        ObjectNode text = (ObjectNode) CanonicalJson.parseStrict(signed().canonical());
        text.put("version", 2).put("supersedes", signed().digest());
        ArrayNode legs = (ArrayNode) text.path("legs");
        for (int i = legs.size() - 1; i >= 0; i--) {
            if (legs.get(i).path("provider").asText().equals("ITA")) {
                legs.remove(i);
            }
        }
        Agreement without;
        try {
            without = Agreement.parse(CanonicalJson.encode(text));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
        Simulation.Count count = count(without, signed());
        assertEquals(0, count.granted());
        assertEquals(count(signed(), null).granted(), count.lost());
        assertEquals(List.of("the leg is not in this text"), count.sentences());
    }

    @Test
    void cellsAreListedWithTheReasonForEachThatIsNotGranted() throws IOException {
        StringBuilder csv = new StringBuilder();
        corridor.ita().bean(Simulation.class).list(signed(), null, csv);
        List<String> lines = csv.toString().lines().toList();
        Simulation.Count count = count(signed(), null);

        assertEquals(count.cells() + 1, lines.size());
        assertTrue(lines.getFirst().startsWith("LEG,WHEN,CONSUMER,DATASET,RELEASE,FREQ,REF_AREA,"), lines.getFirst());
        assertTrue(lines.getFirst().endsWith(",TIME_PERIOD,BEFORE,AFTER,REASON"), lines.getFirst());
        assertEquals(
                count.granted(),
                lines.stream().filter(line -> line.endsWith(",,yes,")).count());
        assertTrue(lines.stream().anyMatch(line -> line.endsWith(",,no,codes-outside COUNTERPART_AREA")));
    }

    @Test
    void staffSimulateOverHttpAndAMalformedTextIsRefusedByName() {
        corridor.ita().user("negotiator", Roles.TREATY_OFFICER);
        StaffClient officer = corridor.ita().signIn("negotiator");
        String text = new String(signed().canonical(), StandardCharsets.UTF_8);

        var result = officer.send("POST", "/api/simulation?against=" + signed().digest(), text);
        assertEquals(200, result.statusCode(), result.body());
        assertEquals(
                0, StaffClient.json(result).path("legs").get(0).path("lost").asInt(-1));
        var cells = officer.send("POST", "/api/simulation/cells", text);
        assertEquals(
                "text/csv; charset=utf-8",
                cells.headers().firstValue("content-type").orElse(""));
        var refused = officer.send("POST", "/api/simulation", "{}");
        assertEquals("agreement-invalid", StaffClient.problem(refused));
        assertEquals(
                "agreement-unknown", StaffClient.problem(officer.send("POST", "/api/simulation?against=none", text)));
    }

    @Test
    void whatChangesIsSaidInTheReadersLanguage() {
        corridor.ita().user("reader", Roles.TREATY_OFFICER);
        StaffClient officer = corridor.ita().signIn("reader");
        Agreement narrower = changed(leg -> ((ObjectNode) leg.path("retention")).put("months", 7));
        String text = new String(narrower.canonical(), StandardCharsets.UTF_8);
        String path = "/api/simulation?against=" + signed().digest();
        for (String language : List.of("en", "fr", "es", "ar")) {
            var asked = officer.send("POST", path + "&language=" + language, text);
            var preferred = officer.send("POST", path, text, "Accept-Language", language + "-XX,tlh;q=0.9");
            assertEquals(200, asked.statusCode(), asked.body());
            assertEquals(asked.body(), preferred.body());
            assertEquals(
                    language, preferred.headers().firstValue("content-language").orElse(""));
            assertEquals(
                    Difference.between(signed(), narrower, language).title(),
                    StaffClient.json(asked).at("/words/title").asText());
        }
        assertEquals("request-malformed", StaffClient.problem(officer.send("POST", path + "&language=tlh", text)));
        assertEquals(
                "en",
                officer.send("POST", path, text, "Accept-Language", "tlh, ;;")
                        .headers()
                        .firstValue("content-language")
                        .orElse(""));
    }

    @Test
    void whatACrisisWouldLetOutBesidesIsShownApart() throws IOException {
        ObjectNode text = (ObjectNode) CanonicalJson.parseStrict(signed().canonical());
        text.put("version", 2).put("supersedes", signed().digest());
        ObjectNode leg = (ObjectNode) text.path("legs").get(0);
        assertEquals("ITA", leg.path("provider").asText());
        ObjectNode wide = leg.path("cube").deepCopy();
        only(leg, "SEX", "_T");
        ObjectNode crisis = text.putObject("crisis");
        crisis.putArray("triggers").addObject().put("en", "A natural disaster.");
        crisis.putArray("declarableBy").add("PHL");
        crisis.put("maxDays", 30).put("reviewDays", 60).put("extraLog", true);
        ObjectNode widening = crisis.putArray("widenings").addObject();
        widening.put("leg", leg.path("id").asText());
        widening.set("cube", wide.deepCopy());
        ObjectNode pack = crisis.putArray("packs").addObject();
        pack.put("leg", leg.path("id").asText()).put("reportHours", 24);
        pack.set("cube", wide);
        Agreement withCrisis;
        try {
            withCrisis = Agreement.parse(CanonicalJson.encode(text));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }

        List<Simulation.Count> ways = corridor.ita()
                .bean(Simulation.class)
                .count(withCrisis, signed(), "en")
                .legs();

        assertEquals(
                List.of(Simulation.When.ALWAYS, Simulation.When.CRISIS, Simulation.When.PACK),
                ways.stream().map(Simulation.Count::when).toList());
        long asUsual = ways.get(0).granted();
        long whole = count(signed(), null).granted();
        assertTrue(asUsual > 0 && asUsual < whole, asUsual + " of " + whole);
        assertEquals(whole, ways.get(1).granted());
        assertEquals(whole, ways.get(2).granted());
        assertEquals(whole - asUsual, ways.get(0).lost());
        assertEquals(whole, ways.get(1).gained(), "the text before has no crisis clause");
        StringBuilder csv = new StringBuilder();
        corridor.ita().bean(Simulation.class).list(withCrisis, null, csv);
        assertEquals(
                whole,
                csv.toString()
                        .lines()
                        .filter(line -> line.contains(",PACK,") && line.endsWith(",,yes,"))
                        .count());
    }

    @Test
    void whyNothingPassesIsSaidInTheReadersLanguage() {
        Agreement stricter =
                changed(leg -> ((ObjectNode) leg.path("coverage").path("groups")).put("REFUGEES", "EXCLUDED"));
        Agreement protective = changed(leg -> ((ObjectNode) leg.path("disclosure"))
                .put("method", "SUPPRESSION")
                .put("threshold", 5)
                .put("secondary", true)
                .put("publicSourcesPass", false));
        for (Agreement text : List.of(stricter, protective)) {
            List<String> english = sentences(text, "en");
            List<String> french = sentences(text, "fr");
            assertEquals(english.size(), french.size());
            french.forEach(sentence -> assertFalse(english.contains(sentence), sentence));
        }
        assertTrue(sentences(protective, "fr").getFirst().startsWith("la publication n’est pas protégée"));
    }

    private List<String> sentences(Agreement text, String language) {
        return corridor.ita()
                .bean(Simulation.class)
                .count(text, null, language)
                .legs()
                .getFirst()
                .sentences();
    }
}
