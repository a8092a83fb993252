package org.entente.gateway.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.Dissemination;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.CubeUnion;

/**
 * What a query's sources held at every instant at which one of them changed. A source is a dataset of this node with its releases, or a leg of
 * a partner with the answers that are still held; what it holds at an instant is the last of its states that began until then.
 */
final class Timeline {
    private final BoundQuery query;
    private final List<List<State>> sources = new ArrayList<>();

    Timeline(BoundQuery query) {
        this.query = query;
    }

    /**
     * One state of a source.
     *
     * @param from when it was disseminated
     * @param cube what it held; called only for states that the answer depends on
     */
    record State(Instant from, Supplier<Cube> cube) {}

    /** Adds a source by its states, the later ones of which replace the earlier ones. */
    void source(List<State> states) {
        sources.add(List.copyOf(states));
    }

    /**
     * Those states of all sources together that the query's answer depends on, each reduced to what the query selects.
     *
     * @throws EntenteException {@code duplicate-key} if sources contradict each other; whatever a state's cube throws
     */
    List<Dissemination> needed() {
        List<Dissemination> needed = new ArrayList<>();
        for (Instant instant : instants()) {
            needed.add(new Dissemination(instant, at(instant)));
        }
        return needed;
    }

    private SortedSet<Instant> instants() {
        SortedSet<Instant> all = new TreeSet<>();
        sources.forEach(states -> states.forEach(state -> all.add(state.from())));
        DataQuery asked = query.query();
        Instant asOf = asked.asOf();
        if (asOf != null) {
            all.removeIf(instant -> instant.isAfter(asOf));
        }
        Instant after = asked.updatedAfter();
        Optional<Instant> before = after == null
                ? Optional.empty()
                : all.stream().filter(instant -> !instant.isAfter(after)).reduce((a, b) -> b);
        SortedSet<Instant> needed =
                new TreeSet<>(asked.includeHistory() ? all : all.isEmpty() ? all : all.tailSet(all.last()));
        before.ifPresent(baseline -> {
            needed.removeIf(instant -> instant.isBefore(baseline));
            needed.add(baseline);
        });
        return needed;
    }

    private Cube at(Instant instant) {
        List<Cube> parts = new ArrayList<>();
        for (List<State> states : sources) {
            states.stream()
                    .filter(state -> !state.from().isAfter(instant))
                    .reduce((a, b) -> b)
                    .ifPresent(state -> parts.add(state.cube().get()));
        }
        CubeUnion union =
                CubeUnion.of(query.structure(), parts).slice(query.selection().ends(0, 0));
        union.clash().ifPresent(Timeline::refuse);
        return union.toCube();
    }

    /** Two sources that hold the same cell are not mixed. */
    static void refuse(String cell) {
        throw new EntenteException(
                ErrorCode.DUPLICATE_KEY, "Two sources contradict each other in " + cell + "; ask for one of them.");
    }
}
