package org.entente.gateway.evidence.obligations;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.entente.agreements.Iso;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.AuditLooks;
import org.entente.gateway.evidence.CsvLines;
import org.entente.gateway.evidence.Draw;
import org.entente.gateway.evidence.obligations.Obligation.Duty;
import org.entente.gateway.evidence.obligations.Obligation.Outcome;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.Delivery;
import org.entente.gateway.treaties.Treaties;
import org.entente.gateway.treaties.Treaty;
import org.jspecify.annotations.Nullable;

/** What was owed under an agreement in a year, by either side, as this node's journal shows it. */
@Singleton
public class Obligations {
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2200;

    private final Treaties treaties;
    private final DeliveryDuties deliveries;
    private final ExchangeDuties exchanges;
    private final QuotaDuties quotas;
    private final NodeIdentity identity;
    private final AuditLooks looks;
    private final Clock clock;

    Obligations(
            Treaties treaties,
            DeliveryDuties deliveries,
            ExchangeDuties exchanges,
            QuotaDuties quotas,
            NodeIdentity identity,
            AuditLooks looks,
            Clock clock) {
        this.treaties = treaties;
        this.deliveries = deliveries;
        this.exchanges = exchanges;
        this.quotas = quotas;
        this.identity = identity;
        this.looks = looks;
        this.clock = clock;
    }

    /**
     * What is asked for.
     *
     * @param agreement id of the agreement, or the digest of one of its texts
     * @param year of the agreement's time zone in which something falls due
     * @param sample how many are drawn at random, for testing; null for all
     * @param seed what makes the draw the same again
     */
    public record Asked(
            String agreement,
            int year,
            @Nullable Integer sample,
            @Nullable String seed) {
        Map<String, Object> toJson() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("agreement", agreement);
            json.put("year", year);
            if (sample != null) {
                json.put("sample", sample);
                json.put("seed", seed == null ? "" : seed);
            }
            return json;
        }
    }

    /** How many obligations of a kind had an outcome. */
    public record Total(Duty duty, Outcome outcome, long count) {}

    /**
     * How often staff looked at what a partner had sent.
     *
     * @param times looks
     * @param exchanges how many answers were looked at
     */
    public record Reads(String partner, String leg, String role, long times, long exchanges) {}

    /**
     * The audit of one agreement in one year.
     *
     * @param node the party whose journal this is
     * @param made when it was computed
     * @param obligations by due time; receipts that came in time are only counted
     * @param totals of all, whether listed or drawn or not
     * @param reads of received figures, by role
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Report(
            String agreement,
            int year,
            String node,
            @Iso Instant made,
            List<Obligation> obligations,
            List<Total> totals,
            List<Reads> reads) {
        /** Keeps its own copies of the lists. */
        public Report {
            obligations = List.copyOf(obligations);
            totals = List.copyOf(totals);
            reads = List.copyOf(reads);
        }

        /** Whether something was late or missed. */
        public boolean broken() {
            return totals.stream()
                    .anyMatch(total -> total.outcome() == Outcome.LATE || total.outcome() == Outcome.MISSED);
        }

        /** The obligations as CSV (RFC 4180), one header line. */
        public byte[] csv() {
            StringBuilder csv = new StringBuilder("duty,clause,party,leg,subject,due,met,outcome,entries\r\n");
            for (Obligation one : obligations) {
                List<@Nullable Object> fields = Arrays.asList(
                        one.duty(),
                        one.duty().clause(),
                        one.party(),
                        one.leg(),
                        one.subject(),
                        one.due(),
                        one.met(),
                        one.outcome(),
                        one.entries().stream().map(String::valueOf).collect(Collectors.joining(" ")));
                csv.append(CsvLines.line(fields));
            }
            return csv.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * Computes the audit. The look is journaled before it is returned.
     *
     * @param use {@code obligations}, or {@code obligations-export} for what is taken away
     * @throws EntenteException {@code forbidden} to others than auditors; {@code agreement-unknown}; {@code request-malformed} for a year out
     *     of bounds
     */
    public Report audit(Asked asked, String use, StaffUser by) {
        by.require(Roles.AUDITOR);
        if (asked.year() < FIRST_YEAR || asked.year() > LAST_YEAR) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "The year is between " + FIRST_YEAR + " and " + LAST_YEAR + ", not " + asked.year() + ".");
        }
        Treaty named = treaties.get(asked.agreement());
        String id = named.file().agreement().id();
        TextsInTime texts = TextsInTime.of(
                id,
                treaties.all().stream()
                        .filter(treaty -> treaty.file().agreement().id().equals(id))
                        .toList());
        DutyYear year =
                new DutyYear(asked.year(), ZoneId.of(named.file().agreement().timeZone()));
        Instant now = clock.instant();
        List<Obligation> all = all(texts, year, now);
        List<Obligation> listed = listed(all, asked);
        looks.journal(use, asked.toJson(), "obligations", listed.size(), by);
        return new Report(id, asked.year(), identity.party(), now, listed, totals(all), exchanges.reads(id, year));
    }

    private List<Obligation> all(TextsInTime texts, DutyYear year, Instant now) {
        List<Obligation> all = new ArrayList<>();
        all.addAll(deliveries.of(texts, year, now));
        all.addAll(exchanges.of(texts, year, now));
        all.addAll(quotas.of(texts, year, now));
        for (Treaty text : texts.texts()) {
            Map<String, Instant> delivered = new HashMap<>();
            for (Delivery delivery : treaties.deliveries(text.file().digest())) {
                Instant at = delivery.delivered();
                if (at != null) {
                    delivered.merge(delivery.act(), at, (one, other) -> one.isAfter(other) ? one : other);
                }
            }
            ActDuties.of(text, year, now, delivered).stream()
                    .filter(one -> year.contains(one.due().minusMillis(1)))
                    .forEach(all::add);
        }
        all.sort(Comparator.comparing(Obligation::due)
                .thenComparing(Obligation::duty)
                .thenComparing(Obligation::subject)
                .thenComparing(Obligation::party));
        return all;
    }

    /** All but the receipts that came in time, of which there is one for each answer; or the sample, drawn from those too. */
    private static List<Obligation> listed(List<Obligation> all, Asked asked) {
        Integer sample = asked.sample();
        if (sample == null) {
            return all.stream()
                    .filter(one -> one.duty() != Duty.RECEIPT || one.outcome() != Outcome.KEPT)
                    .toList();
        }
        return Draw.of(
                all,
                one -> (one.duty() + " " + one.party() + " " + one.leg() + " " + one.subject())
                        .getBytes(StandardCharsets.UTF_8),
                sample,
                asked.seed());
    }

    private static List<Total> totals(List<Obligation> all) {
        Map<Duty, Map<Outcome, Long>> counts = all.stream()
                .collect(Collectors.groupingBy(
                        Obligation::duty,
                        TreeMap::new,
                        Collectors.groupingBy(Obligation::outcome, TreeMap::new, Collectors.counting())));
        List<Total> totals = new ArrayList<>();
        counts.forEach(
                (duty, outcomes) -> outcomes.forEach((outcome, count) -> totals.add(new Total(duty, outcome, count))));
        return totals;
    }
}
