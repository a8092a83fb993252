package org.entente.gateway.treaties;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.entente.agreements.Agreement;
import org.entente.agreements.Course;
import org.entente.agreements.IsoDate;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Crisis;
import org.entente.agreements.life.State;
import org.jspecify.annotations.Nullable;

/** What has happened to an agreement by time until now, derived from its acts alone: the same after a restart and on every node. */
final class Milestones {
    private final Agreement agreement;
    private final State state;
    private final ZoneId zone;
    private final Instant now;
    private final List<Milestone> found = new ArrayList<>();

    private Milestones(AgreementFile file, Instant now) {
        this.agreement = file.agreement();
        this.state = file.at(now);
        this.zone = ZoneId.of(agreement.timeZone());
        this.now = now;
    }

    /** All of them, in the order in which they happened. */
    static List<Milestone> of(AgreementFile file, Instant now) {
        Milestones milestones = new Milestones(file, now);
        milestones.effect();
        milestones.suspensions();
        milestones.renewals();
        milestones.departures();
        milestones.crises();
        milestones.end();
        milestones.found.sort(Comparator.comparing(Milestone::at));
        return milestones.found;
    }

    private void reached(String kind, String subject, @Nullable Instant at) {
        if (at != null && !at.isAfter(now)) {
            found.add(new Milestone(kind, subject, at));
        }
    }

    private void effect() {
        reached("agreement-in-effect", "", state.inEffectSince());
        if (state.phase() == State.Phase.PROVISIONALLY_APPLIED) {
            IsoDate day = agreement.course().entryIntoForce().provisionalFrom();
            reached("agreement-provisionally-applied", "", day != null ? startOf(day.value()) : now);
        }
    }

    private void departures() {
        state.departures().forEach((party, left) -> reached("agreement-member-left", party, left.from()));
    }

    /** A crisis that is over, and a review of it that somebody still owes. */
    private void crises() {
        for (Crisis crisis : state.crises()) {
            reached("crisis-over", crisis.id(), crisis.endsAt());
            boolean owed = crisis.consents().keySet().stream().anyMatch(party -> crisis.owesReview(party, now));
            if (owed) {
                reached("crisis-review-due", crisis.id(), crisis.reviewDue());
            }
        }
    }

    private void suspensions() {
        for (State.Stop stop : state.stops()) {
            String leg = stop.leg();
            if (stop.sort() == State.Stop.Sort.SUSPENSION && leg != null) {
                reached(
                        "leg-suspension-in-effect",
                        leg + " " + stop.party() + " " + stop.from().getEpochSecond(),
                        stop.from());
            }
        }
    }

    /** Each day from which the agreement goes on because nobody gave notice in time. */
    private void renewals() {
        Course.Validity validity = agreement.course().validity();
        Instant since = state.inEffectSince();
        if (validity == null || validity.renewal() == null || since == null) {
            return;
        }
        IsoDate until = validity.until();
        Integer months = validity.months();
        LocalDate day = until != null
                ? until.value().plusDays(1)
                : LocalDate.ofInstant(since, zone).plusMonths(months == null ? 0 : months);
        for (int i = 0; i < state.renewals(); i++) {
            reached("agreement-renewed", day.toString(), startOf(day));
            day = day.plusMonths(validity.renewal().months());
        }
    }

    private void end() {
        if (state.phase() == State.Phase.EXPIRED) {
            reached("agreement-expired", "", state.endsAt());
        } else if (state.phase() == State.Phase.DENOUNCED) {
            reached("agreement-ended-by-notice", "", state.endsAt());
        }
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
