package org.entente.gateway.statistics;

import java.util.List;

/** Data cannot become a cube; nothing of it was kept. */
public final class CubeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final long total;

    /**
     * @param problems the first problems, in row order; never empty
     * @param total how many there are in all
     */
    public CubeException(List<Problem> problems, long total) {
        super(problems.getFirst() + (total > 1 ? " (and " + (total - 1) + " more)" : ""));
        this.problems = List.copyOf(problems);
        this.total = total;
    }

    public List<Problem> problems() {
        return problems;
    }

    public long total() {
        return total;
    }
}
