package org.entente.agreements;

/**
 * An office within a party (clause 2).
 *
 * @param id short id, unique within the party, for example {@code ISTAT}
 */
public record Authority(String id, Text name, Kind kind) {
    /** What the office answers for. */
    public enum Kind {
        STATISTICS,
        INTERIOR,
        LABOUR,
        FOREIGN_AFFAIRS,
        DIASPORA,
        SECRETARIAT,
        OTHER
    }
}
