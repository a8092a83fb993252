package org.entente.agreements.life;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.entente.agreements.Agreement;
import org.entente.agreements.Nature;
import org.entente.agreements.Sample;

/**
 * A bilateral agreement with every clause that an act may need, in every state it can be in on {@link #NOW}. Where figures may have passed,
 * the other side has done what an act can answer: three crises, a recall, an error report and a question; and PHL has suspended one leg and
 * holds one release.
 */
final class Situations {
    static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final Instant SIGNED = Instant.parse("2026-05-01T09:00:00Z");
    private static final Instant SINCE = Instant.parse("2026-06-05T09:00:00Z");

    private final Nature nature;

    private Situations(Nature nature) {
        this.nature = nature;
    }

    /** By name, in the order of an agreement's life; a state that this nature does not know is left out. */
    static Map<String, AgreementFile> of(Nature nature) {
        return new Situations(nature).all();
    }

    private Map<String, AgreementFile> all() {
        Map<String, AgreementFile> all = new LinkedHashMap<>();
        Agreement later = document(d -> waits(d, "2027-01-01"));
        Acting phl = Acting.on(later, "PHL", SIGNED);
        Acting ita = phl.by("ITA");
        List<Instrument> proposed = List.of(ita.proposed());
        all.put("DRAFT", AgreementFile.of(later, List.of()));
        all.put("PROPOSED", AgreementFile.of(later, proposed));
        all.put("INITIALLED", AgreementFile.of(later, plus(proposed, phl.initialled(), ita.initialled())));
        all.put("SIGNED_BY_ONE", AgreementFile.of(later, plus(proposed, phl.signed())));
        List<Instrument> signed = plus(proposed, phl.signed(), ita.signed());
        all.put("SIGNED", AgreementFile.of(later, signed));
        if (nature != Nature.MOU) {
            Instant lately = Instant.parse("2026-06-28T09:00:00Z");
            all.put(
                    "PROCEDURES_COMPLETED",
                    AgreementFile.of(
                            later,
                            plus(
                                    signed,
                                    phl.at(lately).completed(),
                                    ita.at(lately).completed())));
        }
        all.put("PROVISIONALLY_APPLIED", provisional());
        all.put("IN_EFFECT", inEffect(document(d -> waits(d, "2026-06-01")), List.of()));
        all.put("NOTICE_GIVEN", noticed("2026-06-29T09:00:00Z"));
        all.put("DENOUNCED", noticed("2026-06-10T09:00:00Z"));
        all.put(
                "EXPIRED",
                inEffect(
                        document(d -> {
                            waits(d, "2026-06-01");
                            Sample.at(d, "/course").putObject("validity").put("until", "2026-06-30");
                        }),
                        List.of()));
        return all;
    }

    private AgreementFile provisional() {
        Agreement text = document(d -> {
            waits(d, "2027-01-01");
            if (nature == Nature.MOU) {
                Sample.at(d, "/course/entryIntoForce").put("provisionalFrom", "2026-06-01");
            }
        });
        Acting phl = Acting.on(text, "PHL", SIGNED);
        Acting ita = phl.by("ITA");
        List<Instrument> acts = plus(List.of(ita.proposed()), phl.signed(), ita.signed());
        if (nature != Nature.MOU) {
            acts.add(phl.provisional());
            acts.add(ita.provisional());
        }
        return AgreementFile.of(text, plus(acts, happened(phl)));
    }

    private AgreementFile noticed(String at) {
        Agreement text = document(d -> waits(d, "2026-06-01"));
        return inEffect(text, List.of(Acting.on(text, "ITA", Instant.parse(at)).notice()));
    }

    private AgreementFile inEffect(Agreement text, List<Instrument> more) {
        Acting phl = Acting.on(text, "PHL", SIGNED);
        Acting ita = phl.by("ITA");
        List<Instrument> acts = plus(List.of(ita.proposed()), phl.signed(), ita.signed());
        if (nature != Nature.MOU) {
            acts.add(phl.completed());
            acts.add(ita.completed());
        }
        acts.addAll(List.of(happened(phl)));
        acts.addAll(more);
        return AgreementFile.of(text, acts);
    }

