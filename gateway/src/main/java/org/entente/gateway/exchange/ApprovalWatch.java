package org.entente.gateway.exchange;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches requests that wait for a person: reminds at half time, on the last day and when the due day has passed, each once and
 * journaled; and answers what was decided when a process stopped in between.
 */
@Singleton
class ApprovalWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalWatch.class);
    private static final String KIND = "request-reminder";
    static final String HALFWAY = "halfway";
    static final String LAST_DAY = "last-day";
    static final String OVERDUE = "overdue";

    private final Approvals approvals;
    private final WaitingRequests requests;
    private final Journal journal;
    private final ExchangeMetrics metrics;
    private final Clock clock;

    ApprovalWatch(
            Approvals approvals, WaitingRequests requests, Journal journal, ExchangeMetrics metrics, Clock clock) {
        this.approvals = approvals;
        this.requests = requests;
        this.journal = journal;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "15s", initialDelay = "5s")
    void look() {
        try {
            List<WaitingRequests.Waiting> open = requests.open();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            metrics.waiting(
                    open.size(),
                    open.stream().filter(row -> !now.isBefore(row.due())).count());
            open.forEach(row -> look(row, now));
        } catch (EntenteException e) {
            LOG.warn("waiting requests could not be looked at: {}", e.getMessage());
        }
    }

    private void look(WaitingRequests.Waiting row, Instant now) {
        try {
            approvals.settle(row);
            String stage = stage(row, now);
            boolean given = requests.reminders(row.partner(), row.id()).stream()
                    .anyMatch(reminder -> reminder.stage().equals(stage));
            if (stage != null && !given) {
                remind(row, stage, now);
            }
        } catch (EntenteException e) {
            LOG.warn("the waiting request {} is looked at again later: {}", row.id(), e.getMessage());
        }
    }

    private static @Nullable String stage(WaitingRequests.Waiting row, Instant now) {
        if (!now.isBefore(row.due())) {
            return OVERDUE;
        }
        if (!now.isBefore(row.due().minus(Duration.ofDays(1)))) {
            return LAST_DAY;
        }
        Duration half = Duration.between(row.asked(), row.due()).dividedBy(2);
        return now.isBefore(row.asked().plus(half)) ? null : HALFWAY;
    }

    private void remind(WaitingRequests.Waiting row, String stage, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("exchange", row.id().toString());
        record.put("partner", row.partner());
        record.put("leg", row.leg());
        record.put("stage", stage);
        record.put("due", row.dueDay());
        try {
            journal.append(new Draft(
                    KIND,
                    record,
                    row.id().toString(),
                    List.of(WaitingRequests.reminder(row.partner(), row.id(), stage, now))));
            LOG.warn(
                    "the request {} of {} waits for a person ({}; due {})",
                    row.id(),
                    row.partner(),
                    stage,
                    row.dueDay());
        } catch (DuplicateWriteException e) {
            LOG.debug("another process has reminded of {}", row.id(), e);
        }
    }
}
