package org.entente.agreements.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Standing;
import org.entente.agreements.life.State;
import org.jspecify.annotations.Nullable;

/**
 * All agreements of a node, indexed for decisions: legs by provider and consumer, everything that depends neither on the request nor on
 * the time worked out beforehand, and each state kept until the time at which it may change. Immutable; whoever holds one makes a new one
 * when an act is added. What it remembers changes no answer.
 */
public final class AgreementBook {
    private static final Comparator<Candidate> ORDER = Comparator.comparing(
                    (Candidate c) -> c.terms().agreement().id())
            .thenComparing(c -> c.terms().leg().id());

    private final List<AgreementFile> files;
    private final long journalSize;
    private final Map<String, List<Held>> byId = new HashMap<>();
    private final Map<String, Held> byDigest = new HashMap<>();
    private final Map<String, Map<String, List<HeldLeg>>> bySides = new HashMap<>();

    private AgreementBook(List<AgreementFile> files, long journalSize) {
        this.files = AgreementFile.linked(files);
        this.journalSize = journalSize;
        Map<String, List<AgreementFile>> texts = new HashMap<>();
        for (AgreementFile file : this.files) {
            texts.computeIfAbsent(file.agreement().id(), id -> new ArrayList<>())
                    .add(file);
        }
        texts.forEach((id, group) -> {
            List<Held> newestFirst =
                    AgreementFile.newestFirst(group).stream().map(Held::new).toList();
            byId.put(id, newestFirst);
            newestFirst.forEach(this::index);
        });
    }

    /** The book of these files, in whatever order they are listed, where no journal keeps the acts. */
    public static AgreementBook of(List<AgreementFile> files) {
        return of(files, 0);
    }

    /**
     * The book of these files, in whatever order they are listed.
     *
     * @param journalSize see {@link #journalSize()}
     */
    public static AgreementBook of(List<AgreementFile> files, long journalSize) {
        return new AgreementBook(files, journalSize);
    }

    private void index(Held held) {
        byDigest.put(held.file.digest(), held);
        for (Leg leg : held.file.agreement().legs()) {
            bySides.computeIfAbsent(leg.provider(), p -> new HashMap<>())
                    .computeIfAbsent(leg.consumer(), c -> new ArrayList<>())
                    .add(new HeldLeg(held, new LegTerms(held.file, leg)));
        }
    }

    /** The files it was made of. */
    public List<AgreementFile> files() {
        return files;
    }

    /**
     * The smallest size of the journal that has every act in this book: from the acts below it a replay makes the same book again. It comes
     * with the acts, and not from the journal, because several processes of a node append to one journal.
     */
    public long journalSize() {
        return journalSize;
    }

    /** The state of a text of this book; computed only when it may have changed since it was asked for last. */
    public State state(AgreementFile file, Instant now) {
        Held held = byDigest.get(file.digest());
        return held == null ? file.at(now) : held.stateAt(now);
    }

    /**
     * The text that a name means.
     *
     * @param name a digest, which means exactly that text, or the id of an agreement, which means the one of its texts that counts at this
     *     time (see {@link AgreementFile#current}): versions follow each other, and proposals of one version stand beside each other
     */
    public Optional<AgreementFile> named(String name, Instant now) {
        Held exact = byDigest.get(name);
        if (exact != null) {
            return Optional.of(exact.file);
        }
        List<Held> texts = byId.getOrDefault(name, List.of());
        return texts.isEmpty() ? Optional.empty() : Optional.of(holding(texts.getFirst(), now));
    }

    /** Of each agreement the text that counts at this time. */
    public List<AgreementFile> current(Instant now) {
        return byId.values().stream()
                .map(texts -> holding(texts.getFirst(), now))
                .sorted(Comparator.comparing(file -> file.agreement().id()))
                .toList();
    }

    /** A text with the state that was computed last. */
    private static final class Held {
        private final AgreementFile file;
        private final Map<String, Party> concerned = new HashMap<>();
        private volatile @Nullable Standing standing;

        private Held(AgreementFile file) {
            this.file = file;
            file.concerned().forEach(p -> concerned.put(p.id(), p));
        }

        private State stateAt(Instant now) {
            Standing known = standing;
            if (known == null || !known.holdsAt(now)) {
                known = file.standingAt(now);
                standing = known;
            }
            return known.state();
        }
    }

