package org.entente.gateway.treaties;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Journals, once each, what happens to agreements by time: with the act that brings it about, or when its day has come. What fell due
 * while the node was down is journaled when it is up again.
 */
@Singleton
class LifeWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LifeWatch.class);
    private static final String INSERT =
            "INSERT INTO treaty_milestone (digest, kind, subject, due_us, entry) VALUES (?, ?, ?, ?, ?)";

    private final Database database;
    private final TreatyDirectory directory;
    private final Journal journal;
    private final Clock clock;

    LifeWatch(Database database, TreatyDirectory directory, Journal journal, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.journal = journal;
        this.clock = clock;
    }

    /** Journals what has happened to this text and the journal does not say yet. */
    void note(String digest) {
        directory.fresh().find(digest).ifPresent(treaty -> note(treaty, noted(digest)));
    }

    @Scheduled(fixedDelay = "10s", initialDelay = "5s")
    void noteAll() {
        try {
            Map<String, Set<String>> noted = new HashMap<>();
            database.query(
                    "SELECT digest, kind, subject FROM treaty_milestone",
                    row -> noted.computeIfAbsent(Base64Url.encode(row.bytes("digest")), d -> new TreeSet<>())
                            .add(row.string("kind") + " " + row.string("subject")));
            for (Treaty treaty : directory.fresh().all()) {
                note(treaty, noted.getOrDefault(treaty.file().digest(), Set.of()));
            }
        } catch (EntenteException e) {
            LOG.warn("what happened by time could not be journaled, and is tried again: {}", e.getMessage());
        }
    }

    private Set<String> noted(String digest) {
        return new TreeSet<>(database.query(
                "SELECT kind, subject FROM treaty_milestone WHERE digest = ?",
                row -> row.string("kind") + " " + row.string("subject"),
                Base64Url.decode(digest)));
    }

    private void note(Treaty treaty, Set<String> noted) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (Milestone milestone : Milestones.of(treaty.file(), now)) {
            if (!noted.contains(milestone.key())) {
                append(treaty, milestone, now);
            }
        }
    }

    private void append(Treaty treaty, Milestone milestone, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", milestone.kind());
        record.put("time", now.toString());
        record.put("agreement", treaty.file().agreement().id());
        record.put("version", treaty.file().agreement().version());
        record.put("digest", treaty.file().digest());
        record.put("since", milestone.at().toString());
        if (!milestone.subject().isEmpty()) {
            record.put("subject", milestone.subject());
        }
        Write row = new Write.Insert(
                INSERT,
                Base64Url.decode(treaty.file().digest()),
                milestone.kind(),
                milestone.subject(),
                milestone.at(),
                Write.INDEX);
        try {
            journal.append(new Draft(
                    milestone.kind(), record, treaty.file().agreement().id(), List.of(row)));
        } catch (DuplicateWriteException e) {
            LOG.debug("another process has journaled it", e);
        }
    }
}
