package org.entente.agreements.lint;

import static org.entente.agreements.lint.Fault.ANNEX;
import static org.entente.agreements.lint.Fault.CRISIS;
import static org.entente.agreements.lint.Fault.RCP;
import static org.entente.agreements.lint.Fault.STOCK;
import static org.entente.agreements.lint.Fault.at;
import static org.entente.agreements.lint.Fault.fault;
import static org.entente.agreements.lint.Fault.known;
import static org.entente.agreements.lint.Fault.list;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.entente.agreements.Population.Concept;

/** Faults of the document as a whole: form, parties, passing on, crisis, framework and course. */
final class DocumentFaults {
    private DocumentFaults() {}

    static Stream<Fault> all() {
        return Stream.of(identity(), onward(), crisis(), course()).flatMap(s -> s);
    }

    private static Stream<Fault> identity() {
        return Stream.of(
                fault(
                        Rule.ANNEX_PARENT_VAGUE,
                        ANNEX,
                        "/parent",
                        d -> at(d, "/parent").remove("reference")),
                fault(
                        Rule.AUTHENTIC_TEXT_ODD_LANGUAGE,
                        ANNEX,
                        "/authenticTexts/1/language",
                        d -> list(d, "/authenticTexts")
                                .add(at(d, "/authenticTexts/0").deepCopy().put("language", "ro"))),
                fault(
                        Rule.AUTHENTIC_TEXT_TWICE,
                        ANNEX,
                        "/authenticTexts/1",
                        d -> list(d, "/authenticTexts")
                                .add(at(d, "/authenticTexts/0").deepCopy().put("sha256", "x".repeat(43)))),
                fault(
                        Rule.AUTHENTIC_TEXT_NO_PDF,
                        ANNEX,
                        "/authenticTexts/0/mediaType",
                        d -> at(d, "/authenticTexts/0").put("mediaType", "text/html")),
                fault(
                        Rule.LANGUAGES_WITHOUT_PREVAILING,
                        STOCK,
                        "/languages",
                        d -> list(d, "/languages/authentic").add("fr")),
                known(
                        Rule.CARD_DIFFERS,
                        STOCK,
                        "/parties/1/rootCard",
                        new LintFacts(
                                List.of(Around.structure()),
                                List.of(),
                                Map.of("PHL", "p".repeat(43), "ITA", "z".repeat(43)))),
                known(
                        Rule.CARD_UNKNOWN,
                        STOCK,
                        "/parties/1/rootCard",
                        new LintFacts(List.of(Around.structure()), List.of(), Map.of("PHL", "p".repeat(43)))),
                fault(
                        Rule.LEGAL_BASIS_MISSING,
                        STOCK,
                        "/parties/0",
                        d -> at(d, "/parties/0").remove("legalBasis")),
                fault(
                        Rule.MEMBER_AREA_MISSING,
                        RCP,
                        "/parties/0/areas",
                        d -> list(d, "/parties/0/areas").remove(1)),
                fault(
                        Rule.ROLE_UNUSED,
                        STOCK,
                        "/parties/0/role",
                        d -> list(d, "/legs").remove(1)),
                fault(Rule.CLAUSE_ABSENT, STOCK, "", d -> list(d, "/articles").remove(1)),
                fault(
                        Rule.ARTICLE_BESIDE_CLAUSE,
                        STOCK,
                        "/articles/0",
                        d -> at(d, "/articles/0").put("clause", 12)),
                fault(
                        Rule.ARTICLE_TWICE,
                        STOCK,
                        "/articles/1/clause",
                        d -> at(d, "/articles/1").put("clause", 6)));
    }

