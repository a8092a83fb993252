package org.entente.agreements.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.entente.agreements.Agreement;
import org.entente.agreements.Sample;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.jspecify.annotations.Nullable;

/** A decision to be made: by default PHL asks ITA for the whole stock leg under the signed memorandum, and everything is in order. */
final class Case {
    static final Instant SIGNED = Instant.parse("2026-01-10T09:00:00Z");
    static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");
    static final Roles ROLES = new Roles(
            List.of(
                    "FREQ",
                    "REF_AREA",
                    "REF_REGION",
                    "COUNTERPART_AREA",
                    "COUNTERPART_REGION",
                    "ORIGIN_BASIS",
                    "SEX",
                    "AGE",
                    "EDUCATION_LEV",
                    "OCCUPATION",
                    "DURATION",
                    "REASON",
                    "STAY",
                    "INDICATOR",
                    "UNIT_MEASURE"),
            "REF_AREA",
            "COUNTERPART_AREA",
            "TIME_PERIOD");

    DataRequest request = new DataRequest(
            "PHL",
            "ITA",
            Sample.ID,
            Sample.STOCK,
            null,
            "statistics",
            "statistician",
            null,
            new TreeMap<>(),
            TimeSelection.ALL);
    Facts facts = new Facts(NOW, Facts.Side.PROVIDER, List.of(), quotaUsed(0), excluded(), null, 7);
    List<AgreementFile> files = List.of(inEffect(Sample.agreement()));
    Roles roles = ROLES;

    static Case edited(Consumer<ObjectNode> edit) {
        Case c = new Case();
        c.files = List.of(inEffect(Sample.edited(edit)));
        return c;
    }

    static AgreementFile inEffect(Agreement agreement) {
        return AgreementFile.of(agreement, signatures(agreement));
    }

    static List<Instrument> signatures(Agreement agreement) {
        List<Instrument> acts = new ArrayList<>();
        String digest = agreement.digest();
        acts.add(new Conclusion.Proposed("urn:uuid:1", agreement.id(), digest, "PHL", SIGNED));
        acts.add(new Conclusion.Signed("urn:uuid:2", agreement.id(), digest, "PHL", SIGNED, "c"));
        acts.add(new Conclusion.Signed("urn:uuid:3", agreement.id(), digest, "ITA", SIGNED, "d"));
        return acts;
    }

    static SortedMap<String, Facts.QuotaUse> quotaUsed(int requests) {
        SortedMap<String, Facts.QuotaUse> use = new TreeMap<>();
        for (String leg : List.of(Sample.STOCK, Sample.DEPARTURES)) {
            use.put(
                    Facts.quotaKey(Sample.ID, leg),
                    new Facts.QuotaUse(Instant.parse("2026-06-15T00:00:00Z"), requests, 0));
        }
        return use;
    }

    static Facts.DatasetCoverage excluded() {
        return covers(Facts.Presence.EXCLUDED, SensitiveGroup.REFUGEES);
    }

    /** Every group excluded but this one. */
    static Facts.DatasetCoverage covers(Facts.Presence presence, SensitiveGroup group, Facts.Approval... approvals) {
        SortedMap<SensitiveGroup, Facts.Presence> groups = new TreeMap<>();
        for (SensitiveGroup each : SensitiveGroup.values()) {
            groups.put(each, each == group ? presence : Facts.Presence.EXCLUDED);
        }
        return new Facts.DatasetCoverage("IT-STOCK", groups, List.of(approvals));
    }

    Case facts(UnaryOperator<Facts> change) {
        facts = change.apply(facts);
        return this;
    }

    Case coverage(Facts.@Nullable DatasetCoverage coverage) {
        facts = new Facts(
                facts.now(),
                facts.side(),
                facts.holds(),
                facts.quotas(),
                coverage,
                facts.release(),
                facts.journalSize());
        return this;
    }

    Case holds(Facts.Hold... holds) {
        Facts.Release release = new Facts.Release("REL-1", "IT-STOCK", "final");
        facts = new Facts(
                facts.now(),
                facts.side(),
                List.of(holds),
                facts.quotas(),
                facts.coverage(),
                release,
                facts.journalSize());
        return this;
    }

    Case now(String now) {
        facts = new Facts(
                Instant.parse(now),
                facts.side(),
                facts.holds(),
                facts.quotas(),
                facts.coverage(),
                facts.release(),
                facts.journalSize());
        return this;
    }

    Case select(String dimension, String... codes) {
        SortedMap<String, Selection> selections = new TreeMap<>(request.selections());
        selections.put(dimension, Selection.of(codes));
        return request(new DataRequest(
                request.consumer(),
                request.provider(),
                request.agreement(),
                request.leg(),
                request.dataflow(),
                request.purpose(),
                request.role(),
                request.authority(),
                selections,
                request.time()));
    }

    Case time(TimeSelection time) {
        return request(new DataRequest(
                request.consumer(),
                request.provider(),
                request.agreement(),
                request.leg(),
                request.dataflow(),
                request.purpose(),
                request.role(),
                request.authority(),
                request.selections(),
                time));
    }

    Case request(DataRequest changed) {
        request = changed;
        return this;
    }

    /** Who asks whom under what, for the whole cube. */
    Case asks(String consumer, String provider, @Nullable String agreement, @Nullable String leg) {
        return request(new DataRequest(
                consumer,
                provider,
                agreement,
                leg,
                null,
                request.purpose(),
                request.role(),
                request.authority(),
                request.selections(),
                request.time()));
    }

    Case as(String purpose, String role, @Nullable String authority) {
        return request(new DataRequest(
                request.consumer(),
                request.provider(),
                request.agreement(),
                request.leg(),
                request.dataflow(),
                purpose,
                role,
                authority,
                request.selections(),
                request.time()));
    }

    Decision decide() {
        return Decisions.decide(request, files, facts, roles);
    }

    Decision.Permit permit() {
        Decision decision = decide();
        if (decision instanceof Decision.Permit permit) {
            return permit;
        }
        throw new AssertionError("refused: " + ((Decision.Refusal) decision).reasons());
    }

    List<Reason> reasons() {
        Decision decision = decide();
        if (decision instanceof Decision.Refusal refusal) {
            return refusal.reasons();
        }
        throw new AssertionError("permitted: " + decision);
    }

    /** The only reason there is. */
    Reason reason() {
        List<Reason> reasons = reasons();
        if (reasons.size() != 1) {
            throw new AssertionError("one reason expected: " + reasons);
        }
        return reasons.get(0);
    }
}
