package org.entente.agreements.lint;

import java.util.Locale;

/** Every rule of the linter, with its weight and the clause it guards. The code of a rule never changes its meaning. */
public enum Rule {
    // Identity, form and parties
    ANNEX_PARENT_VAGUE(Severity.WARNING, 3),
    AUTHENTIC_TEXT_ODD_LANGUAGE(Severity.WARNING, 1),
    AUTHENTIC_TEXT_TWICE(Severity.ERROR, 1),
    AUTHENTIC_TEXT_NO_PDF(Severity.WARNING, 1),
    LANGUAGES_WITHOUT_PREVAILING(Severity.NOTE, 1),
    CARD_DIFFERS(Severity.ERROR, 2),
    CARD_UNKNOWN(Severity.WARNING, 2),
    LEGAL_BASIS_MISSING(Severity.WARNING, 3),
    MEMBER_AREA_MISSING(Severity.ERROR, 2),
    ROLE_UNUSED(Severity.WARNING, 2),
    // Who is counted
    BASES_MIXED(Severity.ERROR, 4),
    BASIS_CONCEPT_MISMATCH(Severity.ERROR, 4),
    DIRECTION_MISMATCH(Severity.ERROR, 4),
    MEASURE_INDICATOR_MISMATCH(Severity.ERROR, 4),
    ORIGIN_CONCEPT_MISMATCH(Severity.WARNING, 9),
    ORIGINS_BEYOND_CONSUMER(Severity.WARNING, 9),
    REFERENCE_DATE_IDLE(Severity.WARNING, 4),
    // What may pass
    AREA_NOT_LISTED(Severity.ERROR, 10),
    AREA_UNUSED(Severity.NOTE, 10),
    CODE_UNKNOWN(Severity.ERROR, 10),
    CROSSING_IDLE(Severity.NOTE, 8),
    DIMENSION_MISSING(Severity.ERROR, 7),
    DIMENSION_UNKNOWN(Severity.ERROR, 7),
    REPORTER_NOT_PROVIDER(Severity.ERROR, 7),
    STRUCTURE_UNKNOWN(Severity.NOTE, 10),
    DATASET_BASIS_ABSENT(Severity.ERROR, 4),
    DATASET_COVERS_SENSITIVE(Severity.ERROR, 8),
    DATASET_COVERAGE_UNDECLARED(Severity.WARNING, 8),
    DATASET_UNKNOWN(Severity.ERROR, 7),
    CODES_OUTSIDE_DATASET(Severity.WARNING, 7),
    SENSITIVE_TO_ORIGIN(Severity.ERROR, 8),
    COVERAGE_APPROVAL_IDLE(Severity.NOTE, 8),
    // How it is protected
    DETAIL_UNPROTECTED(Severity.ERROR, 12),
    DISCLOSURE_DIFFERS(Severity.WARNING, 12),
    KNOWLEDGE_COSTS(Severity.NOTE, 12),
    KNOWLEDGE_IDLE(Severity.WARNING, 12),
    KNOWLEDGE_OUTSIDE_CUBE(Severity.ERROR, 12),
    NARROWABLE_RISK(Severity.WARNING, 12),
    ROUNDING_BASE_ODD(Severity.WARNING, 12),
    SECONDARY_MISSING(Severity.ERROR, 12),
    THRESHOLD_LOW(Severity.WARNING, 12),
    MARKING_INCOMPLETE(Severity.WARNING, 13),
    // Asking and answering
    ADMINISTRATOR_SEES_FIGURES(Severity.WARNING, 13),
    PURPOSE_WITHOUT_STATISTICIAN(Severity.WARNING, 13),
    CRISIS_PURPOSE_WITHOUT_CLAUSE(Severity.WARNING, 5),
    GROUNDS_MISSING(Severity.WARNING, 16),
    QUOTA_MISSING(Severity.WARNING, 16),
    DUE_MISSING(Severity.WARNING, 15),
    DUE_FREQUENCY_MISMATCH(Severity.WARNING, 15),
    FIRST_DELIVERY_TOO_EARLY(Severity.WARNING, 15),
    FREQUENCY_NOT_IN_CUBE(Severity.ERROR, 15),
    RETENTION_END_DIFFERS(Severity.WARNING, 26),
    LOG_SHORTER_THAN_RETENTION(Severity.WARNING, 25),
    // Passing on and publishing
    ONWARD_STRANGER(Severity.ERROR, 21),
    ONWARD_TO_ITSELF(Severity.NOTE, 21),
    ONWARD_SECRETARIAT_MISSING(Severity.ERROR, 21),
    ONWARD_TWICE(Severity.WARNING, 21),
    EMBARGO_IDLE(Severity.NOTE, 21),
    EMBARGO_DIFFERS(Severity.WARNING, 22),
    PUBLICATION_CONTRADICTS_ONWARD(Severity.ERROR, 22),
    MIRROR_BASES_DIFFER(Severity.WARNING, 23),
    RECIPROCITY_LEGS_DIFFER(Severity.ERROR, 23),
    RECIPROCITY_ASYMMETRY_UNNAMED(Severity.WARNING, 23),
    // Crisis
    CRISIS_CLAUSE_EMPTY(Severity.WARNING, 32),
    CRISIS_COUNTERSIGNED_BY_ITSELF(Severity.WARNING, 32),
    CRISIS_DECLARER_UNINVOLVED(Severity.WARNING, 32),
    CRISIS_NARROWER(Severity.ERROR, 32),
    CRISIS_WITHOUT_EFFECT(Severity.WARNING, 32),
    CRISIS_SLOWER(Severity.ERROR, 32),
    CRISIS_QUOTA_NARROWER(Severity.ERROR, 32),
    CRISIS_PACK_UNOPENABLE(Severity.ERROR, 32),
    CRISIS_PACK_BEYOND_WIDENING(Severity.WARNING, 32),
    CRISIS_OUTSIDE_UNIVERSE(Severity.ERROR, 32),
    CRISIS_UNLOGGED(Severity.WARNING, 32),
    // Framework
    FRAMEWORK_WITHOUT_ACCESSION(Severity.WARNING, 33),
    ACCESSION_OPEN_TO_PARTY(Severity.NOTE, 33),
    ACCESSION_VOTE_WITHOUT_VOTERS(Severity.WARNING, 33),
    ACCESSION_EFFECT_LATE(Severity.WARNING, 33),
    EXCLUSION_UNDECIDED(Severity.WARNING, 33),
    EXCLUSION_WITHOUT_GROUNDS(Severity.WARNING, 33),
    MINIMUM_UNREACHABLE(Severity.ERROR, 34),
    SECRETARIAT_WITHOUT_RIGHTS(Severity.WARNING, 34),
    // Course and status
    ENTRY_PARTIES_UNREACHABLE(Severity.ERROR, 37),
    TREATY_WITHOUT_NOTIFICATIONS(Severity.WARNING, 37),
    PROVISIONAL_TOO_LATE(Severity.WARNING, 37),
    PROVISIONAL_TWICE(Severity.WARNING, 37),
    PROVISIONAL_IDLE(Severity.NOTE, 37),
    RENEWAL_NOTICE_TOO_LONG(Severity.WARNING, 37),
    TERMINATION_WITHOUT_NOTICE(Severity.WARNING, 39),
    MOU_BINDING(Severity.ERROR, 40),
    TREATY_NOT_BINDING(Severity.ERROR, 40),
    // Clauses
    CLAUSE_ABSENT(Severity.WARNING, 0),
    ARTICLE_BESIDE_CLAUSE(Severity.NOTE, 0),
    ARTICLE_TWICE(Severity.WARNING, 0);

    private final Severity severity;
    private final int clause;

    /** @param clause 0 when the finding itself says which */
    Rule(Severity severity, int clause) {
        this.severity = severity;
        this.clause = clause;
    }

    /** Stable name: {@code detail-unprotected}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** Number of the clause it guards; 0 when the finding itself says which. */
    public int clause() {
        return clause;
    }
}
