package org.entente.gateway.disclosure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Problem;

/**
 * Everything that is out about one source and reference period, and what one release more would reveal together with it.
 *
 * <p>Releases that show the same edition of the figures share its cells. Between editions a cell whose figure did not change
 * is the same unknown, and the attacker is assumed to know which changed; a changed one is another unknown, free or known to
 * differ by no more than declared. Whoever may pool what they have (the members of an arrangement) is one attacker.
 */
public final class Ledger {

    /** Column of the value edition; no column of a table has such a name. */
    static final String EDITION = "(edition)";

    private static final Pattern SMALL = Pattern.compile("small:([1-9][0-9]{0,8})");
    private static final int MAX_PROBLEMS = 100;

    private final Solvers solvers;
    private final Specification spec;
    private final List<Release> out;
    private final List<Identity> identities;
    private final Set<String> closed;

    /**
     * A release: the true figures of its edition and which of them it shows.
     *
     * @param name how it is called in verdicts
     * @param edition value edition; equal names mean equal figures
     * @param figures all figures of the edition within the release's universe, known to the office only
     * @param withheld codes of the cells that the release withholds, so that nobody learns them
     * @param outside codes of further cells that it does not show, since its reader has not asked for them; whoever can compute them may
     * @param judged whether what it withholds is judged; what an office has protected itself is not
     */
    public record Release(
            String name,
            String edition,
            CountTable figures,
            Set<List<String>> withheld,
            Set<List<String>> outside,
            boolean judged) {
        public Release {
            withheld = Set.copyOf(withheld);
            outside = Set.copyOf(outside);
        }

        /** A release whose withheld cells are judged. */
        public Release(
                String name,
                String edition,
                CountTable figures,
                Set<List<String>> withheld,
                Set<List<String>> outside) {
            this(name, edition, figures, withheld, outside, true);
        }

        /** A release that shows all that it does not withhold. */
        public Release(String name, String edition, CountTable figures, Set<List<String>> withheld) {
            this(name, edition, figures, withheld, Set.of());
        }

        private boolean shows(List<String> codes) {
            return !withheld.contains(codes) && !outside.contains(codes);
        }

        /**
         * A release that an office has protected itself: what it shows is out, and what it withholds is taken for unchanged where its sums allow
         * that.
         *
         * @param shown what it shows, withheld counts as {@link CountTable#WITHHELD}
         * @param next the release that is to be judged with it
         */
        public static Release ofOffice(String name, CountTable shown, Release next, Specification spec) {
            return OfficeEdition.of(
                    name,
                    shown,
                    next.figures(),
                    next.edition(),
                    spec,
                    Solvers.best().make().get());
        }

        /** The same where nothing else is known of the figures: some table that agrees with what is shown stands for what is withheld. */
        public static Release ofOffice(String name, CountTable shown, Specification spec) {
            return ofOffice(
                    name, shown, new Release("", "", new CountTable(shown.columns(), List.of()), Set.of()), spec);
        }

        /** A release of what was protected, with the table it was protected from. */
        public static Release of(String name, String edition, CountTable truth, ProtectedTable result) {
            Set<List<String>> withheld = new HashSet<>();
            result.cells().stream().filter(ProtectedTable.Cell::withheld).forEach(cell -> withheld.add(cell.codes()));
            return new Release(name, edition, truth, withheld);
        }
    }

    /**
     * How figures may differ between editions.
     *
     * @param most largest change that the office declares; -1 if it declares none
     */
    public record Revision(long most) {
        /** Nothing is said of the size of changes. */
        public static final Revision FREE = new Revision(-1);

        /**
         * Reads {@code free} or {@code small:N}, N people being the largest change.
         *
         * @throws EntenteException {@code request-malformed}
         */
        public static Revision parse(String text) {
            if (text.equals("free")) {
                return FREE;
            }
            Matcher small = SMALL.matcher(text);
            if (small.matches()) {
                return new Revision(Long.parseLong(small.group(1)));
            }
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "A revision is free, or small:N with the largest change of a figure, unlike " + text + ".");
        }

