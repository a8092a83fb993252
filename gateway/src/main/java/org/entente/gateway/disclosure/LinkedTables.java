package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Several tables, each with its own columns and sums, laid out as one for the ledger, so that balances can tie their figures. A column that a
 * table does not have is empty in its cells; a sum holds in its own table only.
 */
public final class LinkedTables {

    /** Column that names the table a cell is of; no column of a table has such a name. */
    public static final String TABLE = "(table)";

    private final SortedMap<String, Specification> tables;
    private final Specification whole;

    /** @param tables how each is read, by its name, every sum with its parts; the rules of all of them must be the same */
    public LinkedTables(SortedMap<String, Specification> tables) {
        this.tables = new TreeMap<>(tables);
        this.whole = joined();
    }

    private Specification joined() {
        Set<String> columns = new LinkedHashSet<>();
        tables.values().forEach(spec -> columns.addAll(spec.columns()));
        List<Dimension> dimensions = new ArrayList<>();
        dimensions.add(Dimension.untied(TABLE));
        columns.forEach(column -> dimensions.add(dimension(column)));
        List<Holder> holders = new ArrayList<>();
        tables.forEach((table, spec) -> spec.holders().forEach(holder -> holders.add(within(table, holder))));
        Specification first = tables.firstEntry().getValue();
        // What an absent cell means is said of each table with its sums.
        return first.over(dimensions)
                .with(Specification.Absent.UNKNOWN)
                .against(holders.stream().distinct().toList());
    }

    private Dimension dimension(String column) {
        List<Dimension.Sum> sums = new ArrayList<>();
        tables.forEach((table, spec) -> {
            Integer at = spec.position(column);
            if (at != null) {
                Dimension own = spec.dimensions().get(at);
                if (own.total() != null) {
                    throw new IllegalArgumentException("the parts of " + own.total() + " are not written out");
                }
                for (Dimension.Sum sum : own.sums()) {
                    sums.add(new Dimension.Sum(
                            sum.total(), sum.parts(), sum.additivity(), new Dimension.Within(table, spec.absent())));
                }
            }
        });
        return Dimension.of(column, sums);
    }

    private static Holder within(String table, Holder holder) {
        List<Holder.Cells> cells = new ArrayList<>();
        for (Holder.Cells some : holder.cells()) {
            SortedMap<String, SortedSet<String>> codes = new TreeMap<>(some.codes());
            codes.put(TABLE, new TreeSet<>(Set.of(table)));
            cells.add(new Holder.Cells(codes, some.by()));
        }
        return new Holder(holder.name(), cells);
    }

    /** The tables as one: the codes of every column of every table, with {@link #TABLE} first. */
    public Specification specification() {
        return whole;
    }

    /** The tables in which a cell that is absent means nobody. */
    Set<String> closed() {
        Set<String> closed = new HashSet<>();
        tables.forEach((table, spec) -> {
            if (spec.absent() == Specification.Absent.ZERO) {
                closed.add(table);
            }
        });
        return closed;
    }

    /** The place of a cell of one of the tables among all. */
    public List<String> codes(String table, List<String> codes) {
        List<String> own = specification(table).columns();
        List<String> all = new ArrayList<>();
        for (String column : whole.columns()) {
            int at = own.indexOf(column);
            all.add(column.equals(TABLE) ? table : at < 0 ? "" : codes.get(at));
        }
        return all;
    }

    /** What a cell of one of the tables must have in the columns of all: the given codes, and nothing where the table has no such column. */
    public SortedMap<String, String> term(String table, Map<String, String> codes) {
        SortedMap<String, String> term = new TreeMap<>(codes);
        term.put(TABLE, table);
        List<String> own = specification(table).columns();
        whole.columns().stream()
                .filter(column -> !column.equals(TABLE) && !own.contains(column))
                .forEach(column -> term.put(column, ""));
        return term;
    }

    private Specification specification(String table) {
        Specification spec = tables.get(table);
        if (spec == null) {
            throw new IllegalArgumentException("no table " + table);
        }
        return spec;
    }

    /** A release of one of the tables as one of all. */
    public Ledger.Release release(String table, Ledger.Release release) {
        return new Ledger.Release(
                release.name(),
                table + " " + release.edition(),
                figures(table, release.figures()),
                all(table, release.withheld()),
                all(table, release.outside()),
                release.judged());
    }

    private Set<List<String>> all(String table, Set<List<String>> cells) {
        Set<List<String>> all = new HashSet<>();
        cells.forEach(codes -> all.add(codes(table, codes)));
        return all;
    }

    /** The figures; where zeros are protected with the cells that are absent since nobody is in them. */
    private CountTable figures(String table, CountTable own) {
        Specification spec = specification(table);
        boolean filled = spec.rules().zeros() == Rules.Zeros.PROTECTED && spec.absent() == Specification.Absent.ZERO;
        List<CountTable.Row> rows = new ArrayList<>();
        if (filled && !own.rows().isEmpty()) {
            Grid grid = Grid.of(own, spec);
            Map<List<String>, CountTable.Row> given = new HashMap<>();
            own.rows().forEach(row -> given.put(row.codes(), row));
            for (int cell = 0; cell < grid.shown(); cell++) {
                List<String> codes = grid.codesOf(cell);
                CountTable.Row row = given.get(codes);
                rows.add(new CountTable.Row(codes(table, codes), grid.value(cell), row == null ? 0 : row.line()));
            }
        } else {
            own.rows().forEach(row -> rows.add(new CountTable.Row(codes(table, row.codes()), row.count(), row.line())));
        }
        return new CountTable(whole.columns(), rows);
    }
}
