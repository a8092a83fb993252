package org.entente.agreements.decision;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.Answering;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Leg;
import org.entente.agreements.Purpose;
import org.entente.agreements.Quota;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.Terms;
import org.entente.agreements.life.Crisis;
import org.entente.agreements.life.State;
import org.jspecify.annotations.Nullable;

/** Works out what goes with a permit. */
final class Obliging {
    private final LegTerms terms;
    private final Agreement agreement;
    private final Leg leg;
    private final State state;
    private final Facts facts;
    private final @Nullable Crisis crisis;
    private final LocalDate today;

    Obliging(LegTerms terms, State state, Facts facts, @Nullable Crisis crisis) {
        this.terms = terms;
        this.agreement = terms.agreement();
        this.leg = terms.leg();
        this.state = state;
        this.facts = facts;
        this.crisis = crisis;
        this.today = LocalDate.ofInstant(facts.now(), terms.zone());
    }

    Obligations obligations(
            Purpose purpose, SortedSet<SensitiveGroup> separate, @Nullable Quota quota, DisclosureRule disclosure) {
        Terms.Publication publication = agreement.terms().publication();
        Terms.Confidentiality confidentiality = agreement.terms().confidentiality();
        Integer onwardDays = leg.onward().embargoDays();
        Integer publicDays = publication == null ? null : publication.embargoDays();
        return new Obligations(
                RetentionEnd.lastDay(agreement, state, leg, today),
                leg.retention().proofOfDeletion(),
                leg.retention().afterEnd(),
                facts.now().plusSeconds(3600L * leg.receiptHours()),
                purpose,
                leg.access(),
                leg.onward(),
                onwardDays == null ? null : new IsoDate(today.plusDays(onwardDays)),
                publication == null ? null : publication.citation(),
                publicDays == null ? null : new IsoDate(today.plusDays(publicDays)),
                publication == null ? null : publication.publishesFirst(),
                confidentiality == null ? List.of() : confidentiality.marking(),
                separate,
                leg.answering(),
                approval(),
                quota,
                crisisTerms(),
                disclosure);
    }

    /** Who must approve by when; null when the gateway answers by itself. */
    private Obligations.@Nullable Approval approval() {
        Answering answering = leg.answering();
        if (answering.mode() == Answering.Mode.AUTOMATIC) {
            return null;
        }
        CrisisClause.Widening widens = crisis == null ? null : terms.widens();
        Integer hours = widens == null ? null : widens.answerHours();
        Instant lastDay =
                today.plusDays(answering.days() + 1L).atStartOfDay(terms.zone()).toInstant();
        Instant due = hours == null ? lastDay : facts.now().plus(Duration.ofHours(hours));
        return new Obligations.Approval(
                due.isBefore(lastDay) ? due : lastDay, answering.fourEyes(), answering.grounds());
    }

    private Obligations.@Nullable CrisisTerms crisisTerms() {
        CrisisClause clause = agreement.crisis();
        if (crisis == null || clause == null) {
            return null;
        }
        return new Obligations.CrisisTerms(crisis.id(), crisis.endsAt(), clause.extraLog(), crisis.reviewDue());
    }
}
