package org.entente.gateway.region.deposit;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.decision.RetentionEnd;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.exchange.Bodies;
import org.entente.gateway.exchange.Holdings;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.treaties.Treaties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes deposits: the figures of a table on the day on which the retention of its leg is over, the workbook with the first of its tables,
 * and what was never confirmed as soon as its round is closed. The signed deposit stays, so that what a profile says of it can still be
 * checked; the name and contact of whoever has put it in go with the last of it. Each deletion is journaled in the transaction that deletes.
 */
@Singleton
public class DepositRetention {
    private static final String DELETED = "deposit-deleted";
    private static final String RETENTION = "retention";
    private static final String UNCONFIRMED = "unconfirmed";
    private static final Logger LOG = LoggerFactory.getLogger(DepositRetention.class);

    private final DepositTables tables;
    private final Rounds rounds;
    private final Treaties treaties;
    private final Bodies bodies;
    private final Holdings holdings;
    private final Journal journal;
    private final Clock clock;

    DepositRetention(
            DepositTables tables,
            Rounds rounds,
            Treaties treaties,
            Bodies bodies,
            Holdings holdings,
            Journal journal,
            Clock clock) {
        this.tables = tables;
        this.rounds = rounds;
        this.treaties = treaties;
        this.bodies = bodies;
        this.holdings = holdings;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Something that is kept of a draft.
     *
     * @param name of the table; empty for the workbook
     * @param content its digest, base64url
     */
    private record Part(String name, String content) {}

    /** Why and since when a part is to go. */
    private record Due(String cause, String because) {}

    /** Deletes what has passed its date. */
    @Scheduled(fixedDelay = "60s", initialDelay = "25s")
    public void deleteDue() {
        try {
            for (DepositDraft draft : tables.kept()) {
                delete(draft);
            }
        } catch (EntenteException e) {
            LOG.warn("deposits past their retention are deleted later: {}", e.getMessage());
        }
    }

    private void delete(DepositDraft draft) {
        Round round = rounds.progress(draft.round()).round();
        Set<String> gone = tables.deletedParts(draft.id());
        List<Part> parts = new ArrayList<>(List.of(new Part("", draft.workbook())));
        draft.tables().forEach(sums -> parts.add(new Part(sums.table(), sums.content())));
        parts.removeIf(part -> gone.contains(part.name));
        int left = parts.size();
        for (Part part : parts) {
            Optional<Due> due = due(draft, round, part);
            if (due.isPresent()) {
                delete(draft, part, due.get(), --left == 0);
            }
        }
    }

    private Optional<Due> due(DepositDraft draft, Round round, Part part) {
        if (draft.confirmed() == null) {
            return Optional.ofNullable(round.closed()).map(closed -> new Due(UNCONFIRMED, closed.toString()));
        }
        Programme programme = rounds.programme(round);
        return draft.tables().stream()
                .map(DepositDraft.Sums::table)
                .filter(table -> part.name.isEmpty() || part.name.equals(table))
                .map(table -> lastDay(programme, programme.table(table), draft.confirmed()))
                .flatMap(Optional::stream)
                .min(Comparator.comparing(Ending::lastDay))
                .filter(ending -> ending.lastDay.isBefore(LocalDate.ofInstant(clock.instant(), ending.zone)))
                .map(ending -> new Due(RETENTION, ending.lastDay.toString()));
    }

    private record Ending(LocalDate lastDay, ZoneId zone) {}

    /** By the newest text of the framework that has the leg; figures of which nobody can say until when they may be kept stay. */
    private Optional<Ending> lastDay(Programme programme, Programme.Table table, Instant confirmed) {
        return treaties.files().stream()
                .filter(file -> file.agreement().id().equals(programme.agreement()))
                .filter(file -> file.agreement().leg(table.leg()).isPresent())
                .max(Comparator.comparingInt(file -> file.agreement().version()))
                .map(file -> {
                    Agreement agreement = file.agreement();
                    ZoneId zone = ZoneId.of(agreement.timeZone());
                    LocalDate last = RetentionEnd.lastDay(
                                    agreement,
                                    file.at(clock.instant()),
                                    agreement.leg(table.leg()).orElseThrow(),
                                    LocalDate.ofInstant(confirmed, zone))
                            .value();
                    return new Ending(last, zone);
                });
    }

    private void delete(DepositDraft draft, Part part, Due due, boolean last) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        byte[] digest = Base64Url.decode(part.content);
        boolean shared = tables.othersWith(digest, draft.id(), part.name) || holdings.needs(digest);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", DELETED);
        record.put("time", now.toString());
        record.put("round", draft.round().toString());
        record.put("party", draft.party());
        record.put("draft", draft.id().toString());
        record.put("part", part.name.isEmpty() ? "workbook" : part.name);
        record.put("content", part.content);
        record.put("cause", due.cause);
        record.put("because", due.because);
        List<Write> writes = new ArrayList<>();
        writes.add(DepositTables.delete(draft.id(), part.name, digest, due.cause, due.because, now));
        if (!shared) {
            bodies.deletion(digest).ifPresent(writes::add);
        }
        if (last) {
            writes.addAll(tables.forgetPerson(draft, now));
        }
        try {
            journal.append(new Draft(DELETED, record, draft.round().toString(), writes));
        } catch (DuplicateWriteException | ConflictingWriteException e) {
            LOG.debug("another process has deleted {} of {}", part.name, draft.id(), e);
        }
    }
}
