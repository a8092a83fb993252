package org.entente.agreements.life;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * An act of one party on one text of an agreement. Every instrument names that text by digest, so that an act on another version can never
 * be taken for an act on this one. The list is closed: what is not in it is no act.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "act")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Conclusion.Proposed.class, name = "proposed"),
    @JsonSubTypes.Type(value = Conclusion.Initialled.class, name = "initialled"),
    @JsonSubTypes.Type(value = Conclusion.Signed.class, name = "signed"),
    @JsonSubTypes.Type(value = Conclusion.SignedOnPaper.class, name = "signed-on-paper"),
    @JsonSubTypes.Type(value = Conclusion.ProceduresCompleted.class, name = "procedures-completed"),
    @JsonSubTypes.Type(value = Conclusion.ProvisionalApplication.class, name = "provisional-application"),
    @JsonSubTypes.Type(value = Membership.Acceded.class, name = "acceded"),
    @JsonSubTypes.Type(value = Membership.AccessionAccepted.class, name = "accession-accepted"),
    @JsonSubTypes.Type(value = Membership.OptedOut.class, name = "opted-out"),
    @JsonSubTypes.Type(value = Membership.OptedIn.class, name = "opted-in"),
    @JsonSubTypes.Type(value = Membership.Declared.class, name = "declared"),
    @JsonSubTypes.Type(value = Membership.Withdrawn.class, name = "withdrawn"),
    @JsonSubTypes.Type(value = Membership.Excluded.class, name = "excluded"),
    @JsonSubTypes.Type(value = Membership.ChairHandedOver.class, name = "chair-handed-over"),
    @JsonSubTypes.Type(value = TextChange.LetterSent.class, name = "letter-sent"),
    @JsonSubTypes.Type(value = TextChange.CorrectionProposed.class, name = "text-correction-proposed"),
    @JsonSubTypes.Type(value = TextChange.CorrectionConsented.class, name = "text-correction-consented"),
    @JsonSubTypes.Type(value = Interruption.LegSuspended.class, name = "leg-suspended"),
    @JsonSubTypes.Type(value = Interruption.LegResumed.class, name = "leg-resumed"),
    @JsonSubTypes.Type(value = Interruption.HoldSet.class, name = "hold-set"),
    @JsonSubTypes.Type(value = Interruption.HoldLifted.class, name = "hold-lifted"),
    @JsonSubTypes.Type(value = Notice.Denounced.class, name = "denounced"),
    @JsonSubTypes.Type(value = Notice.Discontinued.class, name = "discontinued"),
    @JsonSubTypes.Type(value = CrisisAct.CrisisDeclared.class, name = "crisis-declared"),
    @JsonSubTypes.Type(value = CrisisAct.CrisisCountersigned.class, name = "crisis-countersigned"),
    @JsonSubTypes.Type(value = CrisisAct.CrisisEnded.class, name = "crisis-ended"),
    @JsonSubTypes.Type(value = CrisisAct.CrisisReviewed.class, name = "crisis-reviewed"),
    @JsonSubTypes.Type(value = CrisisAct.PackOpened.class, name = "pack-opened"),
    @JsonSubTypes.Type(value = FigureAct.ReleaseRecalled.class, name = "release-recalled"),
    @JsonSubTypes.Type(value = FigureAct.DestructionConfirmed.class, name = "destruction-confirmed"),
    @JsonSubTypes.Type(value = FigureAct.DestructionDeclined.class, name = "destruction-declined"),
    @JsonSubTypes.Type(value = FigureAct.DeletionRecorded.class, name = "deletion-recorded"),
    @JsonSubTypes.Type(value = FigureAct.ErrorReported.class, name = "error-reported"),
    @JsonSubTypes.Type(value = FigureAct.CorrectionGiven.class, name = "correction-given"),
    @JsonSubTypes.Type(value = FigureAct.BreachNotified.class, name = "breach-notified"),
    @JsonSubTypes.Type(value = FigureAct.QuestionAsked.class, name = "question-asked"),
    @JsonSubTypes.Type(value = FigureAct.ReplyGiven.class, name = "reply-given"),
    @JsonSubTypes.Type(value = FigureAct.ReconciliationConsented.class, name = "reconciliation-consented"),
    @JsonSubTypes.Type(value = FigureAct.ReconciliationWithdrawn.class, name = "reconciliation-withdrawn")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Instrument
        permits Conclusion, Membership, TextChange, Interruption, Notice, CrisisAct, FigureAct {
    /** {@code urn:uuid:...} of the act. */
    String id();

    /** Id of the agreement. */
    String agreement();

    /** Digest of the text that the act is about. */
    String digest();

    /** The acting party. */
    String party();

    /** When the party says it acted; both sides compute with this time. */
    Instant at();

    /** The word for this kind of act, as documents, the command line and screens spell it: the member {@code act} of its JSON. */
    default String word() {
        return ActWords.of(getClass());
    }

    /** The kind under which a journal records it. */
    default String journalKind() {
        return "agreement-" + word();
    }

    /**
     * Reads an instrument strictly.
     *
     * @param canonical its RFC 8785 form
     * @throws IllegalArgumentException naming what is wrong: not an act, a member that is not known, not in its form, or missing
     */
    static Instrument parse(byte[] canonical) {
        return InstrumentReader.read(canonical);
    }
}
