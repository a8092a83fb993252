package org.entente.agreements.life;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.Agreement;
import org.entente.agreements.Course;
import org.entente.agreements.IsoDate;
import org.entente.agreements.life.State.Phase;
import org.entente.agreements.life.State.Stop;
import org.jspecify.annotations.Nullable;

/**
 * The life of an agreement as a pure function of its instruments and the time. Both sides compute with the times that the acts themselves
 * carry, so they reach the same state whenever an act arrived.
 */
public final class Life {
    /** How far an act's own time may lie ahead of ours: the clock difference that is tolerated between nodes. */
    static final Duration MAX_AHEAD = Duration.ofSeconds(60);

    private final Agreement agreement;
    private final ZoneId zone;
    private final SortedMap<String, Instant> signed = new TreeMap<>();
    private final SortedMap<String, Instant> completed = new TreeMap<>();
    private final List<Stop> stops = new ArrayList<>();
    private boolean proposed;
    private @Nullable Instant denouncedAt;

    private Life(Agreement agreement) {
        this.agreement = agreement;
        this.zone = ZoneId.of(agreement.timeZone());
    }

    /**
     * The state that these instruments lead to at this time. Acts after {@code now} do not count yet. The order of the list matters only
     * among acts that undo each other.
     */
    public static State fold(Agreement agreement, List<Instrument> instruments, Instant now) {
        Life life = new Life(agreement);
        for (Instrument instrument : instruments) {
            if (!instrument.at().isAfter(now.plus(MAX_AHEAD))) {
                life.apply(instrument);
            }
        }
        return life.state(now);
    }

    /**
     * Checks that an act is allowed now.
     *
     * @param author who signed it
     * @throws ActRefusedException when it is not, with the reason
     */
    public static void check(Agreement agreement, List<Instrument> soFar, Instrument next, Author author, Instant now)
            throws ActRefusedException {
        new ActCheck(agreement, soFar, now).check(next, author);
    }

    private void apply(Instrument act) {
        if (act instanceof Conclusion.Proposed) {
            proposed = true;
        } else if (act instanceof Conclusion.Signed) {
            signed.merge(act.party(), act.at(), Life::earlier);
        } else if (act instanceof Conclusion.ProceduresCompleted) {
            completed.merge(act.party(), act.at(), Life::earlier);
        } else if (act instanceof Interruption.LegSuspended s) {
            Instant from = afterDays(s.at(), agreement.course().suspension().noticeDays());
            stops.add(new Stop(Stop.Sort.SUSPENSION, s.leg(), null, s.party(), from, s.reason()));
        } else if (act instanceof Interruption.LegResumed r) {
            lift(Stop.Sort.SUSPENSION, r.leg(), null, r.party());
        } else if (act instanceof Interruption.HoldSet h) {
            stops.add(new Stop(Stop.Sort.HOLD, h.leg(), h.release(), h.party(), h.at(), h.reason()));
        } else if (act instanceof Interruption.HoldLifted l) {
            lift(Stop.Sort.HOLD, l.leg(), l.release(), l.party());
        } else if (act instanceof Notice d) {
            denouncedAt = denouncedAt == null ? d.at() : earlier(denouncedAt, d.at());
        }
    }

    private void lift(Stop.Sort sort, @Nullable String leg, @Nullable String release, String party) {
        stops.removeIf(s -> s.sort() == sort
                && Objects.equals(s.leg(), leg)
                && Objects.equals(s.release(), release)
                && s.party().equals(party));
    }

    private State state(Instant now) {
        Instant inEffect = inEffectSince();
        Instant ends = inEffect == null ? null : end(inEffect, now);
        return new State(phase(now, inEffect, ends), Collections.unmodifiableSortedMap(signed), inEffect, ends, stops);
    }

    private Phase phase(Instant now, @Nullable Instant inEffect, @Nullable Instant ends) {
        if (ends != null && !ends.isAfter(now)) {
            Instant noticeOver = noticeOver();
            return noticeOver != null && !noticeOver.isAfter(ends) ? Phase.DENOUNCED : Phase.EXPIRED;
        }
        if (inEffect != null && !inEffect.isAfter(now)) {
            return Phase.IN_EFFECT;
        }
        if (allSigned()) {
            IsoDate provisional = agreement.course().entryIntoForce().provisionalFrom();
            boolean applied = provisional != null
                    && denouncedAt == null
                    && !startOf(provisional.value()).isAfter(now);
            return applied ? Phase.PROVISIONALLY_APPLIED : Phase.SIGNED;
        }
        return proposed || !signed.isEmpty() ? Phase.PROPOSED : Phase.DRAFT;
    }

    private @Nullable Instant inEffectSince() {
        Course.EntryIntoForce entry = agreement.course().entryIntoForce();
        if (entry.rule() == Course.Entry.AFTER_PARTIES) {
            int needed = Objects.requireNonNull(entry.parties());
            return signed.size() < needed
                    ? null
                    : signed.values().stream()
                            .sorted()
                            .skip(needed - 1L)
                            .findFirst()
                            .orElseThrow();
        }
        if (!allSigned()) {
            return null;
        }
        Instant last = last(signed);
        if (entry.rule() == Course.Entry.ON_DATE) {
            return later(last, startOf(Objects.requireNonNull(entry.date()).value()));
        }
        if (entry.rule() == Course.Entry.DAYS_AFTER_LAST_SIGNATURE) {
            return afterDays(last, Objects.requireNonNull(entry.days()));
        }
        if (entry.rule() == Course.Entry.DAYS_AFTER_LAST_NOTIFICATION) {
            return completed.size() < agreement.parties().size()
                    ? null
                    : later(last, afterDays(last(completed), Objects.requireNonNull(entry.days())));
        }
        return last;
    }

    /** The end that is known at this time: by validity, tacitly renewed as often as needed, or by notice. */
    private @Nullable Instant end(Instant inEffect, Instant now) {
        Instant byNotice = noticeOver();
        Course.Validity validity = agreement.course().validity();
        if (validity == null) {
            return byNotice;
        }
        IsoDate until = validity.until();
        Integer months = validity.months();
        LocalDate firstDayAfter = until != null
                ? until.value().plusDays(1)
                : LocalDate.ofInstant(inEffect, zone).plusMonths(Objects.requireNonNull(months));
        Course.Renewal renewal = validity.renewal();
        while (renewal != null && !startOf(firstDayAfter).isAfter(now) && renews(firstDayAfter, renewal)) {
            firstDayAfter = firstDayAfter.plusMonths(renewal.months());
        }
        Instant byTime = startOf(firstDayAfter);
        return byNotice == null ? byTime : earlier(byTime, byNotice);
    }

    private boolean renews(LocalDate firstDayAfter, Course.Renewal renewal) {
        Instant latestNotice = startOf(firstDayAfter.minusDays(renewal.noticeDays()));
        return denouncedAt == null || denouncedAt.isAfter(latestNotice);
    }

    private @Nullable Instant noticeOver() {
        return denouncedAt == null
                ? null
                : afterDays(denouncedAt, agreement.course().termination().noticeDays());
    }

    private boolean allSigned() {
        return agreement.parties().stream().allMatch(p -> signed.containsKey(p.id()));
    }

    /** The start of the day that many days after; the very moment when there are no days to wait. */
    private Instant afterDays(Instant from, int days) {
        return days == 0 ? from : startOf(LocalDate.ofInstant(from, zone).plusDays(days));
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static Instant last(SortedMap<String, Instant> times) {
        return Collections.max(times.values());
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
