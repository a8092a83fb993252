package org.entente.agreements;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The clauses that hold for the whole agreement. */
public record Terms(
        Use use,
        PersonalData personalData,
        @Nullable Quality quality,
        @Nullable Confidentiality confidentiality,
        @Nullable Transfer transfer,
        @Nullable Security security,
        @Nullable Correction correction,
        @Nullable Publication publication,
        @Nullable Reciprocity reciprocity,
        @Nullable Audit audit,
        @Nullable Breach breach,
        @Nullable Relation relation,
        @Nullable Status status) {

    /** Clause 5: no administrative use against persons, ever. */
    public record Use(boolean noAdministrativeUse, @Nullable Text note) {}

    /** Clause 14: only aggregates pass. */
    public record PersonalData(
            boolean aggregatesOnly, @Nullable Text lowestDetail) {}

    /** Clause 11. */
    public record Quality(
            List<String> mandatoryMetadata,
            @Nullable Text sources,
            @Nullable Text breaks,
            @Nullable Text revisionPolicy) {
        public Quality {
            mandatoryMetadata = Copies.of(mandatoryMetadata);
        }
    }

    /** Clause 13: codes of SDMX CL_CONF_STATUS that mark cells, and the duty of secrecy. */
    public record Confidentiality(
            List<String> marking, @Nullable Text secrecy) {
        public Confidentiality {
            marking = Copies.of(marking);
        }
    }

    /** Clause 17. */
    public record Transfer(List<String> protocols, List<String> formats, int retryHours) {
        public Transfer {
            protocols = Copies.of(protocols);
            formats = Copies.of(formats);
        }
    }

    /** Clause 18: technical and organisational measures; days for which a missing revocation list is tolerated. */
    public record Security(List<Text> measures, int revocationGraceDays) {
        public Security {
            measures = Copies.of(measures);
        }
    }

    /** Clause 19. */
    public record Correction(
            int reportDays, int correctDays, @Nullable Text supersession) {}

    /** Clause 22. */
    public record Publication(
            Text citation,
            @Nullable Integer embargoDays,
            boolean ownCopy,
            @Nullable String publishesFirst) {}

    /** Clause 23. */
    public record Reciprocity(boolean symmetric, @Nullable Text asymmetry, boolean mirrorReports) {}

    /** Clause 25. */
    public record Audit(
            int logMonths, PartnerAccess partnerAccess, List<String> witnesses, List<String> timestampAuthorities) {
        public Audit {
            witnesses = Copies.of(witnesses);
            timestampAuthorities = Copies.of(timestampAuthorities);
        }

        /** What of the log the partner may see. */
        public enum PartnerAccess {
            OWN_EXCHANGES,
            ALL_UNDER_AGREEMENT
        }
    }

    /** Clause 27. */
    public record Breach(
            int noticeHours,
            boolean suspendAtOnce,
            @Nullable Text remedies) {}

    /** Clause 35. */
    public record Relation(
            boolean nonRegression,
            boolean nationalLawPrevails,
            @Nullable Text precedence) {}

    /** Clause 40. */
    public record Status(boolean binding, @Nullable Text note) {}
}
