package org.entente.gateway.releases;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.agreements.DisclosureRule;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.CountTable;
import org.entente.gateway.disclosure.Identity;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.disclosure.LinkedTables;
import org.entente.gateway.disclosure.Rules;
import org.entente.gateway.disclosure.Specification;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeException;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/**
 * What a release reveals together with everything that is out: earlier releases of its dataset, and those of other datasets that declared
 * balances tie it to.
 */
@Singleton
class EditionLedger {
    private final Datasets datasets;
    private final ReleaseTable table;
    private final CubeStore store;
    private final Balances balances;

    EditionLedger(Datasets datasets, ReleaseTable table, CubeStore store, Balances balances) {
        this.datasets = datasets;
        this.table = table;
        this.store = store;
        this.balances = balances;
    }

    /**
     * A release that is to go out, or is out.
     *
     * @param name how it is called in verdicts
     * @param dataset whose
     * @param truth what it was protected from; null if an office has protected it, or it is public
     * @param shown what it shows
     * @param rule by which it is protected; null for a public source
     */
    record Edition(
            String name,
            Dataset dataset,
            @Nullable Cube truth,
            Cube shown,
            @Nullable DisclosureRule rule) {
        private boolean suppressedHere() {
            return truth != null && rule != null && rule.method() == DisclosureRule.Method.SUPPRESSION;
        }
    }

    /**
     * Holds a release that is about to be stored against everything that is out.
     *
     * @return the balances that were reckoned with, by id
     * @throws EntenteException {@code edition-unsafe} with the cheapest repair if withheld cells could be inferred; {@code table-invalid} if
     *     the figures changed by more than the revision declares
     */
    List<String> requireSafe(Edition next, Ledger.Revision revision) {
        Optional<Ledger.Verdict> verdict = judge(next, revision);
        if (verdict.isPresent() && !verdict.get().safe()) {
            throw new EntenteException(
                    ErrorCode.EDITION_UNSAFE,
                    String.join(" ", verdict.get().explanation()),
                    Map.of(
                            "repair",
                            verdict.get().repair(),
                            "repairable",
                            verdict.get().repairable()));
        }
        return verdict.isEmpty()
                ? List.of()
                : balances.around(next.dataset().id()).stream()
                        .map(one -> one.balance().id())
                        .toList();
    }

    /**
     * Holds a stored release against what has come out, or has been declared, since it was imported.
     *
     * @throws EntenteException as {@link #requireSafe}
     */
    void requireStillSafe(ReleaseTable.Stored stored) {
        Release release = stored.release();
        Dataset dataset = datasets.get(release.dataset());
        List<Balances.Declared> tied = balances.around(dataset.id());
        Instant since = release.importedAt();
        boolean changed = tied.stream().anyMatch(one -> one.at().isAfter(since));
        for (String id : tied(dataset, tied)) {
            for (ReleaseTable.Stored other : table.releases(id)) {
                Instant out = other.release().publishedAt();
                changed |= out != null && out.isAfter(since);
            }
        }
        if (changed) {
            Edition next = edition(stored, dataset, "this release");
            requireSafe(next, table.revision(release.id()));
        }
    }

    /** Judges a release; nothing where there is nothing to judge it with, or it is not this node that answers for what it withholds. */
    Optional<Ledger.Verdict> judge(Edition next, Ledger.Revision revision) {
        List<Balance> tied = balances.around(next.dataset().id()).stream()
                .map(Balances.Declared::balance)
                .toList();
        DisclosureRule rule = next.rule();
        boolean ours = next.suppressedHere();
        if (rule == null || (!ours && (tied.isEmpty() || next.truth() != null))) {
            return Optional.empty();
        }
        try {
            return tied.isEmpty() ? alone(next, rule, revision) : Optional.of(linked(next, rule, tied, revision));
        } catch (CubeException e) {
            throw CountedFigures.invalid("together with what is out already, " + e.getMessage());
        }
    }

