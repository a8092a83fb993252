package org.entente.gateway.evidence.obligations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Terms;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Crisis;
import org.entente.agreements.life.CrisisAct;
import org.entente.agreements.life.FigureAct;
import org.entente.agreements.life.Instrument;
import org.entente.gateway.evidence.obligations.Obligation.Duty;
import org.entente.gateway.treaties.HeldAct;
import org.entente.gateway.treaties.Treaty;
import org.jspecify.annotations.Nullable;

/**
 * Duties that follow from the acts on a text: corrections, notices of breaches, reviews of crises, reports of opened packs. An act counts from
 * when this node's journal took it in, since its author alone says when it was signed. Pure.
 */
final class ActDuties {
    private final AgreementFile file;
    private final List<HeldAct> acts;
    private final DutyYear year;
    private final Instant now;
    private final Map<String, Instant> delivered;
    private final List<Obligation> found = new ArrayList<>();

    private ActDuties(Treaty treaty, DutyYear year, Instant now, Map<String, Instant> delivered) {
        this.file = treaty.file();
        this.acts = treaty.acts();
        this.year = year;
        this.now = now;
        this.delivered = delivered;
    }

    /**
     * Those of a text, whenever they are due.
     *
     * @param delivered when this node's own acts reached the partner, by act
     */
    static List<Obligation> of(Treaty treaty, DutyYear year, Instant now, Map<String, Instant> delivered) {
        ActDuties duties = new ActDuties(treaty, year, now, delivered);
        for (HeldAct act : duties.acts) {
            switch (act.instrument()) {
                case FigureAct.ErrorReported report -> duties.correction(act, report);
                case FigureAct.BreachNotified breach -> duties.breach(act, breach);
                case CrisisAct.PackOpened opened -> duties.pack(act, opened);
                default -> {
                    // No day is owed on it.
                }
            }
        }
        duties.file.at(now).crises().forEach(duties::reviews);
        return duties.found;
    }

    private void correction(HeldAct act, FigureAct.ErrorReported report) {
        Terms.Correction clause = file.agreement().terms().correction();
        if (clause == null) {
            return;
        }
        Optional<HeldAct> answer = first(
                i -> i instanceof FigureAct.CorrectionGiven given && report.id().equals(given.report()));
        String party = answer.map(a -> a.instrument().party()).orElseGet(() -> providersTo(report.party()));
        Instant due = year.endOfDayAfter(act.received(), clause.correctDays());
        add(Duty.CORRECTION, party, null, "report " + report.id(), due, answer.map(HeldAct::received), act, answer);
    }

    /** Whose figures they can be that a party reports an error in. */
    private String providersTo(String consumer) {
        return String.join(
                ",",
                file.agreement().legs().stream()
                        .flatMap(leg -> file.providersTo(leg, consumer).stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private void breach(HeldAct act, FigureAct.BreachNotified breach) {
        Terms.Breach clause = file.agreement().terms().breach();
        if (clause != null) {
            Instant due = breach.when().plus(Duration.ofHours(clause.noticeHours()));
            add(
                    Duty.BREACH_NOTICE,
                    breach.party(),
                    null,
                    "notice " + breach.id(),
                    due,
                    reached(act),
                    act,
                    Optional.empty());
        }
    }

    private void pack(HeldAct act, CrisisAct.PackOpened opened) {
        CrisisClause clause = file.agreement().crisis();
        if (clause == null) {
            return;
        }
        clause.packs().stream()
                .filter(pack -> pack.leg().equals(opened.leg()))
                .findFirst()
                .ifPresent(pack -> add(
                        Duty.PACK_REPORT,
                        opened.party(),
                        opened.leg(),
                        "pack of release " + opened.release(),
                        opened.at().plus(Duration.ofHours(pack.reportHours())),
                        reached(act),
                        act,
                        Optional.empty()));
    }

    /** When the other side had it: a partner's act when it came, one of this node when the partner acknowledged it. */
    private Optional<Instant> reached(HeldAct act) {
        return act.source() == null
                ? Optional.ofNullable(delivered.get(act.instrument().id()))
                : Optional.of(act.received());
    }

    private void reviews(Crisis crisis) {
        Optional<HeldAct> declaration = first(i -> i.id().equals(crisis.id()));
        if (declaration.isEmpty()) {
            // It was declared on the text that this one corrects, and is listed there.
            return;
        }
        for (String party : crisis.consents().keySet()) {
            Optional<HeldAct> review = first(i -> i instanceof CrisisAct.CrisisReviewed reviewed
                    && reviewed.party().equals(party)
                    && reviewed.crisis().equals(crisis.id()));
            add(
                    Duty.CRISIS_REVIEW,
                    party,
                    null,
                    "crisis " + crisis.id(),
                    crisis.reviewDue(),
                    review.map(HeldAct::received),
                    declaration.get(),
                    review);
        }
    }

    private Optional<HeldAct> first(Predicate<Instrument> which) {
        return acts.stream().filter(act -> which.test(act.instrument())).findFirst();
    }

    private void add(
            Duty duty,
            String party,
            @Nullable String leg,
            String subject,
            Instant due,
            Optional<Instant> met,
            HeldAct cause,
            Optional<HeldAct> answer) {
        List<Long> entries = new ArrayList<>();
        entries.add(cause.position());
        answer.ifPresent(act -> entries.add(act.position()));
        found.add(Obligation.of(duty, party, leg, subject, due, met.orElse(null), now, entries));
    }
}
