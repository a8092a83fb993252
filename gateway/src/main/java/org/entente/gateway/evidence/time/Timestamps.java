package org.entente.gateway.evidence.time;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.SignedNote;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalUnavailableException;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the journal's checkpoints stamped, and each token again before its certificate ends. How long entries are without a
 * token follows from the database alone, so neither a restart nor a process that never ran makes it shorter.
 */
@Singleton
public final class Timestamps {
    private static final Logger LOG = LoggerFactory.getLogger(Timestamps.class);
    private static final String OUTAGE = "time-outage";
    private static final String RESTORED = "time-restored";
    private static final int RENEWALS_AT_A_TIME = 50;
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final List<TimestampAuthority> authorities;
    private final TimestampSettings settings;
    private final AuthorityClient client;
    private final TimestampTables tables;
    private final Journal journal;
    private final EntenteSettings node;
    private final Clock clock;
    private final AtomicLong unattestedSeconds = new AtomicLong();
    private final AtomicLong failedRounds = new AtomicLong();
    private volatile @Nullable Facts known;

    Timestamps(
            List<TimestampAuthority> authorities,
            TimestampSettings settings,
            AuthorityClient client,
            TimestampTables tables,
            Journal journal,
            EntenteSettings node,
            Clock clock,
            MeterRegistry meters) {
        this.authorities = authorities.stream()
                .sorted(Comparator.comparing(TimestampAuthority::index))
                .toList();
        this.settings = settings;
        this.client = client;
        this.tables = tables;
        this.journal = journal;
        this.node = node;
        this.clock = clock;
        meters.gauge("entente.time.unattested.seconds", unattestedSeconds);
        meters.gauge("entente.time.failed.rounds", failedRounds);
    }

    /** What the database says, and when it was asked. */
    private record Facts(
            long stampedSize,
            @Nullable Instant stamped,
            @Nullable Instant since,
            TimestampTables.Watch watch,
            long readAt) {}

    /**
     * A checkpoint with its tokens.
     *
     * @param size entries under it
     * @param note the note as it was stamped
     * @param tokens first to last; each later one stamps the one before it
     * @param anchors the trusted certificates behind the tokens, DER
     */
    public record StampedCheckpoint(long size, SignedNote note, List<byte[]> tokens, List<byte[]> anchors) {}