        @Override
        public String toString() {
            return most < 0 ? "free" : "small:" + most;
        }
    }

    /**
     * What the ledger says of a release.
     *
     * @param safe whether it may go out
     * @param exposed cells that could be inferred from all releases together
     * @param repair cells that the new release must also withhold, the cheapest set found; empty if safe
     * @param repairable whether that makes it safe
     * @param explanation sentences for the person who decides
     */
    public record Verdict(
            boolean safe,
            List<List<String>> exposed,
            List<List<String>> repair,
            boolean repairable,
            List<String> explanation) {}

    private Ledger(
            Solvers solvers, Specification spec, List<Release> out, List<Identity> identities, Set<String> closed) {
        this.identities = List.copyOf(identities);
        this.closed = Set.copyOf(closed);
        this.solvers = solvers;
        this.spec = spec;
        this.out = List.copyOf(out);
    }

    /**
     * The ledger of one source and reference period.
     *
     * @param spec the strictest rules and the widest sums of all releases
     * @param out what has gone out already
     */
    public static Ledger of(Specification spec, List<Release> out) {
        return new Ledger(Solvers.best(), spec, out, List.of(), Set.of());
    }

    /** The same with balances between figures of different tables and periods, which hold where all their terms are out. */
    public Ledger linked(List<Identity> balances) {
        return new Ledger(solvers, spec, out, balances, Set.of());
    }

    /**
     * The same for several tables.
     *
     * @param tables what {@code spec} and all releases were laid out by
     */
    public Ledger linked(List<Identity> balances, LinkedTables tables) {
        return new Ledger(solvers, spec, out, balances, tables.closed());
    }

    /**
     * Judges a release together with everything that is out.
     *
     * @throws CubeException if figures changed by more than declared, or do not add up
     */
    public Verdict judge(Release next, Revision revision) {
        List<Release> all = new ArrayList<>(out);
        all.add(next);
        Map<String, CountTable> editions = editions(all);
        Specification wide = withEditions();
        Grid grid = Grid.of(together(editions), wide);
        List<int[]> same = new ArrayList<>();
        List<int[]> changed = new ArrayList<>();
        pair(grid, List.copyOf(editions.keySet()), same, changed);
        requireAsDeclared(grid, changed, revision);
        Tied tied = tie(grid, editions);
        Universe universe = Universe.of(
                grid,
                wide.rules(),
                shownCells(grid, out),
                same,
                revision.most() < 0 ? List.of() : changed,
                revision.most());
        BitSet withheld = withheldCells(universe, grid, all);
        Protector protector = new Protector(
                universe, wide, solvers, hidden(universe, grid, withheld, all), outside(universe, grid, withheld, all));
        Audit.Result audit = protector.audit(withheld);
        List<String> explanation = new ArrayList<>();
        explanation.add(changed.size() + " figures differ between editions, " + same.size() + " are the same.");
        if (tied.holding() > 0) {
            explanation.add(tied.holding() + " balances between figures of different tables or periods hold.");
        }
        if (tied.failing() > 0) {
            explanation.add(tied.failing() + " more do not hold by the true figures, and tell nothing.");
        }
        if (audit.safe()) {
            explanation.add("Nothing withheld can be inferred from all " + all.size() + " releases together.");
            return new Verdict(true, List.of(), List.of(), true, explanation);
        }
        List<List<String>> exposed = new ArrayList<>(codes(
                universe, grid, audit.doubts().stream().map(Audit.Doubt::cell).toList(), next));
        if (!identities.isEmpty() && !out.isEmpty() && exposed.removeAll(exposedAlready()) && exposed.isEmpty()) {
            explanation.add(
                    "What could be inferred follows from what is out already; this release adds nothing to it.");
            return new Verdict(true, List.of(), List.of(), true, explanation);
        }
        explanation.add(exposed.size() + " withheld cells could be inferred from the " + all.size()
                + " releases together, the first " + String.join(" ", exposed.getFirst()) + ".");
        Protector.Chosen repaired = protector.repair(withheld);
        BitSet more = (BitSet) repaired.withheld().clone();
        more.andNot(withheld);
        boolean repairable = protector.audit(repaired.withheld()).safe();
        List<List<String>> repair = codes(universe, grid, more.stream().boxed().toList(), next);
        explanation.add(
                repairable
                        ? "It is safe if " + next.name() + " also withholds " + repair.size() + " cells."
                        : "No further withholding makes it safe: what protects the cells is out already.");
        return new Verdict(false, exposed, repair, repairable, explanation);
    }

    /** A declaration that does not hold would tie the attacker to a table that does not exist. */
    private static void requireAsDeclared(Grid grid, List<int[]> changed, Revision revision) {
        List<Problem> problems = changed.stream()
                .filter(pair ->
                        revision.most() >= 0 && Math.abs(grid.value(pair[0]) - grid.value(pair[1])) > revision.most())
                .map(pair -> new Problem(
                        Problem.Kind.INCONSISTENT,
                        grid.line(pair[1]),
                        "",
                        "the figure changed by more than " + revision.most() + ", which the revision declares"))
                .toList();
        if (!problems.isEmpty()) {
            throw new CubeException(problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)), problems.size());
        }
    }

    /** What could be inferred before this release, from a balance that was declared late or a term that is public. */
    private List<List<String>> exposedAlready() {
        return new Ledger(solvers, spec, out.subList(0, out.size() - 1), identities, closed)
                .judge(out.getLast(), Revision.FREE)
                .exposed();
    }

    /** The small cells that no release shows; one that is out is beyond protection, and one that only an office has withheld is the office's. */
    private static BitSet hidden(Universe universe, Grid grid, BitSet withheld, List<Release> releases) {
        BitSet hidden = universe.smallCells();
        hidden.and(withheld);
        Set<String> judged = new HashSet<>();
        releases.stream().filter(Release::judged).forEach(release -> judged.add(release.edition()));
        BitSet ours = new BitSet();
        for (int cell = 0; cell < grid.size(); cell++) {
            boolean anywhere = grid.code(cell, 0) < 0;
            if (universe.merged(cell) >= 0
                    && (anywhere || judged.contains(grid.codesOf(cell).getFirst()))) {
                ours.set(universe.merged(cell));
            }
        }
        hidden.and(ours);
        return hidden;
    }

    private static Map<String, CountTable> editions(List<Release> releases) {
        Map<String, CountTable> editions = new LinkedHashMap<>();
        for (Release release : releases) {
            CountTable earlier = editions.get(release.edition());
            editions.put(release.edition(), earlier == null ? release.figures() : union(earlier, release.figures()));
        }
        return editions;
    }

    private static CountTable union(CountTable one, CountTable other) {
        Map<List<String>, CountTable.Row> rows = new LinkedHashMap<>();
        one.rows().forEach(row -> rows.put(row.codes(), row));
        other.rows().forEach(row -> rows.putIfAbsent(row.codes(), row));
        return new CountTable(one.columns(), List.copyOf(rows.values()));
    }

    private Specification withEditions() {
        List<Dimension> dimensions = new ArrayList<>();
        dimensions.add(Dimension.untied(EDITION));
        dimensions.addAll(spec.dimensions());
        return spec.over(dimensions);
    }

    private static CountTable together(Map<String, CountTable> editions) {
        List<CountTable.Row> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        editions.forEach((edition, table) -> {
            columns.clear();
            columns.add(EDITION);
            columns.addAll(table.columns());
            table.rows()
                    .forEach(row -> rows.add(new CountTable.Row(key(edition, row.codes()), row.count(), row.line())));
        });
        return new CountTable(columns, rows);
    }

    private static List<String> key(String edition, List<String> codes) {
        List<String> key = new ArrayList<>();
        key.add(edition);
        key.addAll(codes);
        return key;
    }

    /**
     * What became of the balances.
     *
     * @param holding places where all terms are out and the true figures balance
     * @param failing places where all terms are out and they do not
     */
    private record Tied(long holding, long failing) {}

    /** Lays the balances between the latest editions of their terms, where all of these are in some release. */
    private Tied tie(Grid grid, Map<String, CountTable> editions) {
        long holding = 0;
        long failing = 0;
        if (identities.isEmpty()) {
            return new Tied(holding, failing);
        }
        Map<List<String>, Integer> latest = new LinkedHashMap<>();
        editions.forEach((edition, table) ->
                table.sorted().forEach(row -> latest.put(row.codes(), grid.find(key(edition, row.codes())))));
        for (Identity identity : identities) {
            Set<List<String>> covered = covered(latest.keySet(), identity);
            for (Identity.Cells cells : identity.among(latest.keySet(), spec.columns())) {
                int[] left = places(cells.left(), latest, covered, identity);
                int[] right = places(cells.right(), latest, covered, identity);
                if (Arrays.stream(left).allMatch(cell -> cell >= 0)
                        && Arrays.stream(right).allMatch(cell -> cell >= 0)) {
                    boolean holds = grid.tie(left, right, identity.tolerance());
                    holding += holds ? 1 : 0;
                    failing += holds ? 0 : 1;
                }
            }
        }
        return new Tied(holding, failing);
    }

    /** The cells of one side; those in which there is nobody, since the table has their period and not them, are left out, and -1 stands for one that is not out. */
    private int[] places(
            List<List<String>> side, Map<List<String>, Integer> latest, Set<List<String>> covered, Identity identity) {
        return side.stream()
                .filter(codes -> latest.containsKey(codes) || !covered.contains(place(codes, identity)))
                .mapToInt(codes -> latest.getOrDefault(codes, -1))
                .toArray();
    }

    /** The tables with the periods that they have, where a cell that is absent means nobody. */
    private Set<List<String>> covered(Set<List<String>> keys, Identity identity) {
        Set<List<String>> covered = new HashSet<>();
        for (List<String> codes : keys) {
            List<String> place = place(codes, identity);
            if (closed.contains(place.getFirst())) {
                covered.add(place);
            }
        }
        return covered;
    }

    private List<String> place(List<String> codes, Identity identity) {
        int table = spec.columns().indexOf(LinkedTables.TABLE);
        int time = identity.time() == null ? -1 : spec.columns().indexOf(identity.time());
        return List.of(table < 0 ? "" : codes.get(table), time < 0 ? "" : codes.get(time));
    }

    /** Each cell with the same cell of the edition before. */
    private static void pair(Grid grid, List<String> editions, List<int[]> same, List<int[]> changed) {
        Map<List<String>, Integer> last = new HashMap<>();
        for (String edition : editions) {
            for (int cell = 0; cell < grid.size(); cell++) {
                List<String> codes = grid.codesOf(cell);
                if (!codes.getFirst().equals(edition)) {
                    continue;
                }
                Integer before = last.put(codes.subList(1, codes.size()), cell);
                if (before != null) {
                    (grid.value(before) == grid.value(cell) ? same : changed).add(new int[] {before, cell});
                }
            }
        }
    }

    private static BitSet shownCells(Grid grid, List<Release> releases) {
        BitSet shown = new BitSet();
        for (Release release : releases) {
            for (CountTable.Row row : release.figures().rows()) {
                if (release.shows(row.codes())) {
                    int cell = grid.find(key(release.edition(), row.codes()));
                    if (cell >= 0) {
                        shown.set(cell);
                    }
                }
            }
        }
        return shown;
    }

    /** What no release shows, and none that is judged withholds. */
    private static BitSet outside(Universe universe, Grid grid, BitSet withheld, List<Release> releases) {
        BitSet outside = (BitSet) withheld.clone();
        for (Release release : releases) {
            for (List<String> codes : release.judged() ? release.withheld() : Set.<List<String>>of()) {
                int cell = grid.find(key(release.edition(), codes));
                if (cell >= 0 && universe.merged(cell) >= 0) {
                    outside.clear(universe.merged(cell));
                }
            }
        }
        return outside;
    }

    /** What no release shows. */
    private static BitSet withheldCells(Universe universe, Grid grid, List<Release> releases) {
        BitSet shown = shownCells(grid, releases);
        BitSet withheld = DisclosureControl.all(universe.cells());
        shown.stream().map(universe::merged).filter(cell -> cell >= 0).forEach(withheld::clear);
        return withheld;
    }

    /** The codes of cells, by the names that they have in this release where it has them. */
    private static List<List<String>> codes(Universe universe, Grid grid, List<Integer> cells, Release named) {
        Map<Integer, List<String>> own = new HashMap<>();
        for (CountTable.Row row : named.figures().rows()) {
            int cell = grid.find(key(named.edition(), row.codes()));
            if (cell >= 0 && universe.merged(cell) >= 0) {
                own.putIfAbsent(universe.merged(cell), row.codes());
            }
        }
        return cells.stream()
                .distinct()
                .map(cell -> {
                    List<String> codes = own.get(cell);
                    List<String> first = universe.codesOf(cell);
                    return codes == null ? first.subList(1, first.size()) : codes;
                })
                .distinct()
                .toList();
    }
}
