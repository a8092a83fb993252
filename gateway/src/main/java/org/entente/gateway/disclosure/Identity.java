package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A balance that ties figures of different tables or periods, such as the stock at the end of a year: the stock a year before, and who came, less
 * who left. It holds cell by cell, for all codes of the columns that no term names.
 *
 * @param left terms that are added up
 * @param right terms whose sum is the same
 * @param time column of the years; null where no term is of another year
 * @param tolerance largest difference between both sides with which it counts as holding; where the true figures differ by more it tells nobody
 *     anything, and is left out
 */
public record Identity(
        List<Term> left, List<Term> right, @Nullable String time, long tolerance) {
    private static final Pattern YEAR = Pattern.compile("[0-9]{4}");

    public Identity {
        left = List.copyOf(left);
        right = List.copyOf(right);
        if (left.isEmpty() || right.isEmpty() || tolerance < 0) {
            throw new IllegalArgumentException("an identity has terms on both sides and no negative tolerance");
        }
    }

    /**
     * One figure of it.
     *
     * @param codes what is counted, by column
     * @param years how many years later than the cell the figure is of; -1 for a year before
     */
    public record Term(SortedMap<String, String> codes, int years) {
        public Term {
            codes = new TreeMap<>(codes);
        }

        private @Nullable List<String> at(List<String> cell, List<String> columns, @Nullable String time) {
            List<String> at = new ArrayList<>(cell);
            codes.forEach((column, code) -> at.set(columns.indexOf(column), code));
            if (time != null && years != 0) {
                int position = columns.indexOf(time);
                if (!YEAR.matcher(at.get(position)).matches()) {
                    return null;
                }
                at.set(position, String.valueOf(Integer.parseInt(at.get(position)) + years));
            }
            return at;
        }
    }

    /** Cells that add up to the same on both sides. */
    record Cells(List<List<String>> left, List<List<String>> right) {}

    /** Every place where it holds between keys: each once, in their order, with all its terms there or not. */
    List<Cells> among(Iterable<List<String>> keys, List<String> columns) {
        Set<Cells> found = new HashSet<>();
        List<Cells> all = new ArrayList<>();
        Term first = left.getFirst();
        for (List<String> key : keys) {
            boolean is = first.codes().entrySet().stream()
                    .allMatch(code -> key.get(columns.indexOf(code.getKey())).equals(code.getValue()));
            Cells cells = is ? around(key, columns, first.years()) : null;
            if (cells != null && found.add(cells)) {
                all.add(cells);
            }
        }
        return all;
    }

    private @Nullable Cells around(List<String> key, List<String> columns, int years) {
        List<String> from = new Term(new TreeMap<>(), -years).at(key, columns, time);
        List<List<String>> ours = new ArrayList<>();
        List<List<String>> theirs = new ArrayList<>();
        for (Term term : left) {
            List<String> at = from == null ? null : term.at(from, columns, time);
            if (at == null) {
                return null;
            }
            ours.add(at);
        }
        for (Term term : right) {
            List<String> at = from == null ? null : term.at(from, columns, time);
            if (at == null) {
                return null;
            }
            theirs.add(at);
        }
        return new Cells(ours, theirs);
    }
}
