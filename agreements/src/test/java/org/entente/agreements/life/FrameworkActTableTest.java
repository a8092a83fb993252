package org.entente.agreements.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.Nature;
import org.entente.agreements.Sample;
import org.junit.jupiter.api.Test;

/**
 * Every act in every state of a framework, against the table {@code acts-framework.csv}. PHL acts, but for two acts that are not its own:
 * MDA accedes, and the depositary accepts the accession of JOR, which waits wherever figures pass.
 */
class FrameworkActTableTest {
    private static final Instant SIGNED = Instant.parse("2026-05-01T09:00:00Z");
    private static final Instant SINCE = Instant.parse("2026-05-10T09:00:00Z");
    private static final ActTable TABLE =
            new ActTable("acts-framework.csv", FrameworkActTableTest::situations, FrameworkActTableTest::tries);

    private static Map<String, AgreementFile> situations(Nature nature) {
        Map<String, AgreementFile> all = new LinkedHashMap<>();
        Agreement text = text(nature, false);
        Acting phl = Acting.on(text, "PHL", SIGNED);
        List<Instrument> proposed = List.of(phl.by("ADD").proposed());
        all.put("DRAFT", AgreementFile.of(text, List.of()));
        all.put("PROPOSED", AgreementFile.of(text, proposed));
        all.put("SIGNED_BY_ONE", AgreementFile.of(text, Situations.plus(proposed, phl.signed())));
        all.put("IN_EFFECT", AgreementFile.of(text, happened(text)));
        Instant left = Instant.parse("2026-05-20T09:00:00Z");
        all.put(
                "AFTER_LEAVING",
                AgreementFile.of(
                        text, Situations.plus(happened(text), phl.at(left).withdrawn())));
        Agreement ended = text(nature, true);
        all.put("EXPIRED", AgreementFile.of(ended, happened(ended)));
        return all;
    }

    private static Agreement text(Nature nature, boolean ends) {
        return Frameworks.text(d -> {
            d.put("nature", nature.name());
            if (ends) {
                Sample.at(d, "/course").putObject("validity").put("until", "2026-06-30");
            }
        });
    }

    private static List<Instrument> happened(Agreement text) {
        Acting phl = Acting.on(text, "PHL", SIGNED);
        Acting later = phl.at(SINCE);
        return List.of(
                phl.by("ADD").proposed(),
                phl.signed(),
                phl.by("ITA").signed(),
                phl.by("ADD").signed(),
                later.by("JOR").acceded(Frameworks.state("JOR", "JO")),
                later.optedOut(Frameworks.AMONG_MEMBERS),
                consent(text));
    }

    private static FigureAct.ReconciliationConsented consent(Agreement text) {
        return Acting.on(text, "PHL", SINCE).reconciling("ITA", "RULE-1");
    }

    private static Map<String, ActTable.Try> tries(AgreementFile file) {
        Acting phl = Acting.on(file.agreement(), "PHL", Situations.NOW);
        List<Instrument> acts = new ArrayList<>(List.of(
                phl.proposed(),
                phl.initialled(),
                phl.signed(),
                phl.completed(),
                phl.provisional(),
                phl.by("MDA").acceded(Frameworks.state("MDA", "MD")),
                phl.by("ADD").accepted("JOR"),
                phl.optedOut(Frameworks.TO_SECRETARIAT),
                phl.optedIn(Frameworks.AMONG_MEMBERS),
                phl.declared(Frameworks.AMONG_MEMBERS),
                phl.withdrawn(),
                phl.excluding("ITA"),
                phl.chair("ITA"),
                phl.suspended(Frameworks.AMONG_MEMBERS),
                phl.held(),
                phl.denounced(),
                phl.discontinued(),
                phl.crisis(10),
                phl.recalled("REL-5"),
                phl.error(),
                phl.question("T1"),
                phl.reconciling("ITA", "RULE-2"),
                phl.reconcilingNoMore(consent(file.agreement()).id())));
        Map<String, ActTable.Try> tries = new LinkedHashMap<>();
        acts.forEach(act -> tries.put(act.word(), ActTable.Try.on(file, act)));
        return tries;
    }

    @Test
    void every_act_in_every_state_of_every_nature_is_allowed_or_refused_as_the_table_says() throws IOException {
        TABLE.check();
    }

    @Test
    void every_act_of_membership_is_in_the_table() {
        Set<String> missing = new TreeSet<>(Set.of(
                "acceded",
                "accession-accepted",
                "opted-out",
                "opted-in",
                "declared",
                "withdrawn",
                "excluded",
                "chair-handed-over"));
        missing.removeAll(TABLE.tried());
        assertEquals(Set.of(), missing);
    }
}
