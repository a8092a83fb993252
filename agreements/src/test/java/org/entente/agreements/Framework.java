package org.entente.agreements;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.entente.crypto.canonical.CanonicalJson;

/** A framework agreement of a consultative process as tests use it. */
public final class Framework {
    private Framework() {}

    public static Agreement agreement() throws InvalidAgreementException {
        return Agreement.parse(CanonicalJson.encode(framework()));
    }

    /** A framework with a secretariat, member legs and every optional clause. */
    public static ObjectNode framework() {
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
