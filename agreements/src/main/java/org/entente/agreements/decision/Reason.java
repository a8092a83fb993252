package org.entente.agreements.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One reason for a refusal.
 *
 * @param sentence cause and, where there is one, remedy, for a person
 * @param values the codes, dimensions, legs or periods it is about, all of them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Reason(Code code, @Nullable ClauseRef clause, String sentence, List<String> values) {
    public Reason(Code code, @Nullable ClauseRef clause, String sentence, @Nullable List<String> values) {
        this.code = code;
        this.clause = clause;
        this.sentence = sentence;
        this.values = values == null ? List.of() : List.copyOf(values);
    }

    /** The closed list of reasons; the order is the order of the checks. */
    public enum Code {
        NO_AGREEMENT,
        NO_LEG,
        LEG_AMBIGUOUS,
        NOT_A_PARTY,
        NOT_IN_EFFECT,
        OPTED_OUT,
        FEDERATION,
        LEG_STOPPED,
        RELEASE_RECALLED,
        HOLD,
        PURPOSE,
        ROLE,
        AUTHORITY,
        DIMENSION_UNKNOWN,
        LEG_INCOMPLETE,
        CODES_OUTSIDE,
        CROSSING,
        YEARS,
        TIME_LAG,
        QUOTA,
        PROTECTION,
        COVERAGE_UNDECLARED,
        COVERAGE;

        /** The stable spelling: lower case with hyphens. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
