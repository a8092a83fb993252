package org.entente.gateway.region.programme;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneOffset;
import org.entente.gateway.base.EntenteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens rounds on the days of their programmes' calendars, takes their turns, and closes them. */
@Singleton
class RoundCalendar {
    private static final Logger LOG = LoggerFactory.getLogger(RoundCalendar.class);
    /** After a day of the calendar on which no process ran, its round is opened late rather than never. */
    private static final int DAYS_LATE = 31;

    private final Programmes programmes;
    private final Rounds rounds;
    private final Clock clock;

    RoundCalendar(Programmes programmes, Rounds rounds, Clock clock) {
        this.programmes = programmes;
        this.rounds = rounds;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "10m", initialDelay = "1m")
    void look() {
        try {
            Instant now = clock.instant();
            programmes.all().forEach(declared -> openDue(declared, now));
            rounds.open().forEach(round -> step(round, now));
        } catch (EntenteException e) {
            LOG.warn("rounds could not be looked at: {}", e.getMessage());
        }
    }

    private void openDue(Programmes.Declared declared, Instant now) {
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        for (String due : declared.programme().rounds().due()) {
            LocalDate day = MonthDay.parse(due).atYear(today.getYear());
            boolean begun = !day.isAfter(today) && day.isAfter(today.minusDays(DAYS_LATE));
            boolean known = !declared.declared()
                    .isAfter(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
            if (begun && known) {
                try {
                    rounds.openDue(
                            declared,
                            day.toString(),
                            Rounds.year(
                                    declared.programme(),
                                    day.atStartOfDay(ZoneOffset.UTC).toInstant()));
                } catch (EntenteException e) {
                    LOG.warn(
                            "the round of {} due on {} is not opened: {}",
                            declared.programme().id(),
                            day,
                            e.getMessage());
                }
            }
        }
    }

    private void step(Round round, Instant now) {
        try {
            boolean over = !now.isBefore(round.deadline());
            Rounds.Progress progress = over ? rounds.progress(round.id()) : rounds.turn(round.id());
            if (over || progress.settled()) {
                rounds.closeBySchedule(round);
            }
        } catch (EntenteException e) {
            LOG.warn("the round {} is looked at again later: {}", round.id(), e.getMessage());
        }
    }
}
