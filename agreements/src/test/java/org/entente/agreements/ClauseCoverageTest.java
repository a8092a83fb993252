package org.entente.agreements;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All forty clauses can be written down, and nothing of what is written is lost. */
class ClauseCoverageTest {
    /** Clauses that are structure rather than text, each with a member that states it. */
    private static final String[][] STRUCTURED = {
        {"1", "/id"},
        {"2", "/parties"},
        {"3", "/parties/0/legalBasis"},
        {"4", "/definitions"},
        {"4", "/legs/0/population/concepts"},
        {"5", "/legs/0/purposes"},
        {"5", "/terms/use"},
        {"7", "/legs/0/cube"},
        {"8", "/legs/0/cube/neverCross"},
        {"8", "/legs/0/population/excluded"},
        {"9", "/legs/0/population/origins"},
        {"10", "/legs/0/standards"},
        {"11", "/terms/quality"},
        {"12", "/legs/0/disclosure"},
        {"13", "/legs/0/access"},
        {"14", "/terms/personalData"},
        {"15", "/legs/0/calendar/phases"},
        {"16", "/legs/0/answering/grounds"},
        {"16", "/legs/0/quota"},
        {"17", "/terms/transfer"},
        {"18", "/terms/security"},
        {"19", "/terms/correction"},
        {"20", "/parties/0/liaison"},
        {"21", "/legs/0/onward"},
        {"22", "/terms/publication"},
        {"23", "/terms/reciprocity"},
        {"25", "/terms/audit"},
        {"26", "/legs/0/retention"},
        {"27", "/terms/breach"},
        {"32", "/crisis"},
        {"33", "/accession"},
        {"34", "/federation"},
        {"35", "/terms/relation"},
        {"37", "/course/entryIntoForce"},
        {"38", "/course/amendment"},
        {"39", "/course/termination"},
        {"40", "/terms/status"},
    };

    @Test
    void every_one_of_the_forty_clauses_is_expressible() throws Exception {
        ObjectNode document = framework();
        Agreement agreement = Agreement.parse(org.entente.crypto.canonical.CanonicalJson.encode(document));
        JsonNode written = org.entente.crypto.canonical.CanonicalJson.parseStrict(agreement.canonical());
        Set<Integer> clauses = new TreeSet<>();
        for (String[] clause : STRUCTURED) {
            if (!written.at(clause[1]).isMissingNode()) {
                clauses.add(Integer.valueOf(clause[0]));
            }
        }
        agreement.articles().forEach(a -> clauses.add(a.clause()));
        assertEquals(new TreeSet<>(IntStream.rangeClosed(1, 40).boxed().toList()), clauses);
    }

    /** A framework with a secretariat, member legs and every optional clause. */
    static ObjectNode framework() {
        ObjectNode d = Sample.tree();
        d.put("kind", "FRAMEWORK").put("nature", "TREATY");
        ObjectNode secretariat = ((ArrayNode) d.get("parties")).addObject();
        secretariat.put("id", "ADD").put("form", "SECRETARIAT").put("role", "RECIPIENT");
        secretariat.put("rootCard", "a".repeat(43)).put("hostedBy", "IOM");
        secretariat.putObject("name").put("en", "Abu Dhabi Dialogue");
        secretariat.putArray("areas").add("PH").add("IT");
        secretariat.putArray("onBehalfOf").add("PHL").add("ITA");
        ObjectNode office = secretariat.putArray("authorities").addObject();
        office.put("id", "SEC").put("kind", "SECRETARIAT");
        office.putObject("name").put("en", "Secretariat");
        ObjectNode liaison = secretariat.putArray("liaison").addObject();
        liaison.put("authority", "SEC")
                .put("name", "N. N.")
                .put("substitute", "M. M.")
                .put("escalation", "Chair");
        liaison.putObject("post").put("en", "Focal point");
        liaison.putArray("contacts").add("focal@add.example");
        ObjectNode basis = Sample.at(d, "/parties/0").putArray("legalBasis").addObject();
        basis.put("reference", "RA 10625").put("article", "Section 6");
        basis.putObject("title").put("en", "Philippine Statistical Act");
        ObjectNode leg = Sample.leg(d, 0);
        leg.put("provider", "@MEMBERS").put("consumer", "ADD");
        leg.putArray("datasets").add("POSAS");
        ((ObjectNode) leg.get("population")).putArray("excluded").addObject().put("en", "Diplomatic staff");
        ((ObjectNode) leg.get("population")).put("referenceDate", "--01-01");
        ObjectNode phase = ((ObjectNode) leg.get("calendar")).putArray("phases").addObject();
        phase.put("from", "2028-01-01").putObject("obligation").put("en", "by level of education");
        ((ObjectNode) leg.get("calendar")).put("firstDelivery", "2027-10-31");
        ObjectNode answering = leg.putObject("answering");
        answering.put("mode", "APPROVAL").put("days", 10).put("fourEyes", true);
        ObjectNode ground = answering.putArray("grounds").addObject();
        ground.put("code", "SECRECY").putObject("text").put("en", "Statistical secrecy of the provider");
        optional(d);
        return d;
    }

    private static void optional(ObjectNode d) {
        ObjectNode accession = d.putObject("accession");
        accession.put("depositary", "ADD").put("optOutPerLeg", true).put("withdrawalNoticeDays", 90);
        accession.put("dataAfterLeaving", "STAYS_BOUND").putArray("openTo").add("MDA");
        ObjectNode federation = d.putObject("federation");
        federation.put("secretariat", "ADD").put("minimumReporting", 3);
        federation.putArray("rights").add("PULL").add("AGGREGATE").add("PUBLISH_PROFILE");
        ObjectNode crisis = d.putObject("crisis");
        crisis.putArray("triggers").addObject().put("en", "A disaster that displaces people.");
        crisis.putArray("declarableBy").add("PHL");
        crisis.putArray("countersigned").add("ITA");
        crisis.put("maxDays", 30).put("reviewDays", 60).put("extraLog", true);
        ObjectNode widening = crisis.putArray("widenings").addObject();
        widening.put("leg", Sample.STOCK).put("answerHours", 1).set("cube", d.at("/legs/0/cube"));
        ObjectNode pack = crisis.putArray("packs").addObject();
        pack.put("leg", Sample.STOCK).put("reportHours", 24).set("cube", d.at("/legs/0/cube"));
        ObjectNode parent = d.putObject("parent");
        parent.putObject("title").put("en", "Declaration of the ministers");
        Sample.at(d, "/course")
                .putObject("entryIntoForce")
                .put("rule", "AFTER_PARTIES")
                .put("parties", 2);
    }
}