    private static SortedSet<String> tied(Dataset dataset, List<Balances.Declared> balances) {
        SortedSet<String> tied = new TreeSet<>();
        tied.add(dataset.id());
        balances.forEach(one -> tied.addAll(one.balance().datasets()));
        return tied;
    }

    private Optional<Ledger.Verdict> alone(Edition next, DisclosureRule rule, Ledger.Revision revision) {
        List<Edition> out = out(new TreeSet<>(Set.of(next.dataset().id())));
        if (out.isEmpty()) {
            return Optional.empty();
        }
        CountedFigures figures = figures(next.dataset());
        List<Cube> all = new ArrayList<>();
        out.forEach(one -> all.add(one.truth() == null ? one.shown() : one.truth()));
        Cube truth = java.util.Objects.requireNonNull(next.truth());
        all.add(truth);
        Specification specification = figures.specification(all, rule);
        Ledger.Release judged = figures.release(next.name(), next.shown(), truth);
        List<Ledger.Release> earlier = out.stream()
                .map(one -> one.truth() == null
                        ? Ledger.Release.ofOffice(one.name(), figures.asSeen(one.shown()), judged, specification)
                        : figures.release(one.name(), one.shown(), one.truth()))
                .toList();
        return Optional.of(Ledger.of(specification, earlier).judge(judged, revision));
    }

    private CountedFigures figures(Dataset dataset) {
        return new CountedFigures(dataset, datasets.flow(dataset).structure());
    }

    /** All datasets that balances tie as one table; each keeps its own sums. */
    private Ledger.Verdict linked(Edition next, DisclosureRule rule, List<Balance> tied, Ledger.Revision revision) {
        SortedSet<String> names = new TreeSet<>();
        tied.forEach(balance -> names.addAll(balance.datasets()));
        List<Edition> out = out(names);
        out.removeIf(one -> one.truth() != null && !one.suppressedHere());
        List<Edition> all = new ArrayList<>(out);
        all.add(next);
        SortedMap<String, Specification> specifications = new TreeMap<>();
        Rules common = common(all, rule);
        for (String name : names) {
            Dataset dataset = datasets.get(name);
            List<Cube> cubes = all.stream()
                    .filter(one -> one.dataset().id().equals(name))
                    .map(one -> one.truth() == null ? one.shown() : one.truth())
                    .toList();
            specifications.put(
                    name,
                    figures(dataset)
                            .specification(cubes, name.equals(next.dataset().id()) ? rule : rule(name, all, rule))
                            .with(common));
        }
        LinkedTables tables = new LinkedTables(specifications);
        Ledger.Release judged = tables.release(next.dataset().id(), release(next, null, specifications));
        List<Ledger.Release> earlier = out.stream()
                .map(one -> tables.release(
                        one.dataset().id(),
                        release(one, one.dataset().id().equals(next.dataset().id()) ? next : null, specifications)))
                .toList();
        Ledger.Verdict verdict = Ledger.of(tables.specification(), earlier)
                .linked(tied.stream().map(balance -> identity(balance, tables)).toList(), tables)
                .judge(judged, revision);
        return new Ledger.Verdict(
                verdict.safe(),
                plain(verdict.exposed()),
                plain(verdict.repair()),
                verdict.repairable(),
                verdict.explanation());
    }

    /** Without the columns that a dataset does not have. */
    private static List<List<String>> plain(List<List<String>> cells) {
        return cells.stream()
                .map(codes -> codes.stream().filter(code -> !code.isEmpty()).toList())
                .toList();
    }

