package org.entente.gateway.sdmx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Problem;

/** Turns what is wrong with data into a refusal with a stable code. */
public final class DataProblems {

    private DataProblems() {}

    /** The code of a sort of mistake. */
    public static ErrorCode code(Problem.Kind kind) {
        return switch (kind) {
            case CODE_UNKNOWN -> ErrorCode.CODE_UNKNOWN;
            case DUPLICATE_KEY -> ErrorCode.DUPLICATE_KEY;
            case MALFORMED, MISSING, INCONSISTENT -> ErrorCode.CSV_MALFORMED;
        };
    }

    /** A refusal under the code of the first problem, which lists all that were kept with row and column. */
    public static EntenteException refusal(CubeException exception) {
        List<Map<String, Object>> problems =
                exception.problems().stream().map(DataProblems::member).toList();
        return new EntenteException(
                code(exception.problems().getFirst().kind()),
                String.valueOf(exception.getMessage()),
                Map.of("problems", problems, "problemCount", exception.total()),
                exception);
    }

    private static Map<String, Object> member(Problem problem) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("row", problem.row());
        member.put("column", problem.column());
        member.put("code", code(problem.kind()).code());
        member.put("detail", problem.detail());
        return member;
    }
}
