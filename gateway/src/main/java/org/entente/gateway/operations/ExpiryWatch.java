package org.entente.gateway.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.Expiries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns 60, 30 and 7 days before a certificate or a card ends, this node's or a partner's: each once, journaled. */
@Singleton
final class ExpiryWatch {
    /** Days ahead, nearest first. */
    static final List<Integer> DAYS = List.of(7, 30, 60);

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryWatch.class);
    private static final String KIND = "expiry-warning";

    private final Expiries expiries;
    private final Database database;
    private final Journal journal;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, AtomicLong> days = new ConcurrentHashMap<>();

    ExpiryWatch(Expiries expiries, Database database, Journal journal, Clock clock, MeterRegistry meters) {
        this.expiries = expiries;
        this.database = database;
        this.journal = journal;
        this.clock = clock;
        this.meters = meters;
    }

    @Scheduled(fixedDelay = "1h", initialDelay = "20s")
    void look() {
        try {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            expiries.all().forEach(expiry -> look(expiry, now));
        } catch (EntenteException e) {
            LOG.warn("expiries are looked at again later: {}", e.getMessage());
        }
    }

    private void look(Expiries.Expiry expiry, Instant now) {
        Duration left = Duration.between(now, expiry.ends());
        days.computeIfAbsent(expiry.subject(), this::gauge).set(left.toDays());
        for (int ahead : DAYS) {
            if (left.compareTo(Duration.ofDays(ahead)) <= 0) {
                warn(expiry, ahead, now);
                return;
            }
        }
    }

    private AtomicLong gauge(String subject) {
        int slash = subject.indexOf('/');
        Tags tags = Tags.of("party", subject.substring(0, slash), "what", subject.substring(slash + 1));
        AtomicLong left = new AtomicLong();
        meters.gauge("entente.expiry.days", tags, left);
        return left;
    }

    private void warn(Expiries.Expiry expiry, int ahead, Instant now) {
        boolean given = database.one(
                        "SELECT 1 AS given FROM expiry_warning WHERE subject = ? AND ends_us = ? AND days <= ? LIMIT 1",
                        row -> row.longValue("given"),
                        expiry.subject(),
                        expiry.ends(),
                        ahead)
                .isPresent();
        if (given) {
            return;
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("party", expiry.party());
        record.put("what", expiry.what());
        record.put("ends", expiry.ends().toString());
        record.put("days", ahead);
        try {
            journal.append(new Draft(
                    KIND,
                    record,
                    expiry.party(),
                    List.of(new Write.Insert(
                            "INSERT INTO expiry_warning (subject, ends_us, days, warned_us) VALUES (?, ?, ?, ?)",
                            expiry.subject(),
                            expiry.ends(),
                            ahead,
                            now))));
            LOG.warn("{} of {} ends on {} ({} days' warning)", expiry.what(), expiry.party(), expiry.ends(), ahead);
        } catch (DuplicateWriteException e) {
            LOG.debug("another process has warned of {}", expiry.subject(), e);
        }
    }
}
