package org.entente.gateway.evidence.obligations;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.evidence.obligations.DueDays.DueDay;
import org.entente.gateway.evidence.obligations.Obligation.Duty;
import org.entente.gateway.evidence.obligations.Obligation.Outcome;
import org.entente.gateway.partners.NodeIdentity;

/**
 * Deliveries on the due days of the calendar (clause 15). This node's own are shown by the releases that it published; a partner's by the first
 * answer that came from a release not seen before, or by the partner's signed notice of one. A notice counts from when this node took it in,
 * unless the partner itself says in it that it published after the day. Where neither came, nobody may have asked, and nothing is said against
 * the partner.
 */
@Singleton
class DeliveryDuties {
    private final Database database;
    private final NodeIdentity identity;

    DeliveryDuties(Database database, NodeIdentity identity) {
        this.database = database;
        this.identity = identity;
    }

    /** A release, or the first answer from one. */
    record Made(Instant at, long entry) {}

    /**
     * A partner's notice of a release.
     *
     * @param published when, as the partner says
     * @param made what it shows here: when this node took it in
     */
    record Told(Instant published, Made made) {}

    List<Obligation> of(TextsInTime texts, DutyYear year, Instant now) {
        List<Obligation> found = new ArrayList<>();
        for (String id : texts.legs()) {
            for (int i = year.year() - 1; i <= year.year(); i++) {
                for (DueDay day : days(texts, id, i)) {
                    Instant due = year.start(day.last().plusDays(1));
                    if (year.contains(due.minusMillis(1))) {
                        texts.at(year.start(day.due()))
                                .ifPresent(file -> found.addAll(owed(texts, file, id, day, due, year, now)));
                    }
                }
            }
        }
        return found;
    }

    /** The due days of the leg by the newest text that has it. */
    private static List<DueDay> days(TextsInTime texts, String leg, int year) {
        return texts.texts().stream()
                .flatMap(text -> text.file().agreement().leg(leg).stream())
                .reduce((one, later) -> later)
                .map(newest -> DueDays.of(newest.calendar(), year))
                .orElse(List.of());
    }

    private List<Obligation> owed(
            TextsInTime texts, AgreementFile file, String id, DueDay day, Instant due, DutyYear year, Instant now) {
        List<Obligation> found = new ArrayList<>();
        Optional<Leg> leg = file.agreement().leg(id);
        if (leg.isEmpty()) {
            return found;
        }
        String own = identity.party();
        Instant from = year.start(day.after().plusDays(1));
        Instant to = year.start(day.before());
        boolean stopped = texts.stopped(file, id, year.start(day.due()));
        if (file.isSide(leg.get().provider(), own)) {
            found.add(owed(own, leg.get(), day, due, published(leg.get(), from, to), now, stopped, Outcome.MISSED));
        }
        for (String provider : file.providersTo(leg.get(), own)) {
            Optional<Made> seen = firstSeen(provider, texts.agreement(), id, from, to);
            boolean shown = seen.filter(made -> !made.at().isAfter(due)).isPresent();
            Optional<Told> told = shown ? Optional.empty() : told(provider, texts.agreement(), id, from, to);
            boolean admitted = told.filter(one -> one.published().isAfter(due)).isPresent();
            found.add(owed(
                    provider,
                    leg.get(),
                    day,
                    due,
                    told.map(Told::made).or(() -> seen),
                    now,
                    stopped,
                    admitted ? Outcome.LATE : Outcome.NOT_SHOWN));
        }
        return found;
    }

    private static Obligation owed(
            String party,
            Leg leg,
            DueDay day,
            Instant due,
            Optional<Made> made,
            Instant now,
            boolean stopped,
            Outcome otherwise) {
        Instant met = made.map(Made::at).orElse(null);
        Outcome outcome = Outcome.of(due, met, now);
        if (stopped && outcome != Outcome.KEPT) {
            outcome = Outcome.EXCUSED;
        } else if (outcome == Outcome.MISSED || (outcome == Outcome.LATE && otherwise == Outcome.NOT_SHOWN)) {
            // A partner's release is seen when somebody asks or its notice comes through, not when it is made.
            outcome = otherwise;
        }
        List<Long> entries = made.map(m -> List.of(m.entry())).orElse(List.of());
        return new Obligation(Duty.DELIVERY, party, leg.id(), "delivery of " + day.due(), due, met, outcome, entries);
    }

    /** The first release of that time for the leg. */
    Optional<Made> published(Leg leg, Instant from, Instant to) {
        String flow = leg.dataflow().toString();
        return database
                .query(
                        "SELECT r.dataset, r.published_us, r.publish_entry FROM data_release r JOIN dataset d ON d.id ="
                                + " r.dataset WHERE d.dataflow = ? AND r.published_us >= ? AND r.published_us < ?"
                                + " ORDER BY r.published_us",
                        row -> leg.datasets().isEmpty() || leg.datasets().contains(row.string("dataset"))
                                ? Optional.of(new Made(row.instant("published_us"), row.longValue("publish_entry")))
                                : Optional.<Made>empty(),
                        flow,
                        Micros.of(from),
                        Micros.of(to))
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The partner's notice of the first release that it published in that time. */
    Optional<Told> told(String provider, String agreement, String leg, Instant from, Instant to) {
        return database.one(
                "SELECT published_us, received_us, journal_index FROM notice_received WHERE partner = ? AND agreement_id = ? AND leg = ?"
                        + " AND event = 'published' AND published_us >= ? AND published_us < ? ORDER BY published_us LIMIT 1",
                row -> new Told(
                        row.instant("published_us"),
                        new Made(row.instant("received_us"), row.longValue("journal_index"))),
                provider,
                agreement,
                leg,
                Micros.of(from),
                Micros.of(to));
    }

    /** The first answer of that time from a release not seen before. */
    Optional<Made> firstSeen(String provider, String agreement, String leg, Instant from, Instant to) {
        return database.one(
                "SELECT MIN(h.received_us) AS seen, MIN(c.journal_index) AS entry FROM holding h JOIN closed_exchange c ON c.id ="
                        + " h.exchange WHERE h.partner = ? AND h.agreement_id = ? AND h.leg = ? AND h.release_id IS NOT NULL"
                        + " GROUP BY h.release_id HAVING seen >= ? AND seen < ? ORDER BY seen LIMIT 1",
                row -> new Made(row.instant("seen"), row.longValue("entry")),
                provider,
                agreement,
                leg,
                Micros.of(from),
                Micros.of(to));
    }
}
