package org.entente.gateway.statistics;

/**
 * One thing that is wrong with data, and where.
 *
 * @param kind what sort of mistake
 * @param row record number as a person counts them in the file: the header is row 1, the first observation row 2
 * @param column the component or column concerned, empty if the whole row is
 * @param detail one sentence
 */
public record Problem(Kind kind, long row, String column, String detail) {

    /** Sorts of mistakes; each has one stable error code at the gateway's edge. */
    public enum Kind {
        /** The text does not follow its format. */
        MALFORMED,
        /** The code is in no code list that the structure names for the column. */
        CODE_UNKNOWN,
        /** Two observations have the same key. */
        DUPLICATE_KEY,
        /** A mandatory value is not there. */
        MISSING,
        /** Values that must agree do not. */
        INCONSISTENT
    }

    @Override
    public String toString() {
        return "row " + row + (column.isEmpty() ? "" : ", column " + column) + ": " + detail;
    }
}