    private static Stream<Fault> onward() {
        String onward = "/legs/0/onward";
        return Stream.of(
                fault(
                        Rule.ONWARD_STRANGER,
                        STOCK,
                        onward + "/allowed/2/party",
                        d -> list(d, onward + "/allowed")
                                .addObject()
                                .put("recipient", "PARTY")
                                .put("party", "COLOMBO")
                                .put("condition", "FREE")),
                fault(
                        Rule.ONWARD_TO_ITSELF,
                        STOCK,
                        onward + "/allowed/2/party",
                        d -> list(d, onward + "/allowed")
                                .addObject()
                                .put("recipient", "PARTY")
                                .put("party", "ITA")
                                .put("condition", "FREE")),
                fault(
                        Rule.ONWARD_SECRETARIAT_MISSING,
                        STOCK,
                        onward + "/allowed/2/recipient",
                        d -> list(d, onward + "/allowed")
                                .addObject()
                                .put("recipient", "SECRETARIAT")
                                .put("condition", "FREE")),
                fault(
                        Rule.ONWARD_TWICE,
                        STOCK,
                        onward + "/allowed/2",
                        d -> list(d, onward + "/allowed")
                                .addObject()
                                .put("recipient", "OWN_MINISTRIES")
                                .put("condition", "PRIOR_CONSENT")),
                fault(
                        Rule.EMBARGO_IDLE,
                        STOCK,
                        onward + "/embargoDays",
                        d -> at(d, onward).put("embargoDays", 30)),
                fault(Rule.EMBARGO_DIFFERS, STOCK, onward + "/embargoDays", d -> {
                    at(d, onward).put("embargoDays", 30);
                    at(d, "/terms/publication").put("embargoDays", 60);
                }),
                fault(
                        Rule.PUBLICATION_CONTRADICTS_ONWARD,
                        STOCK,
                        onward,
                        d -> at(d, onward + "/allowed/1").put("condition", "FREE")),
                fault(Rule.MIRROR_BASES_DIFFER, ANNEX, "/legs/1/population/concepts", d -> {
                    at(d, "/terms/reciprocity").put("mirrorReports", true);
                    at(d, "/legs/1/population").putArray("concepts").add("BIRTH");
                }),
                fault(
                        Rule.RECIPROCITY_LEGS_DIFFER,
                        ANNEX,
                        "/legs/0",
                        d -> at(d, "/legs/1/cube").put("lagMonths", 12)),
                fault(
                        Rule.RECIPROCITY_ASYMMETRY_UNNAMED,
                        STOCK,
                        "/terms/reciprocity",
                        d -> at(d, "/terms/reciprocity").remove("asymmetry")));
    }

    private static Stream<Fault> crisis() {
        String widening = "/crisis/widenings/0";
        return Stream.of(
                fault(
                        Rule.CRISIS_CLAUSE_EMPTY,
                        CRISIS,
                        "/crisis",
                        d -> at(d, "/crisis").without(List.of("widenings", "packs"))),
                fault(Rule.CRISIS_COUNTERSIGNED_BY_ITSELF, CRISIS, "/crisis/countersigned", d -> {
                    at(d, "/crisis").putArray("declarableBy").add("PHL");
                    at(d, "/crisis").putArray("countersigned").add("PHL");
                }),
                fault(
                        Rule.CRISIS_DECLARER_UNINVOLVED,
                        CRISIS,
                        "/crisis/declarableBy/2",
                        d -> list(d, "/crisis/declarableBy").add("MDA")),
                fault(
                        Rule.CRISIS_NARROWER,
                        CRISIS,
                        widening + "/cube",
                        d -> list(d, widening + "/cube/dimensions/SEX/codes").remove(0)),
                fault(Rule.CRISIS_WITHOUT_EFFECT, CRISIS, widening, d -> {
                    at(d, widening).without(List.of("answerHours", "quota"));
                    at(d, widening).set("cube", d.at("/legs/0/cube"));
                }),
                fault(Rule.CRISIS_SLOWER, CRISIS, widening + "/answerHours", d -> {
                    at(d, "/legs/0/answering").put("mode", "APPROVAL").put("days", 1);
                    at(d, widening).put("answerHours", 48);
                }),
                fault(
                        Rule.CRISIS_QUOTA_NARROWER,
                        CRISIS,
                        widening + "/quota",
                        d -> at(d, widening + "/quota").put("per", "MONTH")),
                fault(
                        Rule.CRISIS_PACK_UNOPENABLE,
                        CRISIS,
                        "/crisis/packs/0",
                        d -> at(d, "/crisis").putArray("declarableBy").add("ITA")),
                fault(
                        Rule.CRISIS_PACK_BEYOND_WIDENING,
                        CRISIS,
                        "/crisis/packs/0/cube",
                        d -> list(d, "/crisis/packs/0/cube/dimensions/OCCUPATION/codes")
                                .add("OC1")),
                known(
                        Rule.CRISIS_OUTSIDE_UNIVERSE,
                        CRISIS,
                        widening + "/cube/dimensions/AGE",
                        Around.knowing(
                                CRISIS,
                                Around.holding(
                                        Set.of(Concept.BIRTH, Concept.CITIZENSHIP),
                                        Map.of("AGE", Set.of("_T", "Y_LT15", "Y15T24", "Y25T64", "Y_GE65"))))),
                fault(
                        Rule.CRISIS_UNLOGGED,
                        CRISIS,
                        "/crisis/extraLog",
                        d -> at(d, "/crisis").put("extraLog", false)));
    }