    private record HeldLeg(Held held, LegTerms terms) {}

    /**
     * A leg that might answer.
     *
     * @param replacedBy the text that holds instead, when the asker named one that has been replaced
     */
    record Candidate(LegTerms terms, State state, @Nullable AgreementFile replacedBy) {}

    /** Every leg that might answer, ordered. */
    List<Candidate> candidates(DataRequest request, Instant now) {
        List<Candidate> found = new ArrayList<>(2);
        collect(found, request, now, request.provider(), request.consumer());
        collect(found, request, now, request.provider(), Leg.MEMBERS);
        collect(found, request, now, Leg.MEMBERS, request.consumer());
        collect(found, request, now, Leg.MEMBERS, Leg.MEMBERS);
        if (found.size() > 1) {
            found.sort(ORDER);
        }
        return found;
    }

    private void collect(List<Candidate> found, DataRequest request, Instant now, String provider, String consumer) {
        List<HeldLeg> legs = bySides.getOrDefault(provider, Map.of()).getOrDefault(consumer, List.of());
        for (HeldLeg each : legs) {
            if (named(each.held.file, request)
                    && matches(request, each.terms.leg())
                    && serves(each.held, each.terms.leg(), request)) {
                boolean byText = each.held.file.digest().equals(request.agreement());
                AgreementFile holds = holding(each.held, now);
                if (holds == each.held.file || byText) {
                    boolean replaced = holds != each.held.file && isAfter(holds, each.held);
                    found.add(new Candidate(each.terms, each.held.stateAt(now), replaced ? holds : null));
                }
            }
        }
    }

    /** The text of the same agreement that counts at this time: see {@link AgreementFile#current}. */
    private AgreementFile holding(Held held, Instant now) {
        List<Held> texts = byId.getOrDefault(held.file.agreement().id(), List.of());
        if (texts.size() == 1) {
            return held.file;
        }
        for (Held each : texts) {
            if (each.stateAt(now).hasTakenOver(now)) {
                return each.file;
            }
        }
        return texts.getFirst().file;
    }

    private boolean isAfter(AgreementFile holds, Held named) {
        List<AgreementFile> order = byId.getOrDefault(named.file.agreement().id(), List.of()).stream()
                .map(h -> h.file)
                .toList();
        return order.indexOf(holds) < order.indexOf(named.file);
    }

    private static boolean named(AgreementFile file, DataRequest request) {
        String name = request.agreement();
        return name == null
                || file.digest().equals(name)
                || file.agreement().id().equals(name);
    }

    private static boolean matches(DataRequest request, Leg leg) {
        return (request.leg() == null || request.leg().equals(leg.id()))
                && (request.dataflow() == null || request.dataflow().equals(leg.dataflow()));
    }

    private static boolean serves(Held held, Leg leg, DataRequest request) {
        return !request.provider().equals(request.consumer())
                && side(held, leg.provider(), request.provider())
                && side(held, leg.consumer(), request.consumer());
    }

    private static boolean side(Held held, String side, String party) {
        Party concerned = held.concerned.get(party);
        return concerned != null
                && (side.equals(party) || (side.equals(Leg.MEMBERS) && concerned.form() == Party.Form.STATE));
    }

    /** Is this the id or digest of a text in the book? */
    boolean holds(String name) {
        return byDigest.containsKey(name) || byId.containsKey(name);
    }

    /** The texts that concern both sides, one of each agreement, with the ids of the legs by which the provider answers the consumer. */
    List<Between> between(DataRequest request, Instant now) {
        List<Between> between = new ArrayList<>();
        byId.values().stream()
                .flatMap(Collection::stream)
                .filter(h -> named(h.file, request))
                .filter(h -> h.concerned.containsKey(request.consumer()) && h.concerned.containsKey(request.provider()))
                .filter(h -> holding(h, now) == h.file || h.file.digest().equals(request.agreement()))
                .sorted(Comparator.comparing(h -> h.file.agreement().id()))
                .forEach(h -> between.add(new Between(h.file, legs(h, request))));
        return between;
    }

    private List<String> legs(Held held, DataRequest request) {
        return held.file.agreement().legs().stream()
                .filter(leg -> serves(held, leg, request))
                .map(Leg::id)
                .sorted()
                .toList();
    }

    /** An agreement between two parties and its legs from one to the other. */
    record Between(AgreementFile file, List<String> legs) {}
}
