package org.entente.agreements.life;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.Course;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Party;
import org.entente.agreements.life.State.NoticeGiven;
import org.entente.agreements.life.State.Phase;
import org.jspecify.annotations.Nullable;

/** Computes the state from acts in the order of their time. */
final class Fold {
    private final Agreement agreement;
    private final List<Instrument> acts;
    private final Moment moment;
    private final Days days;
    private final Consents consents;
    private final Members members;
    private int renewals;

    Fold(Agreement agreement, List<Instrument> acts, Moment moment) {
        this.agreement = agreement;
        this.acts = acts;
        this.moment = moment;
        this.days = new Days(ZoneId.of(agreement.timeZone()));
        this.consents = new Consents(agreement, acts);
        this.members = new Members(agreement, acts, consents.signed, days);
    }

    State state() {
        List<Party> bound = members.bound(moment);
        Set<String> ids = new HashSet<>();
        bound.forEach(p -> ids.add(p.id()));
        boolean correctionOpen = consents.correctionOpen(ids);
        NoticeGiven notice = notice();
        Instant inEffect = correctionOpen ? null : inEffectSince();
        Instant ends = ends(inEffect, notice, bound);
        Halts halts = new Halts(agreement, acts, days);
        return new State(
                correctionOpen ? Phase.PROPOSED : phase(inEffect, ends, notice),
                Collections.unmodifiableSortedMap(consents.signed),
                inEffect,
                ends,
                renewals,
                notice,
                bound,
                Collections.unmodifiableSortedMap(members.departures()),
                Collections.unmodifiableSortedMap(members.optOuts()),
                Collections.unmodifiableSortedMap(members.offices(moment)),
                halts.stops(),
                halts.recalled(),
                new Crises(agreement, days).of(acts));
    }

    private Phase phase(@Nullable Instant inEffect, @Nullable Instant ends, @Nullable NoticeGiven notice) {
        if (ends != null && moment.reached(ends)) {
            boolean byTime = notice == null && members.departures().isEmpty();
            return byTime || (notice != null && notice.endsAt().isAfter(ends)) ? Phase.EXPIRED : Phase.DENOUNCED;
        }
        if (inEffect != null && moment.reached(inEffect)) {
            return Phase.IN_EFFECT;
        }
        if (consents.allSigned()) {
            return signedByAll(notice);
        }
        if (consents.all(consents.initialled)) {
            return Phase.INITIALLED;
        }
        return consents.proposed || !consents.signed.isEmpty() ? Phase.PROPOSED : Phase.DRAFT;
    }

    private Phase signedByAll(@Nullable NoticeGiven notice) {
        Instant provisional = notice == null ? provisionalFrom() : null;
        if (provisional != null && moment.reached(provisional)) {
            return Phase.PROVISIONALLY_APPLIED;
        }
        boolean waits = agreement.course().entryIntoForce().rule() == Course.Entry.DAYS_AFTER_LAST_NOTIFICATION;
        return waits && consents.all(consents.completed) ? Phase.PROCEDURES_COMPLETED : Phase.SIGNED;
    }

    /** When provisional application begins, once all have signed; null when the clause or a declaration is lacking. */
    private @Nullable Instant provisionalFrom() {
        Course.EntryIntoForce entry = agreement.course().entryIntoForce();
        IsoDate day = entry.provisionalFrom();
        boolean declared = entry.declaresProvisional();
        if ((day == null && !declared) || (declared && !consents.all(consents.provisional))) {
            return null;
        }
        Instant from = Consents.last(consents.signed);
        if (declared) {
            from = later(from, Consents.last(consents.provisional));
        }
        return day == null ? from : later(from, days.start(day.value()));
    }

    private @Nullable Instant inEffectSince() {
        Course.EntryIntoForce entry = agreement.course().entryIntoForce();
        if (entry.rule() == Course.Entry.AFTER_PARTIES) {
            int needed = Objects.requireNonNull(entry.parties());
            return consents.signed.size() < needed
                    ? null
                    : consents.signed.values().stream()
                            .sorted()
                            .skip(needed - 1L)
                            .findFirst()
                            .orElseThrow();
        }
        if (!consents.allSigned()) {
            return null;
        }
        Instant last = Consents.last(consents.signed);
        return switch (entry.rule()) {
            case ON_DATE ->
                later(last, days.start(Objects.requireNonNull(entry.date()).value()));
            case DAYS_AFTER_LAST_SIGNATURE -> days.after(last, Objects.requireNonNull(entry.days()));
            case DAYS_AFTER_LAST_NOTIFICATION ->
                consents.all(consents.completed)
                        ? later(
                                last,
                                days.after(Consents.last(consents.completed), Objects.requireNonNull(entry.days())))
                        : null;
            case ON_LAST_SIGNATURE, AFTER_PARTIES -> last;
        };
    }

    /** The end that is known at this time: by validity, tacitly renewed as often as needed, by notice, or because all but one left. */
    private @Nullable Instant ends(@Nullable Instant inEffect, @Nullable NoticeGiven notice, List<Party> bound) {
        Instant byNotice = notice == null ? null : notice.endsAt();
        if (inEffect == null) {
            return byNotice;
        }
        List<Instant> ends = new ArrayList<>();
        if (byNotice != null) {
            ends.add(byNotice);
        }
        Instant deserted = members.deserted(bound);
        if (deserted != null) {
            ends.add(deserted);
        }
        Course.Validity validity = agreement.course().validity();
        if (validity != null) {
            ends.add(expires(validity, inEffect, notice));
        }
        return ends.isEmpty() ? null : Collections.min(ends);
    }

    private Instant expires(Course.Validity validity, Instant inEffect, @Nullable NoticeGiven notice) {
        IsoDate until = validity.until();
        LocalDate firstDayAfter = until != null
                ? until.value().plusDays(1)
                : days.dayOf(inEffect).plusMonths(Objects.requireNonNull(validity.months()));
        Course.Renewal renewal = validity.renewal();
        while (renewal != null && moment.reached(days.start(firstDayAfter)) && renews(firstDayAfter, renewal, notice)) {
            firstDayAfter = firstDayAfter.plusMonths(renewal.months());
            renewals++;
        }
        return days.start(firstDayAfter);
    }

    private boolean renews(LocalDate firstDayAfter, Course.Renewal renewal, @Nullable NoticeGiven notice) {
        return notice == null || notice.at().isAfter(days.start(firstDayAfter.minusDays(renewal.noticeDays())));
    }

    /** The first notice; later ones change nothing. */
    private @Nullable NoticeGiven notice() {
        for (Instrument act : acts) {
            if (act instanceof Notice given) {
                int wait = agreement.course().termination().noticeDays();
                return new NoticeGiven(given.party(), given.at(), days.after(given.at(), wait));
            }
        }
        return null;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