    private static Stream<Fault> course() {
        String entry = "/course/entryIntoForce";
        return Stream.of(
                fault(Rule.FRAMEWORK_WITHOUT_ACCESSION, RCP, "", d -> d.remove("accession")),
                fault(
                        Rule.ACCESSION_OPEN_TO_PARTY,
                        RCP,
                        "/accession/openTo/1",
                        d -> list(d, "/accession/openTo").add("PHL")),
                fault(Rule.ACCESSION_VOTE_WITHOUT_VOTERS, RCP, "/accession/acceptance", d -> {
                    at(d, "/accession").put("acceptance", "MAJORITY");
                    list(d, "/parties").elements().forEachRemaining(party -> {
                        if (!party.path("id").asText().equals("PHL")) {
                            ((ObjectNode) party).put("form", "SECRETARIAT");
                        }
                    });
                }),
                fault(
                        Rule.ACCESSION_EFFECT_LATE,
                        RCP,
                        "/accession/effectDays",
                        d -> at(d, "/accession").put("effectDays", 400)),
                fault(Rule.EXCLUSION_UNDECIDED, RCP, "/accession/exclusion", d -> {
                    at(d, "/accession").remove("exclusionBy");
                    at(d, "/accession").putObject("exclusion").put("en", "A member that passes figures on.");
                }),
                fault(Rule.EXCLUSION_WITHOUT_GROUNDS, RCP, "/accession/exclusionBy", d -> {
                    at(d, "/accession").remove("exclusion");
                    at(d, "/accession").put("exclusionBy", "CONSENSUS");
                }),
                fault(
                        Rule.MINIMUM_UNREACHABLE,
                        RCP,
                        "/federation/minimumReporting",
                        d -> at(d, "/federation").put("minimumReporting", 9)),
                fault(Rule.SECRETARIAT_WITHOUT_RIGHTS, RCP, "/parties/0", d -> d.remove("federation")),
                fault(
                        Rule.ENTRY_PARTIES_UNREACHABLE,
                        RCP,
                        entry + "/parties",
                        d -> at(d, entry).put("parties", 40)),
                fault(Rule.TREATY_WITHOUT_NOTIFICATIONS, STOCK, entry + "/rule", d -> d.put("nature", "TREATY")),
                fault(
                        Rule.PROVISIONAL_TOO_LATE,
                        STOCK,
                        entry + "/provisionalFrom",
                        d -> at(d, entry)
                                .put("rule", "ON_DATE")
                                .put("date", "2027-01-01")
                                .put("provisionalFrom", "2027-02-01")),
                fault(
                        Rule.PROVISIONAL_TWICE,
                        STOCK,
                        entry + "/provisionalByDeclaration",
                        d -> at(d, entry)
                                .put("rule", "ON_DATE")
                                .put("date", "2027-03-01")
                                .put("provisionalFrom", "2027-02-01")
                                .put("provisionalByDeclaration", true)),
                fault(
                        Rule.PROVISIONAL_IDLE,
                        STOCK,
                        entry,
                        d -> at(d, entry).put("rule", "ON_LAST_SIGNATURE").put("provisionalByDeclaration", true)),
                fault(
                        Rule.RENEWAL_NOTICE_TOO_LONG,
                        STOCK,
                        "/course/validity/renewal/noticeDays",
                        d -> at(d, "/course/validity/renewal").put("noticeDays", 3650)),
                fault(Rule.TERMINATION_WITHOUT_NOTICE, STOCK, "/course/termination/noticeDays", d -> {
                    d.put("nature", "TREATY");
                    at(d, "/course/termination").put("noticeDays", 0);
                }),
                fault(
                        Rule.MOU_BINDING,
                        STOCK,
                        "/terms/status/binding",
                        d -> at(d, "/terms/status").put("binding", true)),
                fault(Rule.TREATY_NOT_BINDING, STOCK, "/terms/status/binding", d -> d.put("nature", "TREATY")));
    }
}
