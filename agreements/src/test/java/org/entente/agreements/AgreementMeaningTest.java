package org.entente.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.entente.agreements.InvalidAgreementException.Problem;
import org.entente.agreements.InvalidAgreementException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AgreementMeaningTest {
    /** A register by age of people with one code. */
    private static void register(ObjectNode document, String dimension, String code) {
        ObjectNode held = Sample.at(document, "/legs/0/disclosure")
                .putArray("consumerKnows")
                .addObject();
        held.putObject("source").put("en", "Register");
        ObjectNode cells = held.putArray("cells").addObject();
        cells.putObject("codes").putArray(dimension).add(code);
        cells.putArray("by").add("AGE");
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                bad("/supersedes", "must name", d -> d.put("version", 2)),
                bad("/supersedes", "supersedes nothing", d -> d.put("supersedes", "s".repeat(43))),
                bad("/timeZone", "no known time zone", d -> d.put("timeZone", "Europe/Atlantis")),
                bad("/authenticTexts", "no authentic text in en", d -> d.put("authenticForm", "TEXT")),
                bad("/parent", "names the instrument", d -> d.put("nature", "TECHNICAL_ANNEX")),
                bad("/parties/1/id", "twice", d -> Sample.at(d, "/parties/1").put("id", "PHL")),
                bad(
                        "/parties/0/onBehalfOf",
                        "only a secretariat",
                        d -> Sample.at(d, "/parties/0").putArray("onBehalfOf").add("MDA")),
                bad(
                        "/parties/0/liaison/0/authority",
                        "no authority of PHL",
                        d -> Sample.at(d, "/parties/0/liaison/0").put("authority", "ISTAT")),
                bad(
                        "/parties/0/areas/0",
                        "not on the area list",
                        d -> Sample.at(d, "/parties/0").putArray("areas").add("XX")),
                bad(
                        "/areas/list/1/code",
                        "twice",
                        d -> Sample.at(d, "/areas/list/1").put("code", "PH")),
                leg("id", "twice", l -> l.put("id", Sample.DEPARTURES)),
                leg("provider", "no party", l -> l.put("provider", "MDA")),
                leg("consumer", "no party", l -> l.put("consumer", "MDA")),
                leg("provider", "only a framework", l -> l.put("provider", "@MEMBERS")),
                leg("consumer", "the same", l -> l.put("consumer", "ITA")),
                bad(
                        "/legs/0/disclosure/consumerKnows/0/cells/0/codes/SEX",
                        "no known token",
                        d -> register(d, "SEX", "@ALL")),
                bad("/legs/0/disclosure/consumerKnows/0/cells/0/by", "either", d -> register(d, "AGE", "_T")),
                bad(
                        "/legs/0/consumer",
                        "supplier only",
                        d -> Sample.at(d, "/parties/0").put("role", "SUPPLIER")),
                bad(
                        "/legs/0/provider",
                        "recipient only",
                        d -> Sample.at(d, "/parties/1").put("role", "RECIPIENT")),
                leg(
                        "access/authorities",
                        "no authority of PHL",
                        l -> ((ObjectNode) l.get("access"))
                                .putArray("authorities")
                                .add("ISTAT")),
                leg("cube/years/to", "ends before", l -> ((ObjectNode) l.at("/cube/years")).put("to", 1900)),
                leg(
                        "cube/dimensions/SEX",
                        "no known token",
                        l -> ((ArrayNode) l.at("/cube/dimensions/SEX/codes")).add("@WORLD")),
                leg(
                        "cube/neverCross/0",
                        "names its total",
                        l -> ((ObjectNode) l.at("/cube/dimensions/AGE")).remove("total")),
                leg(
                        "disclosure/threshold",
                        "needs a threshold",
                        l -> ((ObjectNode) l.get("disclosure")).remove("threshold")),
                leg(
                        "disclosure/roundingBase",
                        "does not round",
                        l -> ((ObjectNode) l.get("disclosure")).put("roundingBase", 3)),
                leg(
                        "onward/allowed/0/party",
                        "exactly when",
                        l -> ((ObjectNode) l.at("/onward/allowed/0")).put("recipient", "PARTY")),
                leg(
                        "onward/embargoDays",
                        "needs its days",
                        l -> ((ObjectNode) l.at("/onward/allowed/0")).put("condition", "AFTER_EMBARGO")),
                leg(
                        "calendar/due/0",
                        "no day",
                        l -> ((ObjectNode) l.get("calendar")).putArray("due").add("--02-31")),
                leg("answering/days", "0 days", l -> ((ObjectNode) l.get("answering")).put("days", 3)),
                leg(
                        "answering/days",
                        "at least one day",
                        l -> ((ObjectNode) l.get("answering")).put("mode", "APPROVAL")),
                leg("coverage/approval/authority", "no authority of ITA", l -> approval(l, "CFO")),
                bad(
                        "/course/entryIntoForce/rule",
                        "no internal procedures",
                        d -> Sample.at(d, "/course/entryIntoForce")
                                .put("rule", "DAYS_AFTER_LAST_NOTIFICATION")
                                .put("days", 30)),
                bad(
                        "/course/entryIntoForce/rule",
                        "both signatures",
                        d -> Sample.at(d, "/course/entryIntoForce")
                                .put("rule", "AFTER_PARTIES")
                                .put("parties", 2)),
                bad(
                        "/course/amendment/procedure",
                        "only a technical annex",
                        d -> Sample.at(d, "/course/amendment").put("procedure", "EXCHANGE_OF_LETTERS")),
                bad(
                        "/languages/prevailing",
                        "no authentic language",
                        d -> Sample.at(d, "/languages").put("prevailing", "fr")),
                bad(
                        "/articles/0/heading",
                        "in the authentic language fr",
                        d -> Sample.at(d, "/languages")
                                .putArray("authentic")
                                .add("en")
                                .add("fr")),
                bad(
                        "/terms/publication/publishesFirst",
                        "no party",
                        d -> Sample.at(d, "/terms/publication").put("publishesFirst", "MDA")),
                bad("/crisis/declarableBy", "no party", d -> crisis(d, "MDA", Sample.STOCK)),
                bad("/crisis/widenings/0/leg", "no leg", d -> crisis(d, "PHL", "NONE")));
    }

    private static void approval(ObjectNode leg, String authority) {
        ObjectNode approval = ((ObjectNode) leg.get("coverage")).putObject("approval");
        approval.put("name", "A. Rossi").put("authority", authority);
        approval.putObject("post").put("en", "Director");
        approval.putObject("reason").put("en", "Published by the office already.");
    }

    private static void crisis(ObjectNode document, String declarer, String leg) {
        ObjectNode crisis = document.putObject("crisis");
        crisis.putArray("triggers").addObject().put("en", "A disaster that displaces people.");
        crisis.putArray("declarableBy").add(declarer);
        crisis.put("maxDays", 30).put("reviewDays", 60).put("extraLog", true);
        ObjectNode widening = crisis.putArray("widenings").addObject();
        widening.put("leg", leg).set("cube", document.at("/legs/0/cube"));
    }

    private static Arguments leg(String member, String words, Consumer<ObjectNode> edit) {
        String pointer = "/legs/" + (member.equals("id") ? 1 : 0) + "/" + member;
        return bad(pointer, words, d -> edit.accept(Sample.leg(d, 0)));
    }

    private static Arguments bad(String pointer, String words, Consumer<ObjectNode> edit) {
        return Arguments.of(pointer, words, edit);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("contradictions")
    void a_contradiction_is_refused_at_its_place(String pointer, String words, Consumer<ObjectNode> edit) {
        InvalidAgreementException e = assertThrows(InvalidAgreementException.class, () -> Sample.read(edit));
        assertTrue(
                e.problems().stream()
                        .anyMatch(p -> p.pointer().equals(pointer)
                                && p.sentence().contains(words)
                                && p.reason() == Reason.MEANING),
                () -> "expected " + pointer + " " + words + " among " + e.problems());
    }

    @ParameterizedTest
    @MethodSource("dates")
    void a_date_that_is_none_is_refused(String date) {
        Problem problem = AgreementDocumentTest.problem(() -> Sample.read(d ->
                Sample.at(d, "/course/entryIntoForce").put("rule", "ON_DATE").put("date", date)));
        assertEquals(Reason.SCHEMA, problem.reason());
        assertEquals("/course/entryIntoForce/date", problem.pointer());
    }

    static Stream<String> dates() {
        return Stream.of("2026-02-30", "2026-2-3", "tomorrow", "2026-01-01T00:00:00Z");
    }
}
