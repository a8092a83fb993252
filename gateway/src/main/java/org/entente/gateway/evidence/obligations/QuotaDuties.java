package org.entente.gateway.evidence.obligations;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;
import org.entente.agreements.Quota;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.State;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.evidence.obligations.Obligation.Duty;
import org.entente.gateway.evidence.obligations.Obligation.Outcome;

/**
 * Whether answers stayed within the quota of each window (clause 16). It is the asker's to stay within and the provider's to charge, so the
 * provider's node shows it; its replay counts the same answers again.
 */
@Singleton
class QuotaDuties {
    private final Database database;

    QuotaDuties(Database database) {
        this.database = database;
    }

    private record Use(String leg, Instant window, long requests, long cells) {}

    List<Obligation> of(TextsInTime texts, DutyYear year, Instant now) {
        List<Use> used = database.query(
                "SELECT leg, window_us, requests, cells FROM quota_use WHERE agreement_id = ? AND window_us >= ? AND window_us < ?"
                        + " ORDER BY window_us, leg",
                QuotaDuties::use,
                texts.agreement(),
                Micros.of(LocalDate.of(year.year(), 1, 1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()),
                Micros.of(LocalDate.of(year.year() + 1, 1, 1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()));
        return used.stream().flatMap(use -> of(texts, use, now).stream()).toList();
    }

    private static Use use(Row row) throws SQLException {
        return new Use(row.string("leg"), row.instant("window_us"), row.longValue("requests"), row.longValue("cells"));
    }

    private Optional<Obligation> of(TextsInTime texts, Use use, Instant now) {
        // The text of the window's last moment: one that came into effect within it has been charged in it.
        return texts.texts().stream()
                .map(text -> text.file().agreement().leg(use.leg()))
                .flatMap(Optional::stream)
                .map(Leg::quota)
                .filter(Objects::nonNull)
                .findFirst()
                .map(quota -> quota.per().endAt(use.window()))
                .flatMap(end -> texts.at(now.isBefore(end) ? now : end.minusMillis(1))
                        .flatMap(file -> of(texts, file, use, end, now)));
    }

    private Optional<Obligation> of(TextsInTime texts, AgreementFile file, Use use, Instant end, Instant now) {
        Optional<Leg> leg = file.agreement().leg(use.leg());
        if (leg.isEmpty()) {
            return Optional.empty();
        }
        List<Quota> limits = limits(texts, file, leg.get(), use.window(), now.isBefore(end) ? now : end);
        if (limits.isEmpty()) {
            return Optional.empty();
        }
        boolean within = limits.stream().anyMatch(limit -> within(use, limit));
        Outcome outcome = !within ? Outcome.MISSED : now.isBefore(end) ? Outcome.OPEN : Outcome.KEPT;
        Quota limit = limits.getFirst();
        String subject =
                "from " + use.window().truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10) + ": "
                        + use.requests() + " of " + limit.requests() + " requests"
                        + (limit.cells() == null ? "" : ", " + use.cells() + " of " + limit.cells() + " cells");
        return Optional.of(new Obligation(
                Duty.QUOTA, leg.get().consumer(), use.leg(), subject, end, null, outcome, entries(file, use, end)));
    }

    /** The leg's own, and that of a crisis where one widened the leg within the window. */
    private static List<Quota> limits(TextsInTime texts, AgreementFile file, Leg leg, Instant window, Instant until) {
        CrisisClause crisis = file.agreement().crisis();
        Stream<Quota> wider = crisis == null || !widened(texts.book().state(file, until), leg, window, until)
                ? Stream.of()
                : crisis.widenings().stream()
                        .filter(widening -> widening.leg().equals(leg.id()))
                        .map(CrisisClause.Widening::quota)
                        .filter(Objects::nonNull);
        return Stream.concat(Stream.ofNullable(leg.quota()), wider).toList();
    }

    private static boolean widened(State state, Leg leg, Instant from, Instant until) {
        List<String> consumers = sides(state, leg.consumer());
        return state.crises().stream()
                .anyMatch(crisis -> sides(state, leg.provider()).stream()
                        .anyMatch(provider -> consumers.stream()
                                .anyMatch(consumer ->
                                        crisis.hadEffectWithin(leg.id(), provider, consumer, from, until))));
    }

    private static List<String> sides(State state, String party) {
        return party.equals(Leg.MEMBERS)
                ? state.parties().stream().map(Party::id).toList()
                : List.of(party);
    }

    private static boolean within(Use use, Quota limit) {
        Long cells = limit.cells();
        return use.requests() <= limit.requests() && (cells == null || use.cells() <= cells);
    }

    /** The first and the last answer in the window: what lies between is counted again by a replay of these entries. */
    private List<Long> entries(AgreementFile file, Use use, Instant end) {
        List<Long> entries = new ArrayList<>();
        database.one(
                        "SELECT MIN(journal_index) AS a, MAX(journal_index) AS z FROM answered_exchange WHERE agreement_id = ? AND"
                                + " leg = ? AND answered_us >= ? AND answered_us < ?",
                        row -> Stream.of(row.longOrNull("a"), row.longOrNull("z"))
                                .filter(Objects::nonNull)
                                .distinct()
                                .toList(),
                        file.agreement().id(),
                        use.leg(),
                        Micros.of(use.window()),
                        Micros.of(end))
                .ifPresent(entries::addAll);
        return entries;
    }
}