    /** What has happened since figures may pass. */
    private static Instrument[] happened(Acting signer) {
        Acting phl = signer.at(SINCE);
        Acting ita = phl.by("ITA");
        CrisisAct.CrisisDeclared over = ita.crisis(3);
        CrisisAct.CrisisDeclared lasts = ita.at(SINCE.plusSeconds(60)).crisis(30);
        CrisisAct.CrisisDeclared open = openCrisis(phl);
        return new Instrument[] {
            over,
            phl.at(SINCE.plusSeconds(30)).countersigned(over.id()),
            lasts,
            phl.at(SINCE.plusSeconds(90)).countersigned(lasts.id()),
            open,
            ita.recalled("REL-1"),
            ita.error(),
            ita.question("T1"),
            phl.at(SINCE).reconciling("ITA", "RULE-1"),
            phl.suspended(Sample.DEPARTURES),
            phl.heldRelease("REL-9")
        };
    }

    private static CrisisAct.CrisisDeclared openCrisis(Acting any) {
        return any.by("ITA").at(SINCE.plusSeconds(120)).crisis(30);
    }

    /** Ids of what happened, for acts that refer to it. */
    static String overCrisis(AgreementFile file) {
        return Acting.on(file.agreement(), "ITA", SINCE).crisis(3).id();
    }

    static String lastingCrisis(AgreementFile file) {
        return Acting.on(file.agreement(), "ITA", SINCE.plusSeconds(60))
                .crisis(30)
                .id();
    }

    static String openCrisis(AgreementFile file) {
        return openCrisis(Acting.on(file.agreement(), "ITA", SINCE)).id();
    }

    static String recall(AgreementFile file) {
        return Acting.on(file.agreement(), "ITA", SINCE).recalled("REL-1").id();
    }

    static String report(AgreementFile file) {
        return Acting.on(file.agreement(), "ITA", SINCE).error().id();
    }

    static String consent(AgreementFile file) {
        return Acting.on(file.agreement(), "PHL", SINCE)
                .reconciling("ITA", "RULE-1")
                .id();
    }

    private Agreement document(Consumer<ObjectNode> edit) {
        return Sample.edited(d -> {
            d.put("nature", nature.name());
            ((ObjectNode) d.get("course")).remove("validity");
            Sample.at(d, "/course/termination").put("noticeDays", 5);
            if (nature == Nature.TECHNICAL_ANNEX) {
                d.putObject("parent").putObject("title").put("en", "Agreement on statistics");
                Sample.at(d, "/course/amendment").put("procedure", "EXCHANGE_OF_LETTERS");
            }
            crisis(d);
            edit.accept(d);
        });
    }

    static void crisis(ObjectNode d) {
        ObjectNode crisis = d.putObject("crisis");
        crisis.putArray("triggers").addObject().put("en", "A disaster that displaces people.");
        crisis.putArray("declarableBy").add("PHL").add("ITA");
        crisis.put("maxDays", 30).put("reviewDays", 60).put("extraLog", true);
        ObjectNode widening = crisis.putArray("widenings").addObject();
        widening.put("leg", Sample.STOCK).put("answerHours", 1).set("cube", d.at("/legs/0/cube"));
        ObjectNode pack = crisis.putArray("packs").addObject();
        pack.put("leg", Sample.STOCK).put("reportHours", 24).set("cube", d.at("/legs/0/cube"));
    }

    private void waits(ObjectNode d, String day) {
        ObjectNode entry = Sample.at(d, "/course").putObject("entryIntoForce");
        if (nature == Nature.MOU) {
            entry.put("rule", "ON_DATE").put("date", day);
        } else {
            entry.put("rule", "DAYS_AFTER_LAST_NOTIFICATION").put("days", 10).put("provisionalByDeclaration", true);
        }
    }

    static List<Instrument> plus(List<Instrument> acts, Instrument... more) {
        List<Instrument> all = new ArrayList<>(acts);
        all.addAll(List.of(more));
        return all;
    }
}
