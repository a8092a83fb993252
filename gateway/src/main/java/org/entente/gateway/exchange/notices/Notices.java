package org.entente.gateway.exchange.notices;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.crypto.VerificationException;
import org.entente.gateway.base.EntenteException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What partners have told of their releases, what this node has told of its own, and which of its holdings are out of date. */
@Singleton
public class Notices {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final int MOST = 10_000;

    private final NoticeTables tables;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong outdated = new AtomicLong();

    Notices(NoticeTables tables, MeterRegistry meters) {
        this.tables = tables;
        meters.gauge("entente.notices.waiting", waiting);
        meters.gauge("entente.holdings.outdated", outdated);
    }

    /**
     * A partner's notice.
     *
     * @param event {@code published} or {@code recalled}
     * @param number of the release in its table
     * @param status {@code PROVISIONAL} or {@code FINAL}
     * @param from first reference period that the leg gives; absent from a recall
     * @param to last one
     * @param at when the release was published or recalled, by the partner's clock
     * @param replaces releases that it makes out of date
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Received(
            String id,
            String partner,
            String event,
            String agreement,
            String leg,
            String dataflow,
            String release,
            int number,
            int edition,
            String status,
            @Nullable String from,
            @Nullable String to,
            Instant at,
            Instant received,
            List<String> replaces) {
        /** Whether a release is out, rather than recalled. */
        public boolean isPublication() {
            return event.equals(NoticeDocument.PUBLISHED);
        }
    }

    /**
     * A notice of this node.
     *
     * @param state {@code waiting}, {@code delivered} or {@code withdrawn}
     * @param tries how often it was sent in vain
     * @param problem why it waits, or was withdrawn
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sent(
            String id,
            String partner,
            String event,
            String agreement,
            String leg,
            String release,
            Instant made,
            String state,
            @Nullable Instant settled,
            int tries,
            @Nullable String problem) {}

    /**
     * Figures that are held of a release which is no longer the newest, or is recalled.
     *
     * @param event what the partner's newest notice about it says
     * @param newer the release that took its place; absent if it was recalled
     * @param since when that was, by the partner's clock
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Outdated(
            String exchange,
            String partner,
            String agreement,
            String leg,
            String release,
            Instant received,
            String event,
            @Nullable String newer,
            Instant since) {
        /** As a header field of an answer says it. */
        public String field() {
            return partner + ";exchange=" + exchange + ";event=" + event + (newer == null ? "" : ";newer=" + newer)
                    + ";since=" + since;
        }
    }

    /** What is on its way. */
    public record Waiting(long notices, @Nullable Instant oldest) {}

    /** Partners' notices, newest first. */
    public List<Received> received(int limit) {
        return tables.received(limit).stream().map(Notices::read).toList();
    }

    /** The newest release of a leg of which a partner has told. */
    public Optional<Received> newest(String partner, String agreement, String leg) {
        return tables.newest(partner, agreement, leg).map(Notices::read);
    }

    /** This node's notices, newest first. */
    public List<Sent> sent(int limit) {
        return tables.made(limit).stream()
                .map(made -> new Sent(
                        made.id().toString(),
                        made.partner(),
                        made.event(),
                        made.agreement(),
                        made.leg(),
                        made.release(),
                        made.made(),
                        made.outcome() == null ? "waiting" : made.outcome(),
                        made.settled(),
                        made.attempts(),
                        made.outcome() == null ? made.problem() : made.reason()))
                .toList();
    }

    /** How many of this node's notices no partner has taken yet. */
    public Waiting waiting() {
        NoticeTables.Waiting now = tables.waiting();
        return new Waiting(now.notices(), now.oldest());
    }

    /** What is held and out of date, newest first. */
    public List<Outdated> outdated() {
        Map<UUID, Outdated> found = new LinkedHashMap<>();
        tables.outdated(MOST).forEach(one -> found.putIfAbsent(one.exchange(), outdated(one)));
        return List.copyOf(found.values());
    }

    /** Why the figures of an exchange are out of date; empty if no partner has said so. */
    public Optional<Outdated> outdated(UUID exchange) {
        return tables.outdated(exchange).map(Notices::outdated);
    }

    private static Outdated outdated(NoticeTables.Outdated one) {
        boolean recalled = one.event().equals(NoticeDocument.RECALLED);
        return new Outdated(
                one.exchange().toString(),
                one.partner(),
                one.agreement(),
                one.leg(),
                one.release(),
                one.received(),
                one.event(),
                recalled ? null : one.newer(),
                one.at());
    }

    @Scheduled(fixedDelay = "30s", initialDelay = "10s")
    void measure() {
        try {
            waiting.set(waiting().notices());
            outdated.set(outdated().size());
        } catch (EntenteException e) {
            LOG.debug("notices could not be counted: {}", e.getMessage());
        }
    }

    private static Received read(NoticeTables.Received row) {
        try {
            NoticeDocument document = NoticeDocument.parse(row.document());
            NoticeDocument.Periods periods = document.periods();
            return new Received(
                    row.id().toString(),
                    row.partner(),
                    row.event(),
                    row.agreement(),
                    row.leg(),
                    document.dataflow(),
                    row.release(),
                    document.release().number(),
                    document.release().edition(),
                    document.release().status(),
                    periods == null ? null : periods.from(),
                    periods == null ? null : periods.to(),
                    row.at(),
                    row.received(),
                    document.replaces());
        } catch (VerificationException e) {
            throw new IllegalStateException("a stored notice cannot be read", e);
        }
    }
}
