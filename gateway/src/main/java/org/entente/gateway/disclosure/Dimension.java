package org.entente.gateway.disclosure;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One classification of a table, with every sum over it. A hierarchy is one sum for each parent; an overlapping grouping
 * is further sums over the same codes.
 *
 * @param column the table's column
 * @param sums the sums; a code may be the total of several and a part of several
 * @param total code that sums all codes which are totals of nothing, or null
 * @param additivity how that total relates to its parts
 * @param alone codes that no sum touches although the dimension has sums
 */
public record Dimension(
        String column, List<Sum> sums, @Nullable String total, Additivity additivity, Set<String> alone) {

    /**
     * A total and its parts.
     *
     * @param within the one table of several in which the sum holds; null where there is but one
     */
    public record Sum(
            String total,
            List<String> parts,
            Additivity additivity,
            @Nullable Within within) {
        /** A sum of a table that stands by itself. */
        public Sum(String total, List<String> parts, Additivity additivity) {
            this(total, parts, additivity, null);
        }

        public Sum {
            parts = List.copyOf(parts);
            if (parts.isEmpty() || new HashSet<>(parts).size() != parts.size() || parts.contains(total)) {
                throw new IllegalArgumentException(
                        "the parts of " + total + " are different codes, at least one, and not " + total + " itself");
            }
        }
    }

    /**
     * One of several tables that are judged together.
     *
     * @param table its name, the code in the column {@link LinkedTables#TABLE}
     * @param absent what a cell that it does not have means
     */
    record Within(String table, Specification.Absent absent) {}

    public Dimension {
        sums = List.copyOf(sums);
        alone = Set.copyOf(alone);
    }

    /** A dimension whose codes are not tied by sums. */
    public static Dimension untied(String column) {
        return new Dimension(column, List.of(), null, Additivity.EXACT, Set.of());
    }

    /** A dimension with one total of all other codes. */
    public static Dimension flat(String column, String total, Additivity additivity) {
        return new Dimension(column, List.of(), total, additivity, Set.of());
    }

    /** A dimension with these sums. */
    public static Dimension of(String column, List<Sum> sums) {
        return new Dimension(column, sums, null, Additivity.EXACT, Set.of());
    }

    /** All sums, with that of the general total written out over the codes that occur. */
    List<Sum> sumsOver(Set<String> codes) {
        if (total == null) {
            return sums;
        }
        Set<String> parts = new TreeSet<>(codes);
        sums.forEach(sum -> parts.addAll(sum.parts()));
        sums.forEach(sum -> parts.remove(sum.total()));
        parts.remove(total);
        parts.removeAll(alone);
        if (parts.isEmpty()) {
            return sums;
        }
        List<Sum> all = new java.util.ArrayList<>(sums);
        all.add(new Sum(total, List.copyOf(parts), additivity));
        return all;
    }

    /** Whether the specification places the code; of several tables each has seen to that itself. */
    boolean places(String code) {
        return total != null
                || sums.isEmpty()
                || alone.contains(code)
                || sums.stream()
                        .anyMatch(sum -> sum.within() != null
                                || sum.total().equals(code)
                                || sum.parts().contains(code));
    }
}
