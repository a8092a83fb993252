package org.entente.gateway.sdmx;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeBuilder;
import org.entente.gateway.statistics.CubeSelection;
import org.entente.gateway.statistics.ObservationCursor;
import org.entente.gateway.statistics.Structure;
import org.entente.gateway.statistics.TimePeriod;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code updatedAfter}, {@code asOf} and {@code includeHistory} out of the states in which a data set was
 * disseminated (SDMX REST 2.2, data queries).
 *
 * <p>Without history there is at most one set of deleted and one of new or changed observations. With history there are as
 * many per dissemination; the first has everything, each later one what it added, changed or deleted.
 */
public final class DataHistory {

    private final BoundQuery query;
    private final List<Dissemination> states;

    /**
     * @param query bound with history
     * @param states in ascending order of their time
     */
    public DataHistory(BoundQuery query, List<Dissemination> states) {
        this.query = query;
        this.states = states.stream()
                .sorted(Comparator.comparing(Dissemination::validFrom))
                .toList();
    }

    /**
     * Observations to report, already selected and cut to the ends of their series, not yet paged.
     *
     * @param deleted whether they are no more
     * @param validFrom since when they have been the figures, or null for deleted ones
     * @param validTo when they ceased to be, or null
     */
    public record Change(
            boolean deleted,
            Cube cube,
            @Nullable Instant validFrom,
            @Nullable Instant validTo) {}

    /** The state that was valid at the query's {@code asOf}, or now; empty if there was none yet. */
    public Optional<Dissemination> present() {
        Instant asOf = query.query().asOf();
        return asOf == null ? states.stream().reduce((a, b) -> b) : at(asOf);
    }

    private Optional<Dissemination> at(Instant instant) {
        return states.stream()
                .filter(state -> !state.validFrom().isAfter(instant))
                .reduce((a, b) -> b);
    }

    /** What is reported, deletions before replacements; sets without observations are left out. */
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        Instant after = query.query().updatedAfter();
        Dissemination earlier = after == null ? null : at(after).orElse(null);
        Optional<Dissemination> last = present();
        if (last.isEmpty()) {
            return changes;
        }
        if (!query.query().includeHistory()) {
            report(earlier, last.get(), changes);
            return changes;
        }
        for (Dissemination state : states) {
            boolean known = earlier != null && !state.validFrom().isAfter(earlier.validFrom());
            if (!known && !state.validFrom().isAfter(last.get().validFrom())) {
                report(earlier, state, changes);
                earlier = state;
            }
        }
        return changes;
    }

    /**
     * What is reported as the data sets of a message.
     *
     * @param sets of one page, which runs through all sets, in their order
     * @param goesOn whether observations stand behind the page
     */
    public record Page(List<DataSet> sets, boolean goesOn) {}

    /** The page that the query asks for. */
    public Page page() {
        List<DataSet> sets = new ArrayList<>();
        long skip = query.query().offset();
        long left = query.query().limit();
        long behind = 0;
        for (Change change : changes()) {
            long size = change.cube().observationCount();
            long from = Math.min(skip, size);
            long count = left < 0 ? size - from : Math.min(left, size - from);
            skip -= from;
            left = left < 0 ? left : left - count;
            behind += size - from - count;
            if (count > 0) {
                sets.add(set(change, from, count));
            }
        }
        return new Page(sets, behind > 0);
    }

    private DataSet set(Change change, long from, long count) {
        boolean dated = query.query().includeHistory();
        return new DataSet(
                change.deleted() ? DataSet.Action.DELETE : DataSet.Action.REPLACE,
                () -> query.stretch(change.cube().cursor(), from, count),
                dated ? change.validFrom() : null,
                dated ? change.validTo() : null);
    }

    private void report(@Nullable Dissemination earlier, Dissemination state, List<Change> changes) {
        Cube now = state.cube().slice(whole());
        Instant from = state.validFrom();
        if (earlier == null) {
            add(changes, new Change(false, now.slice(ends()), from, null));
            return;
        }
        if (earlier.validFrom().equals(from)) {
            return;
        }
        Difference difference = new Difference(earlier.cube().slice(whole()), now);
        difference.run();
        add(changes, new Change(true, difference.gone.build().slice(ends()), null, from));
        add(changes, new Change(false, difference.come.build().slice(ends()), from, null));
    }

    private static void add(List<Change> changes, Change change) {
        if (!change.cube().isEmpty()) {
            changes.add(change);
        }
    }

    /** The selection before series are cut to their ends: what is gone or changed must not depend on it. */
    private CubeSelection whole() {
        return query.selection().ends(0, 0);
    }

    private CubeSelection ends() {
        return CubeSelection.ALL.ends(
                query.selection().first(), query.selection().last());
    }

    /** Walks through two cubes of one structure, both in canonical order. */
    private static final class Difference {
        private final Structure structure;
        private final ObservationCursor before;
        private final ObservationCursor after;
        private final CubeBuilder gone;
        private final CubeBuilder come;

        Difference(Cube before, Cube after) {
            this.structure = after.structure();
            this.before = before.cursor();
            this.after = after.cursor();
            this.gone = Cube.builder(structure);
            this.come = Cube.builder(structure);
            before.datasetAttributes().forEach(gone::datasetAttribute);
            after.datasetAttributes().forEach(come::datasetAttribute);
        }

        void run() {
            boolean old = before.next();
            boolean young = after.next();
            while (old || young) {
                int sign = !old ? 1 : !young ? -1 : compareKeys();
                if (sign < 0) {
                    copy(before, gone);
                } else if (sign > 0 || changed()) {
                    copy(after, come);
                }
                old = sign <= 0 ? before.next() : old;
                young = sign >= 0 ? after.next() : young;
            }
        }

        private int compareKeys() {
            for (int d = 0; d < structure.dimensions().size(); d++) {
                String mine = before.dimensionText(d);
                String other = after.dimensionText(d);
                if (!mine.equals(other)) {
                    return d == structure.timePosition()
                            ? TimePeriod.parse(mine).compareTo(TimePeriod.parse(other))
                            : mine.compareTo(other);
                }
            }
            return 0;
        }

        private boolean changed() {
            if (Double.compare(before.value(), after.value()) != 0) {
                return true;
            }
            for (int a = 0; a < structure.attributes().size(); a++) {
                if (structure.attributes().get(a).level() != Attribute.Level.DATASET
                        && !before.attributeText(a).equals(after.attributeText(a))) {
                    return true;
                }
            }
            return false;
        }

        private void copy(ObservationCursor source, CubeBuilder target) {
            for (int d = 0; d < structure.dimensions().size(); d++) {
                target.dimension(structure.dimensions().get(d).id(), source.dimensionText(d));
            }
            for (int a = 0; a < structure.attributes().size(); a++) {
                Attribute attribute = structure.attributes().get(a);
                if (attribute.level() != Attribute.Level.DATASET) {
                    target.attribute(attribute.id(), source.attributeText(a));
                }
            }
            target.value(source.value()).add();
        }
    }
}
