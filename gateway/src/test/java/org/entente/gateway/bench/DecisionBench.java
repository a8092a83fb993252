package org.entente.gateway.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.Template;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.decision.DataRequest;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Decisions;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.decision.Roles;
import org.entente.agreements.decision.Selection;
import org.entente.agreements.decision.TimeSelection;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.statistics.Structure;

/**
 * How many requests one core decides in a second with 200 agreements in effect: each request from another partner, most of them permitted,
 * with explicit codes, a named leg or none, at a time that moves on.
 */
final class DecisionBench {
    private static final int AGREEMENTS = 200;
    private static final Instant SIGNED = Instant.parse("2026-01-10T09:00:00Z");
    private static final Instant BEGIN = Instant.parse("2026-06-15T00:00:00Z");

    private record Question(DataRequest request, Facts facts) {}

    private final Duration warmUp;
    private final Duration measured;

    DecisionBench(Duration warmUp, Duration measured) {
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /** The figures by name. */
    Map<String, Double> run() throws InvalidAgreementException {
        List<AgreementFile> files = new ArrayList<>();
        for (int i = 0; i < AGREEMENTS; i++) {
            files.add(inEffect(i));
        }
        AgreementBook book = AgreementBook.of(files);
        List<Question> questions = questions(files);
        Roles roles = roles();
        perSecond(book, questions, roles, warmUp);
        return Map.of("decision.perSecond", perSecond(book, questions, roles, measured));
    }

    /** By the processor time of this one thread, so that other work of the machine does not count. */
    private static double perSecond(AgreementBook book, List<Question> questions, Roles roles, Duration time) {
        ThreadMXBean thread = ManagementFactory.getThreadMXBean();
        long begun = thread.getCurrentThreadCpuTime();
        long until = begun + time.toNanos();
        long done = 0;
        long permits = 0;
        while (thread.getCurrentThreadCpuTime() < until) {
            for (Question question : questions) {
                Decision decision = Decisions.decide(question.request(), book, question.facts(), roles);
                permits += decision instanceof Decision.Permit ? 1 : 0;
                done++;
            }
        }
        if (permits * 4 != done * 3) {
            throw new IllegalStateException("three in four are to be permitted, not " + permits + " of " + done);
        }
        return done * 1e9 / (thread.getCurrentThreadCpuTime() - begun);
    }

    private static String party(int i) {
        return "P" + (100 + i);
    }

    private static AgreementFile inEffect(int i) throws InvalidAgreementException {
        Map<String, String> values = new HashMap<>();
        values.put("id", "urn:uuid:6f1c5b1e-0d1c-4b7e-9a51-%012d".formatted(i));
        values.put("timeZone", "Europe/Rome");
        side(values, "origin", party(i), "O" + (100 + i));
        side(values, "destination", "ITA", "IT");
        Agreement agreement = Template.load("bilateral-diaspora-stock").fill(values);
        String digest = agreement.digest();
        List<Instrument> acts = List.of(
                new Conclusion.Proposed("urn:uuid:p" + i, agreement.id(), digest, "ITA", SIGNED),
                new Conclusion.Signed("urn:uuid:a" + i, agreement.id(), digest, "ITA", SIGNED, "c"),
                new Conclusion.Signed("urn:uuid:b" + i, agreement.id(), digest, party(i), SIGNED, "d"));
        return new AgreementFile(agreement, digest, acts);
    }

    private static void side(Map<String, String> values, String side, String party, String area) {
        values.put(side + ".id", party);
        values.put(side + ".name", "State " + party);
        values.put(side + ".area", area);
        values.put(side + ".rootCard", "r".repeat(43));
        values.put(side + ".authority", "OFFICE");
        values.put(side + ".authorityName", "Office of " + party);
        values.put(side + ".contact", "liaison@" + party + ".example");
    }

    private static List<Question> questions(List<AgreementFile> files) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Agreement agreement = files.get(i).agreement();
            String leg = agreement.legs().getFirst().id();
            SortedMap<String, Selection> selections = new TreeMap<>();
            selections.put("FREQ", Selection.of("A"));
            selections.put("SEX", Selection.of("F", "M", "_T"));
            // Every fourth asks for an age group that no leg allows.
            selections.put("AGE", i % 4 == 3 ? Selection.of("Y30T34") : Selection.of("_T", "Y15T24"));
            DataRequest request = new DataRequest(
                    party(i),
                    "ITA",
                    i % 2 == 0 ? files.get(i).digest() : null,
                    i % 2 == 0 ? leg : null,
                    agreement.legs().getFirst().dataflow(),
                    "statistics",
                    "statistician",
                    null,
                    selections,
                    TimeSelection.range("2010", null));
            questions.add(new Question(request, facts(agreement.id(), leg, i)));
        }
        return questions;
    }

    private static Facts facts(String agreement, String leg, int i) {
        SortedMap<SensitiveGroup, Facts.Presence> groups = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            groups.put(group, Facts.Presence.EXCLUDED);
        }
        SortedMap<String, Facts.QuotaUse> quotas = new TreeMap<>();
        quotas.put(Facts.quotaKey(agreement, leg), new Facts.QuotaUse(BEGIN, i, 0));
        return new Facts(
                BEGIN.plusSeconds(i),
                Facts.Side.PROVIDER,
                List.of(),
                quotas,
                new Facts.DatasetCoverage("IT-STOCK", groups, List.of()),
                new Facts.Release("REL-1", "IT-STOCK", "final"),
                i);
    }

    private static Roles roles() {
        Structure structure = DiasporaStructure.load().structure();
        return new Roles(
                structure.keyDimensions().stream().map(Dimension::id).toList(),
                structure.reportingArea().id(),
                structure
                        .dimension(Dimension.Role.COUNTERPART_AREA)
                        .map(Dimension::id)
                        .orElseThrow(),
                structure.time().id());
    }
}