    /** The first stamped checkpoint that reaches an entry; empty while there is none. */
    public Optional<StampedCheckpoint> covering(long index) {
        List<TimestampTables.Stamp> chain = tables.covering(index);
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StampedCheckpoint(
                    chain.getFirst().size(),
                    SignedNote.parse(chain.getFirst().note()),
                    chain.stream().map(TimestampTables.Stamp::token).toList(),
                    chain.stream().map(TimestampTables.Stamp::anchor).toList()));
        } catch (VerificationException e) {
            throw new IllegalStateException("a stamped note is damaged", e);
        }
    }

    /** How well the time is attested now. */
    public TimeState state() {
        if (authorities.isEmpty()) {
            return TimeState.asserted();
        }
        Facts facts = facts();
        Instant since = facts.since();
        return new TimeState(
                TimeState.level(since, settings, clock.instant()),
                facts.stampedSize(),
                facts.stamped(),
                since,
                facts.watch().failures(),
                facts.watch().lastError(),
                since == null ? null : since.plus(settings.stopAfter()));
    }

    private Facts facts() {
        Facts facts = known;
        if (facts == null || System.nanoTime() - facts.readAt() > FRESH_NANOS) {
            facts = read();
            known = facts;
        }
        return facts;
    }

    private Facts read() {
        Instant now = now();
        TimestampTables.Watch watch = tables.watch().orElseGet(() -> {
            tables.begin(now);
            return tables.watch().orElseThrow();
        });
        Optional<TimestampTables.Stamp> newest = tables.newest();
        long size = newest.map(TimestampTables.Stamp::size).orElse(0L);
        Instant since = tables.appended(size)
                .map(appended -> appended.isBefore(watch.since()) ? watch.since() : appended)
                .orElse(null);
        return new Facts(size, newest.map(TimestampTables.Stamp::time).orElse(null), since, watch, System.nanoTime());
    }

    /** Looks whether a checkpoint is due, or a token ends. */
    @Scheduled(fixedDelay = "10s", initialDelay = "3s")
    void look() {
        if (authorities.isEmpty()) {
            return;
        }
        try {
            stampIfDue();
            renew();
            watch();
        } catch (EntenteException e) {
            LOG.warn("timestamps are looked at again later: {}", e.getMessage());
        }
    }

    /** As by schedule, at once. */
    public void lookNow() {
        look();
    }

    private void stampIfDue() {
        Facts facts = read();
        known = facts;
        Instant stamped = facts.stamped();
        boolean due = facts.since() != null && (stamped == null || !now().isBefore(stamped.plus(settings.interval())));
        if (!due) {
            return;
        }
        SignedNote note = ownSignatureOnly(journal.latestCheckpoint());
        byte[] bytes = note.encode();
        Optional<Answer> answer = ask(Digests.sha256(bytes));
        if (answer.isPresent()) {
            long size = size(note);
            tables.add(size, 0, bytes, answer.get().stamped(), answer.get().authority());
            tables.settle(size, answer.get().stamped().token().genTime());
        }
        known = null;
    }

    private static long size(SignedNote note) {
        try {
            return Checkpoint.parse(note.text()).size();
        } catch (VerificationException e) {
            throw new IllegalStateException("the newest checkpoint is none", e);
        }
    }

    /** Cosignatures come and go; what is stamped must be the same bytes for whoever computes them again. */
    private SignedNote ownSignatureOnly(SignedNote note) {
        return new SignedNote(
                note.text(),
                note.signatures().stream()
                        .filter(signature -> signature.name().equals(journal.origin()))
                        .toList());
    }

    private void renew() {
        Instant now = now();
        for (TimestampTables.Stamp last :
                tables.endingBefore(now.plus(settings.renewBefore()), now, RENEWALS_AT_A_TIME)) {
            Optional<Answer> answer = ask(Digests.sha256(last.token()));
            boolean longer = answer.isPresent()
                    && answer.get()
                            .stamped()
                            .token()
                            .authority()
                            .getNotAfter()
                            .toInstant()
                            .isAfter(last.goodUntil());
            if (!longer) {
                // The same certificate again gains nothing; the next look asks again.
                LOG.warn("the timestamp of {} ends on {} and has no longer one yet", last.time(), last.goodUntil());
                return;
            }
            tables.add(
                    last.size(),
                    last.sequence() + 1,
                    last.note(),
                    answer.get().stamped(),
                    answer.get().authority());
        }
    }

    private record Answer(AuthorityClient.Stamped stamped, String authority) {}

    /** The first authority that gives a good token; each failure is kept. */
    private Optional<Answer> ask(byte[] sha256) {
        List<String> failures = new ArrayList<>();
        for (TimestampAuthority authority : authorities) {
            try {
                AuthorityClient.Stamped stamped = client.stamp(authority, sha256);
                tables.succeeded();
                return Optional.of(new Answer(stamped, authority.url().toString()));
            } catch (IOException e) {
                failures.add(authority.url() + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            } catch (VerificationException e) {
                failures.add(authority.url() + ": " + e.sentence());
            }
        }
        LOG.warn("no timestamp authority gave a token: {}", failures);
        tables.failed(String.join("; ", failures));
        return Optional.empty();
    }

    /** Journals the beginning and the end of an outage that lasts, once each. */
    private void watch() {
        TimeState state = state();
        Instant now = now();
        Instant since = state.unattestedSince();
        failedRounds.set(state.failures());
        unattestedSeconds.set(
                since == null ? 0 : Math.max(0, Duration.between(since, now).toSeconds()));
        boolean alarmed = facts().watch().alarmed() != null;
        boolean bad = state.level().compareTo(TimeState.Level.ALARM) >= 0;
        if (bad && !alarmed && since != null) {
            LOG.error(
                    "no timestamp authority has attested the journal's time since {}; new exchanges stop at {}",
                    since,
                    state.stopsAt());
            Map<String, Object> record = record(OUTAGE, now);
            record.put("since", since.toString());
            record.put("stopsAt", since.plus(settings.stopAfter()).toString());
            append(OUTAGE, record, TimestampTables.alarm(now));
        } else if (!bad && alarmed) {
            append(RESTORED, record(RESTORED, now), TimestampTables.endAlarm());
        }
    }

    private Map<String, Object> record(String kind, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("party", node.party());
        return record;
    }

    private void append(String kind, Map<String, Object> record, Write write) {
        try {
            journal.append(new Draft(kind, record, node.party(), List.of(write)));
        } catch (ConflictingWriteException e) {
            LOG.debug("another process has journaled {}", kind, e);
        } catch (JournalUnavailableException e) {
            LOG.warn("{} is journaled later: {}", kind, e.getMessage());
        }
        known = null;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