    /** The release as the ledger knows it; what an office withholds is taken for unchanged since, where the same dataset is judged. */
    private Ledger.Release release(Edition one, @Nullable Edition next, Map<String, Specification> specifications) {
        CountedFigures figures = figures(one.dataset());
        if (one.truth() != null) {
            return figures.release(one.name(), one.shown(), one.truth());
        }
        Specification specification = java.util.Objects.requireNonNull(
                specifications.get(one.dataset().id()));
        CountTable seen = figures.asSeen(one.shown());
        return next == null || next.truth() == null
                ? Ledger.Release.ofOffice(one.name(), seen, specification)
                : Ledger.Release.ofOffice(
                        one.name(), seen, figures.release("", next.shown(), next.truth()), specification);
    }

    private Identity identity(Balance balance, LinkedTables tables) {
        List<Identity.Term> left = new ArrayList<>();
        List<Identity.Term> right = new ArrayList<>();
        left.add(new Identity.Term(
                tables.term(balance.total().dataset(), balance.total().codes()), 0));
        for (Balance.Term part : balance.parts()) {
            (part.minus() ? left : right)
                    .add(new Identity.Term(tables.term(part.dataset(), part.codes()), part.years()));
        }
        Structure structure =
                datasets.flow(datasets.get(balance.total().dataset())).structure();
        Long tolerance = balance.tolerance();
        return new Identity(
                left,
                right,
                structure.dimensions().get(structure.timePosition()).id(),
                tolerance == null ? 0 : tolerance);
    }

    /** The strictest rules of what is judged and of all that is out: what one dataset gives away is as protected as the other's. */
    private static Rules common(List<Edition> all, DisclosureRule rule) {
        long threshold = 1;
        long width = 1;
        boolean zeros = false;
        List<DisclosureRule> rules = new ArrayList<>();
        rules.add(rule);
        all.stream()
                .filter(Edition::suppressedHere)
                .forEach(one -> rules.add(java.util.Objects.requireNonNull(one.rule())));
        for (DisclosureRule one : rules) {
            Integer least = one.threshold();
            Integer wide = one.width();
            threshold = Math.max(threshold, least == null ? 1 : least);
            width = Math.max(width, wide == null ? 1 : wide);
            zeros |= one.zeros() == DisclosureRule.Zeros.PROTECTED;
        }
        return new Rules(threshold, zeros ? Rules.Zeros.PROTECTED : Rules.Zeros.SHOWN, width, true, 0, false);
    }

    /** The rule of what is out of another dataset, with what its consumers hold themselves. */
    private static DisclosureRule rule(String dataset, List<Edition> all, DisclosureRule otherwise) {
        return all.stream()
                .filter(one -> one.dataset().id().equals(dataset) && one.suppressedHere())
                .map(one -> java.util.Objects.requireNonNull(one.rule()))
                .reduce((earlier, later) -> later)
                .orElse(otherwise.knowing(List.of()));
    }

    /** What is out of these datasets, in the order in which it came out. */
    private List<Edition> out(SortedSet<String> names) {
        List<ReleaseTable.Stored> published = new ArrayList<>();
        names.forEach(name -> table.releases(name).stream()
                .filter(stored -> stored.release().state() == ReleaseState.PUBLISHED)
                .forEach(published::add));
        published.sort(Comparator.comparing(
                stored -> java.util.Objects.requireNonNull(stored.release().publishedAt())));
        List<Edition> out = new ArrayList<>();
        for (ReleaseTable.Stored stored : published) {
            Release release = stored.release();
            out.add(edition(
                    stored,
                    datasets.get(release.dataset()),
                    (names.size() > 1 ? release.dataset() + " " : "") + release.number() + "." + release.edition()));
        }
        return out;
    }

    /** A stored release with what it was protected from, where this node has protected it. */
    Edition edition(ReleaseTable.Stored stored, Dataset dataset, String name) {
        Structure structure = datasets.flow(dataset).structure();
        UUID id = stored.release().id();
        Cube truth = table.original(id)
                .map(original -> store.read(original.id(), structure, original.digest()))
                .orElse(null);
        return new Edition(
                name,
                dataset,
                truth,
                store.read(id, structure, stored.digest()),
                stored.release().protection().applied());
    }
}
