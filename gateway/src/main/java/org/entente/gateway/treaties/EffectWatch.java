package org.entente.gateway.treaties;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.agreements.life.State;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Journals, once, that an agreement has come into effect: with the act that brings it about, or when its day has come. */
@Singleton
class EffectWatch {
    private static final Logger LOG = LoggerFactory.getLogger(EffectWatch.class);
    private static final String KIND = "agreement-in-effect";

    private final TreatyDirectory directory;
    private final Journal journal;
    private final Clock clock;

    EffectWatch(TreatyDirectory directory, Journal journal, Clock clock) {
        this.directory = directory;
        this.journal = journal;
        this.clock = clock;
    }

    /** Journals it if this treaty is in effect and the journal does not say so yet. */
    void note(String digest) {
        directory.fresh().find(digest).ifPresent(this::note);
    }

    @Scheduled(fixedDelay = "10s", initialDelay = "5s")
    void noteAll() {
        try {
            directory.fresh().all().forEach(this::note);
        } catch (EntenteException e) {
            LOG.warn("coming into effect could not be journaled, and is tried again: {}", e.getMessage());
        }
    }

    private void note(Treaty treaty) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        State state = treaty.file().at(now);
        Instant since = state.inEffectSince();
        if (treaty.noted() || since == null || since.isAfter(now)) {
            return;
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("agreement", treaty.file().agreement().id());
        record.put("version", treaty.file().agreement().version());
        record.put("digest", treaty.file().digest());
        record.put("since", since.toString());
        try {
            journal.append(new Draft(
                    KIND,
                    record,
                    treaty.file().agreement().id(),
                    List.of(TreatyTables.noteEffect(treaty.file().digest()), TreatyTables.count())));
        } catch (ConflictingWriteException e) {
            LOG.debug("another process has journaled it", e);
        }
        directory.reload();
    }
}
