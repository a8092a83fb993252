package org.entente.gateway.evidence.witness;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.JournalConflicts;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.partners.Sightings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the journals of all partners, each on a thread of its own, at most a second after a checkpoint was shown and at least every
 * hour. Nothing of it is journaled but a contradiction.
 */
@Singleton
public class Witness {
    private static final Logger LOG = LoggerFactory.getLogger(Witness.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final String CONFLICTS = "entente.witness.conflicts";

    private final WitnessTables tables;
    private final Sightings sightings;
    private final Partners partners;
    private final PartnerClient client;
    private final JournalConflicts conflicts;
    private final WitnessIdentity identity;
    private final Journal journal;
    private final WitnessSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<String, Watch> watches = new ConcurrentHashMap<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    Witness(
            WitnessTables tables,
            Sightings sightings,
            Partners partners,
            PartnerClient client,
            JournalConflicts conflicts,
            WitnessIdentity identity,
            Journal journal,
            WitnessSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.tables = tables;
        this.sightings = sightings;
        this.partners = partners;
        this.client = client;
        this.conflicts = conflicts;
        this.identity = identity;
        this.journal = journal;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /** How far this process is with one partner. Guarded by itself. */
    private static final class Watch {
        private boolean running;
        private @Nullable Instant newestAsked;
        private Instant notBefore = Instant.MIN;
        private int failures;
        private int suspicions;
        private @Nullable Instant sound;
        private @Nullable String problem;
    }

    /**
     * Where this node is with a partner's journal.
     *
     * @param size entries that were recomputed and are kept
     * @param cosigned entries under the newest cosignature
     * @param delivered whether the partner has it
     * @param waiting checkpoints that were shown and not yet recomputed
     * @param sound when this process last found everything in order; null if not since it started
     * @param problem what keeps it from looking, if anything does
     * @param stopped whether a contradiction waits for a person
     */
    public record Standing(
            String party,
            String origin,
            long size,
            long cosigned,
            boolean delivered,
            long waiting,
            @Nullable Instant sound,
            @Nullable String problem,
            boolean stopped) {}

    /** Looks after all partners; returns at once. */
    @Scheduled(fixedDelay = "500ms", initialDelay = "500ms")
    void look() {
        List<Partner> all;
        try {
            all = partners.all();
        } catch (EntenteException e) {
            LOG.debug("partners' journals are not looked at: {}", e.getMessage());
            return;
        }
        for (Partner partner : all) {
            Watch watch = watches.computeIfAbsent(partner.party(), any -> new Watch());
            if (isDue(partner, watch)) {
                try {
                    workers.execute(() -> follow(partner, watch));
                } catch (RejectedExecutionException e) {
                    LOG.debug("the node is stopping");
                }
            }
        }
    }

    private boolean isDue(Partner partner, Watch watch) {
        Instant now = clock.instant();
        synchronized (watch) {
            boolean hour = watch.newestAsked == null || !now.isBefore(watch.newestAsked.plus(settings.interval()));
            boolean again = watch.failures + watch.suspicions > 0;
            boolean due = !watch.running
                    && !now.isBefore(watch.notBefore)
                    && (hour || again || sightings.hasFresh(partner.party()));
            watch.running = watch.running || due;
            return due;
        }
    }

    private void follow(Partner partner, Watch watch) {
        try {
            boolean newest;
            synchronized (watch) {
                Instant asked = watch.newestAsked;
                newest = asked == null
                        || watch.suspicions > 0
                        || !clock.instant().isBefore(asked.plus(settings.interval()));
            }
            Follower.Finding finding = follow(partner, newest);
            conclude(partner, watch, finding, newest);
        } catch (UnusableJournalException e) {
            suspect(partner, watch, e.sentence(), JournalConflicts.Kind.TILES, Map.of());
        } catch (RuntimeException e) {
            later(partner, watch, e);
        } finally {
            synchronized (watch) {
                watch.running = false;
            }
        }
    }

    /**
     * Looks at a partner's journal now.
     *
     * @param newest whether to ask for its newest checkpoint too
     */
    Follower.Finding follow(Partner partner, boolean newest) {
        if (!conflicts.open(partner.party()).isEmpty()) {
            sightings.keep(partner.party());
            return new Follower.Finding.Sound();
        }
        Follower follower = follower(partner, new PartnerJournal(client, partner));
        Follower.Finding finding = follower.round(newest);
        if (finding instanceof Follower.Finding.Sound) {
            // A node that may not sign its own journal vouches for no other either.
            journal.start();
            Contradiction contradiction = follower.cosign(identity.signers());
            if (contradiction != null) {
                return new Follower.Finding.Forked(contradiction);
            }
            follower.deliver();
        }
        return finding;
    }

    Follower follower(Partner partner, JournalSource source) {
        return new Follower(
                tables,
                sightings,
                new WitnessTables.Log(partner.party(), partner.card().journalOrigin()),
                partner.journalKeys(),
                source);
    }

    private void conclude(Partner partner, Watch watch, Follower.Finding finding, boolean newest) {
        switch (finding) {
            case Follower.Finding.Sound sound -> {
                synchronized (watch) {
                    watch.failures = 0;
                    watch.suspicions = 0;
                    watch.problem = null;
                    watch.notBefore = Instant.MIN;
                    watch.sound = clock.instant();
                    watch.newestAsked = newest ? watch.sound : watch.newestAsked;
                }
            }
            case Follower.Finding.Forked forked ->
                alarm(
                        partner,
                        JournalConflicts.Kind.FORK,
                        "The journal of " + partner.party() + " contradicts itself: it has signed two checkpoints that"
                                + " no one journal can have.",
                        forked.proof().toJson());
            case Follower.Finding.Shorter shorter ->
                suspect(
                        partner,
                        watch,
                        "The journal of " + partner.party() + " is shorter than what it has signed before.",
                        JournalConflicts.Kind.SHRUNK,
                        notes("known", shorter.known(), "served", shorter.served()));
            case Follower.Finding.Unusable unusable ->
                suspect(
                        partner,
                        watch,
                        unusable.sentence(),
                        JournalConflicts.Kind.TILES,
                        Map.of("signed", unusable.signed().toString()));
        }
    }

    private static Map<String, Object> notes(String one, SignedNote first, String other, SignedNote second) {
        Map<String, Object> notes = new LinkedHashMap<>();
        notes.put(one, first.toString());
        notes.put(other, second.toString());
        return notes;
    }

    /** What may be a passing defect is a finding when it stays. */
    private void suspect(
            Partner partner, Watch watch, String sentence, JournalConflicts.Kind kind, Map<String, ?> proof) {
        boolean certain;
        synchronized (watch) {
            watch.suspicions++;
            watch.problem = sentence;
            watch.notBefore = clock.instant().plus(settings.pause());
            certain = watch.suspicions >= settings.patience();
            if (certain) {
                watch.suspicions = 0;
                watch.newestAsked = clock.instant();
            }
        }
        LOG.warn("the journal of {}: {}", partner.party(), sentence);
        if (certain) {
            alarm(partner, kind, sentence, proof);
        }
    }

    void alarm(Partner partner, JournalConflicts.Kind kind, String sentence, Map<String, ?> proof) {
        LOG.error("exchanges with {} are stopped until a person decides ({}): {}", partner.party(), kind, sentence);
        meters.counter(CONFLICTS, "partner", partner.party(), "kind", kind.name())
                .increment();
        conflicts.found(partner.party(), kind, sentence, proof);
    }

    private void later(Partner partner, Watch watch, RuntimeException e) {
        LOG.debug("the journal of {} was not followed", partner.party(), e);
        synchronized (watch) {
            Duration pause = settings.pause().multipliedBy(1L << Math.min(watch.failures, 10));
            watch.failures++;
            watch.problem = e instanceof EntenteException known ? known.detail() : "It could not be looked at.";
            watch.notBefore = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
        }
    }

    /** Where this node is with each partner's journal. */
    public List<Standing> standings() {
        List<Standing> all = new ArrayList<>();
        for (Partner partner : partners.all()) {
            WitnessTables.Log log =
                    new WitnessTables.Log(partner.party(), partner.card().journalOrigin());
            WitnessTables.Tree tree = tables.tree(log);
            Watch watch = watches.computeIfAbsent(partner.party(), any -> new Watch());
            synchronized (watch) {
                all.add(new Standing(
                        partner.party(),
                        log.origin(),
                        tree.size(),
                        tree.cosignedSize(),
                        tree.delivered() >= tree.cosignedSize(),
                        tables.count("journal_sighting", log),
                        watch.sound,
                        watch.problem,
                        !conflicts.open(partner.party()).isEmpty()));
            }
        }
        return all;
    }

    /**
     * A person's decision on the contradictions in a partner's journal, after which exchanges go on.
     *
     * @param followed {@code HELD}: what is kept here stays the measure; {@code NEW}: it is given up, and the partner's journal is read from
     *     its first entry again
     * @throws EntenteException {@code forbidden} to others than administrators and treaty officers; {@code not-found} if nothing waits
     *     for a decision; {@code partner-unknown}
     */
    public void resolve(String party, JournalConflicts.Followed followed, String reason, StaffUser by) {
        Partner partner = partners.find(party)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.PARTNER_UNKNOWN, "This node has imported no card of " + party + "."));
        if (!by.hasRole(Roles.ADMINISTRATOR) && !by.hasRole(Roles.TREATY_OFFICER)) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN,
                    "Only an administrator or a treaty officer decides about a partner's journal.");
        }
        sightings.keep(party);
        WitnessTables.Log log = new WitnessTables.Log(party, partner.card().journalOrigin());
        long shown = tables.count("journal_sighting", log);
        List<Write> writes = followed == JournalConflicts.Followed.NEW
                ? WitnessTables.forget(
                        log, tables.count("witness_tile", log), tables.count("witness_tree", log) > 0, shown)
                : WitnessTables.forget(log, 0, false, shown);
        conflicts.resolve(party, followed, reason, by, writes);
        Watch watch = watches.computeIfAbsent(party, any -> new Watch());
        synchronized (watch) {
            watch.newestAsked = null;
            watch.problem = null;
            watch.notBefore = Instant.MIN;
        }
    }

    @PreDestroy
    void close() {
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.info("a look at a partner's journal is still under way and is not waited for");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
