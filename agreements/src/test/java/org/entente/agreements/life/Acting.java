package org.entente.agreements.life;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.entente.agreements.Agreement;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Party;
import org.entente.agreements.Text;

/** Acts of one party on one text at one time, for tests; ids follow from what the act is. */
public record Acting(Agreement text, String digest, String party, Instant at) {
    static final Signatory PERSON = new Signatory("R. Cruz", "Secretary", "FP 12/2026");

    /** A party that acts on a text. */
    public static Acting on(Agreement text, String party, Instant at) {
        return new Acting(text, text.digest(), party, at);
    }

    public Acting by(String other) {
        return new Acting(text, digest, other, at);
    }

    public Acting at(Instant other) {
        return new Acting(text, digest, party, other);
    }

    private String id(String word) {
        String name = word + digest + party + at;
        return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    public Conclusion.Proposed proposed() {
        return new Conclusion.Proposed(id("p"), text.id(), digest, party, at);
    }

    Conclusion.Proposed countering(String other) {
        return new Conclusion.Proposed(id("p"), text.id(), digest, party, at, other);
    }

    Conclusion.Initialled initialled() {
        return new Conclusion.Initialled(id("i"), text.id(), digest, party, at, PERSON);
    }

    public Conclusion.Signed signed() {
        return new Conclusion.Signed(id("s"), text.id(), digest, party, at, "cert");
    }

    Conclusion.SignedOnPaper signedOnPaper() {
        return new Conclusion.SignedOnPaper(
                id("sp"), text.id(), digest, party, at, "s".repeat(43), PERSON, IsoDate.parse("2026-03-01"));
    }

    Conclusion.ProceduresCompleted completed() {
        return new Conclusion.ProceduresCompleted(id("pc"), text.id(), digest, party, at, "Note 7");
    }

    Conclusion.ProvisionalApplication provisional() {
        return new Conclusion.ProvisionalApplication(id("pa"), text.id(), digest, party, at);
    }

    public Membership.Acceded acceded(Party entry, String... optOuts) {
        return new Membership.Acceded(
                id("a"), text.id(), digest, party, at, entry, List.of(), List.of(optOuts), null, PERSON);
    }

    public Membership.AccessionAccepted accepted(String member) {
        return new Membership.AccessionAccepted(id("aa" + member), text.id(), digest, party, at, member);
    }

    public Membership.OptedOut optedOut(String leg) {
        return new Membership.OptedOut(id("oo" + leg), text.id(), digest, party, at, leg, null);
    }

    public Membership.OptedIn optedIn(String leg) {
        return new Membership.OptedIn(id("oi" + leg), text.id(), digest, party, at, leg);
    }

    Membership.Declared declared(String leg) {
        return new Membership.Declared(
                id("d"), text.id(), digest, party, at, leg, Text.of("en", "Stock figures are revised."));
    }

    public Membership.Withdrawn withdrawn() {
        return new Membership.Withdrawn(id("w"), text.id(), digest, party, at, "Change of policy");
    }

    public Membership.Excluded excluding(String member) {
        return new Membership.Excluded(id("x" + member), text.id(), digest, party, at, member, "No figures for years");
    }

    Membership.ChairHandedOver chair(String to) {
        return new Membership.ChairHandedOver(
                id("c"), text.id(), digest, party, at, Membership.Office.CHAIR, to, IsoDate.parse("2026-07-01"));
    }

    TextChange.LetterSent letter(String replaces) {
        return new TextChange.LetterSent(id("l"), text.id(), digest, party, at, replaces, "Note 12", PERSON);
    }

    /** With the places at which this text differs from the defective one. */
    TextChange.CorrectionProposed correcting(Agreement defective) {
        return correcting(defective.digest(), Rectification.between(defective, text));
    }

    TextChange.CorrectionProposed correcting(String replaces, List<TextChange.Place> places) {
        return new TextChange.CorrectionProposed(id("tp"), text.id(), digest, party, at, replaces, places, "Misprint");
    }

    TextChange.CorrectionConsented consenting(String replaces) {
        return new TextChange.CorrectionConsented(id("tc"), text.id(), digest, party, at, replaces);
    }

    public Interruption.LegSuspended suspended(String leg) {
        return new Interruption.LegSuspended(id("ls" + leg), text.id(), digest, party, at, leg, "Under review");
    }

    Interruption.LegResumed resumed(String leg) {
        return new Interruption.LegResumed(id("lr" + leg), text.id(), digest, party, at, leg);
    }

    public Interruption.HoldSet held() {
        return new Interruption.HoldSet(
                id("h"), text.id(), digest, party, at, Interruption.Scope.AGREEMENT, null, null, "Leak suspected");
    }

    public Interruption.HoldSet heldLeg(String leg) {
        return new Interruption.HoldSet(
                id("h" + leg), text.id(), digest, party, at, Interruption.Scope.LEG, leg, null, "Leak suspected");
    }

    public Interruption.HoldSet heldRelease(String release) {
        return new Interruption.HoldSet(
                id("h" + release), text.id(), digest, party, at, Interruption.Scope.RELEASE, null, release, "Error");
    }

    Interruption.HoldLifted lifted() {
        return new Interruption.HoldLifted(
                id("hl"), text.id(), digest, party, at, Interruption.Scope.AGREEMENT, null, null);
    }

    public Notice notice() {
        return Notice.of(text, id("n"), digest, party, at, "No longer needed");
    }

    Notice.Denounced denounced() {
        return new Notice.Denounced(id("n"), text.id(), digest, party, at, "No longer needed");
    }

    Notice.Discontinued discontinued() {
        return new Notice.Discontinued(id("n"), text.id(), digest, party, at, "No longer needed");
    }

    public CrisisAct.CrisisDeclared crisis(int days, String... legs) {
        return new CrisisAct.CrisisDeclared(
                id("cd"), text.id(), digest, party, at, 1, "Earthquake", List.of(legs), days);
    }

    public CrisisAct.CrisisCountersigned countersigned(String crisis) {
        return new CrisisAct.CrisisCountersigned(id("cc"), text.id(), digest, party, at, crisis);
    }

    public CrisisAct.CrisisEnded ended(String crisis) {
        return new CrisisAct.CrisisEnded(id("ce"), text.id(), digest, party, at, crisis, null);
    }

    CrisisAct.CrisisReviewed reviewed(String crisis) {
        return new CrisisAct.CrisisReviewed(id("cr"), text.id(), digest, party, at, crisis, "It worked");
    }

    CrisisAct.PackOpened opened(String leg) {
        return new CrisisAct.PackOpened(id("po"), text.id(), digest, party, at, leg, "REL-1", "Earthquake");
    }

    public FigureAct.ReleaseRecalled recalled(String release) {
        return new FigureAct.ReleaseRecalled(
                id("rr" + release), text.id(), digest, party, at, release, "Wrong table", List.of("r".repeat(43)));
    }

    FigureAct.DestructionConfirmed destroyed(String recall) {
        return new FigureAct.DestructionConfirmed(
                id("dc"), text.id(), digest, party, at, recall, List.of("r".repeat(43)), IsoDate.parse("2026-07-02"));
    }

    FigureAct.DestructionDeclined declined(String recall) {
        return new FigureAct.DestructionDeclined(id("dd"), text.id(), digest, party, at, recall, "Cited in court");
    }

    FigureAct.DeletionRecorded deleted() {
        return new FigureAct.DeletionRecorded(
                id("dr"),
                text.id(),
                digest,
                party,
                at,
                List.of("0197c1c0-0000-7000-8000-000000000001"),
                IsoDate.parse("2026-07-02"),
                List.of(new FigureAct.Export("stock.csv", "A. Reyes", "Analyst", IsoDate.parse("2026-07-01"), null)));
    }

    FigureAct.ErrorReported error() {
        return new FigureAct.ErrorReported(
                id("er"),
                text.id(),
                digest,
                party,
                at,
                "REL-1",
                List.of(new FigureAct.Cell("A.IT._T.PH", "2024")),
                "More women than persons");
    }

    FigureAct.CorrectionGiven correction(String report) {
        return new FigureAct.CorrectionGiven(
                id("cg"), text.id(), digest, party, at, report, "REL-1", "REL-2", "A column was shifted");
    }

    public FigureAct.BreachNotified breach() {
        return new FigureAct.BreachNotified(
                id("bn"), text.id(), digest, party, at, "Lost laptop", at, "Keys changed", List.of("REL-1"));
    }

    FigureAct.QuestionAsked question(String thread) {
        return new FigureAct.QuestionAsked(
                id("qa"), text.id(), digest, party, at, thread, "REL-1", null, "Does 2024 include students?");
    }

    FigureAct.ReplyGiven reply(String thread) {
        return new FigureAct.ReplyGiven(id("rg"), text.id(), digest, party, at, thread, "It does");
    }

    FigureAct.ReconciliationConsented reconciling(String with, String rule) {
        return new FigureAct.ReconciliationConsented(
                id("rc"), text.id(), digest, party, at, "PROG", "STOCK", "MEAN/1", with, rule);
    }

    FigureAct.ReconciliationWithdrawn reconcilingNoMore(String consent) {
        return new FigureAct.ReconciliationWithdrawn(
                id("rw"), text.id(), digest, party, at, consent, "the register is under review");
    }

    /** One act of every kind. References between acts are the ones given. */
    List<Instrument> everyKind(Party entry, String leg, String reference) {
        return List.of(
                proposed(),
                countering(reference),
                initialled(),
                signed(),
                signedOnPaper(),
                completed(),
                provisional(),
                acceded(entry),
                accepted(entry.id()),
                optedOut(leg),
                optedIn(leg),
                declared(leg),
                withdrawn(),
                excluding("ITA"),
                chair("ITA"),
                letter(reference),
                correcting(reference, List.of(new TextChange.Place("/title/en", "Memorandun", "Memorandum"))),
                consenting(reference),
                suspended(leg),
                resumed(leg),
                held(),
                lifted(),
                denounced(),
                discontinued(),
                crisis(10, leg),
                countersigned(reference),
                ended(reference),
                reviewed(reference),
                opened(leg),
                recalled("REL-1"),
                destroyed(reference),
                declined(reference),
                deleted(),
                error(),
                correction(reference),
                breach(),
                question("T1"),
                reply("T1"),
                reconciling("ITA", "RULE-1"),
                reconcilingNoMore(reference));
    }
}
