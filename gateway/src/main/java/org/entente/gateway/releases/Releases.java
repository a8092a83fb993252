package org.entente.gateway.releases;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;
import org.jspecify.annotations.Nullable;

/**
 * What answers questions: the published releases, with their figures in memory. The list is read again after {@link
 * ReleaseSettings#fresh()} at the latest, so every process of a node sees what another one published; releases themselves
 * never change.
 */
@Singleton
public final class Releases {

    /** After so many times the agreed age nobody goes on with the old list. */
    private static final int PATIENCE = 3;

    private final ReleaseTable table;
    private final CubeStore store;
    private final Dataflows dataflows;
    private final Clock clock;
    private final ReleaseSettings settings;
    private final Cache<UUID, Cube> cubes;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Snapshot snapshot;

    /** All published releases as of an instant. */
    private record Snapshot(Instant taken, Map<UUID, PublishedRelease> all, List<PublishedRelease> current) {}

    Releases(ReleaseTable table, CubeStore store, Dataflows dataflows, Clock clock, ReleaseSettings settings) {
        this.table = table;
        this.store = store;
        this.dataflows = dataflows;
        this.clock = clock;
        this.settings = settings;
        this.cubes = Caffeine.newBuilder()
                .maximumWeight(settings.memoryBytes() >> 10)
                .weigher((UUID id, Cube cube) -> (int) Math.min(Integer.MAX_VALUE, 1 + (cube.heapBytes() >> 10)))
                .build();
    }

    /** The newest published release, in its widest edition, of each dataset under a dataflow. */
    public List<PublishedRelease> current(ArtefactId flow) {
        return fresh().current().stream()
                .filter(release -> release.dataset().dataflow().equals(flow))
                .toList();
    }

    /** Of the current releases under a dataflow those of the named datasets; all of them if none is named. */
    public List<PublishedRelease> current(ArtefactId flow, Collection<String> datasets) {
        return current(flow).stream()
                .filter(release -> datasets.isEmpty()
                        || datasets.contains(release.dataset().id()))
                .toList();
    }

    /**
     * Everything that was published under a dataflow, by dataset, each dataset's releases in the order of their numbers and editions: what
     * stood at an instant is the last of those that were published until then.
     */
    public List<List<PublishedRelease>> history(ArtefactId flow) {
        Map<String, List<PublishedRelease>> history = new TreeMap<>();
        for (PublishedRelease release : fresh().all().values()) {
            if (release.dataset().dataflow().equals(flow)) {
                history.computeIfAbsent(release.dataset().id(), id -> new ArrayList<>())
                        .add(release);
            }
        }
        history.values()
                .forEach(list -> list.sort(
                        Comparator.comparingInt(PublishedRelease::number).thenComparingInt(PublishedRelease::edition)));
        return List.copyOf(history.values());
    }

    /** A published release, current or not. */
    public Optional<PublishedRelease> byId(UUID id) {
        return Optional.ofNullable(fresh().all().get(id));
    }

    private Snapshot fresh() {
        Snapshot taken = snapshot;
        if (taken != null && isYounger(taken, settings.fresh())) {
            return taken;
        }
        // One thread reads; the others go on with a list that is only a little too old.
        if (taken != null
                && reading.isLocked()
                && isYounger(taken, settings.fresh().multipliedBy(PATIENCE))) {
            return taken;
        }
        reading.lock();
        try {
            Snapshot now = snapshot;
            return now != null && now != taken ? now : read();
        } finally {
            reading.unlock();
        }
    }

    private boolean isYounger(Snapshot taken, Duration age) {
        return clock.instant().isBefore(taken.taken().plus(age));
    }

    /** Reads the list again, so that what this process has published answers at once. */
    void refresh() {
        reading.lock();
        try {
            read();
        } finally {
            reading.unlock();
        }
    }

    private Snapshot read() {
        Instant now = clock.instant();
        Map<String, Dataset> datasets =
                table.datasets().stream().collect(Collectors.toMap(Dataset::id, Function.identity()));
        Map<UUID, PublishedRelease> all = new LinkedHashMap<>();
        Map<String, PublishedRelease> newest = new LinkedHashMap<>();
        for (ReleaseTable.Stored stored : table.published()) {
            Dataset dataset = datasets.get(stored.release().dataset());
            if (dataset != null) {
                PublishedRelease release = new PublishedRelease(stored.release(), dataset, () -> cube(stored, dataset));
                all.put(stored.release().id(), release);
                newest.put(dataset.id(), release);
            }
        }
        Snapshot taken = new Snapshot(now, Map.copyOf(all), List.copyOf(newest.values()));
        snapshot = taken;
        return taken;
    }

    private Cube cube(ReleaseTable.Stored stored, Dataset dataset) {
        return cubes.get(
                stored.release().id(), id -> store.read(id, flow(dataset).structure(), stored.digest()));
    }

    private Dataflow flow(Dataset dataset) {
        return dataflows
                .find(dataset.dataflow())
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.INTERNAL_ERROR,
                        "The dataflow " + dataset.dataflow() + " of dataset " + dataset.id() + " is not known."));
    }

    /** Reads the stored figures and compares their digest; fails if they are damaged. */
    void requireReadable(ReleaseTable.Stored stored, Dataset dataset) {
        cube(stored, dataset);
    }
}
