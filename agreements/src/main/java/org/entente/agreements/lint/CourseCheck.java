package org.entente.agreements.lint;

import java.util.List;
import org.entente.agreements.Accession;
import org.entente.agreements.Agreement;
import org.entente.agreements.Course;
import org.entente.agreements.Nature;
import org.entente.agreements.Terms;

/** Beginning, duration, end and force: clauses 37, 39 and 40. */
final class CourseCheck extends Check {
    private static final int DAYS_IN_MONTH = 30;

    CourseCheck(Agreement agreement, LintFacts facts, List<Finding> findings) {
        super(agreement, facts, findings);
    }

    @Override
    void run() {
        entry(agreement.course().entryIntoForce());
        Course.Validity validity = agreement.course().validity();
        Course.Renewal renewal = validity == null ? null : validity.renewal();
        Integer months = validity == null ? null : validity.months();
        find(
                renewal != null
                        && renewal.noticeDays()
                                >= DAYS_IN_MONTH
                                        * Math.min(renewal.months(), months == null ? renewal.months() : months),
                Rule.RENEWAL_NOTICE_TOO_LONG,
                "/course/validity/renewal/noticeDays",
                "notice against renewal would have to be given before the term begins that it ends; shorten it");
        find(
                agreement.nature() == Nature.TREATY
                        && agreement.course().termination().noticeDays() == 0,
                Rule.TERMINATION_WITHOUT_NOTICE,
                "/course/termination/noticeDays",
                "a treaty that ends on the day of its denunciation leaves the other party no time; set a notice");
        Terms.Status status = agreement.terms().status();
        find(
                status != null && status.binding() && agreement.nature() == Nature.MOU,
                Rule.MOU_BINDING,
                "/terms/status/binding",
                "a memorandum of understanding is declared binding; conclude a treaty, or declare it not binding");
        find(
                status != null && !status.binding() && agreement.nature() == Nature.TREATY,
                Rule.TREATY_NOT_BINDING,
                "/terms/status/binding",
                "a treaty is declared not binding; conclude a memorandum of understanding, or declare it binding");
    }

    private void entry(Course.EntryIntoForce entry) {
        find(
                agreement.nature() == Nature.TREATY
                        && entry.rule() != Course.Entry.DAYS_AFTER_LAST_NOTIFICATION
                        && entry.rule() != Course.Entry.AFTER_PARTIES,
                Rule.TREATY_WITHOUT_NOTIFICATIONS,
                "/course/entryIntoForce/rule",
                "a treaty enters into force without waiting for the parties' internal procedures; use"
                        + " DAYS_AFTER_LAST_NOTIFICATION unless none of them has any");
        find(
                entry.provisionalFrom() != null
                        && entry.date() != null
                        && entry.provisionalFrom().compareTo(entry.date()) >= 0,
                Rule.PROVISIONAL_TOO_LATE,
                "/course/entryIntoForce/provisionalFrom",
                "provisional application begins on " + entry.provisionalFrom()
                        + ", when the agreement is in force since " + entry.date()
                        + "; move it before or leave it out");
        find(
                entry.provisionalFrom() != null && entry.declaresProvisional(),
                Rule.PROVISIONAL_TWICE,
                "/course/entryIntoForce/provisionalByDeclaration",
                "provisional application begins on a day and by declaration, so it begins on that day whoever has"
                        + " declared; keep one of the two");
        find(
                (entry.provisionalFrom() != null || entry.declaresProvisional())
                        && entry.rule() == Course.Entry.ON_LAST_SIGNATURE,
                Rule.PROVISIONAL_IDLE,
                "/course/entryIntoForce",
                "it is in force with the last signature, so there is nothing to apply provisionally before; leave that"
                        + " out");
        Accession accession = agreement.accession();
        boolean open = accession != null && accession.openTo().isEmpty();
        long most = agreement.parties().size()
                + (accession == null
                        ? 0
                        : accession.openTo().stream()
                                .filter(id -> agreement.party(id).isEmpty())
                                .count());
        Integer needed = entry.parties();
        find(
                needed != null && !open && needed > most,
                Rule.ENTRY_PARTIES_UNREACHABLE,
                "/course/entryIntoForce/parties",
                needed + " must sign before it takes effect and there can be only " + most + "; lower the number");
    }
}
