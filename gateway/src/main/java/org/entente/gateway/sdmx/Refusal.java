package org.entente.gateway.sdmx;

import java.util.List;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Problem;

/** Refusals of whole files. */
final class Refusal {

    private Refusal() {}

    /** The file cannot be read at all. */
    static CubeException malformed(String detail) {
        return malformed(1, "", detail);
    }

    static CubeException malformed(long row, String column, String detail) {
        return new CubeException(List.of(new Problem(Problem.Kind.MALFORMED, row, column, detail)), 1);
    }

    /** A text short enough to be shown. */
    static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
