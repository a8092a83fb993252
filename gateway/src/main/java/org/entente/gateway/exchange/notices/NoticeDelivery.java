package org.entente.gateway.exchange.notices;

import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.exchange.ProvedDelivery;
import org.entente.gateway.exchange.RecordCodec;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.Partners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers notices, each again and again until the partner has proved that its journal holds it. */
@Singleton
class NoticeDelivery {
    static final String KIND = "notice-delivered";
    static final String PATH = "/notices";

    private static final Logger LOG = LoggerFactory.getLogger(NoticeDelivery.class);
    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofSeconds(4), Duration.ofHours(1));

    private final NoticeTables tables;
    private final Partners partners;
    private final ProvedDelivery delivery;
    private final Journal journal;
    private final ExecutorService executor;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    NoticeDelivery(
            NoticeTables tables,
            Partners partners,
            ProvedDelivery delivery,
            Journal journal,
            @Named(TaskExecutors.BLOCKING) ExecutorService executor,
            MeterRegistry meters,
            Clock clock) {
        this.tables = tables;
        this.partners = partners;
        this.delivery = delivery;
        this.journal = journal;
        this.executor = executor;
        this.meters = meters;
        this.clock = clock;
    }

    /** What the consumer answers: its journal's proof of the {@code notice-received} record. */
    record Confirmation(String notice, String proof) {}

    @Scheduled(fixedDelay = "2s", initialDelay = "2s")
    void deliverDue() {
        try {
            tables.duePartners().forEach(this::deliverApart);
        } catch (EntenteException e) {
            LOG.warn("notices of releases wait: {}", e.getMessage());
        }
    }

    /** One partner that does not answer must not keep the others waiting. */
    private void deliverApart(String partner) {
        if (!busy.add(partner)) {
            return;
        }
        executor.execute(() -> {
            try {
                deliver(partner);
            } catch (EntenteException e) {
                LOG.warn("notices for {} wait: {}", partner, e.getMessage());
            } finally {
                busy.remove(partner);
            }
        });
    }

    private void deliver(String partner) {
        for (NoticeTables.Made notice : tables.due(partner)) {
            try {
                confirmed(notice, delivery.deliver(partners.require(partner), PATH, item(notice)));
                meters.counter("entente.notices.delivered", "partner", partner).increment();
            } catch (DuplicateWriteException | ConflictingWriteException e) {
                LOG.debug("the notice {} was settled meanwhile", notice.id(), e);
            } catch (EntenteException e) {
                LOG.debug("{} does not take notice {}: {}", partner, notice.id(), e.getMessage());
                tables.later(partner, notice, clock.instant().plus(PAUSE.after(notice.attempts())), e.detail());
                return;
            }
        }
    }

    private static ProvedDelivery.Item item(NoticeTables.Made notice) {
        return new ProvedDelivery.Item(
                "the notice " + notice.id(),
                notice.document(),
                NoticeDesk.KIND,
                record -> record.path("document").asText().equals(Base64Url.encode(Digests.sha256(notice.document()))));
    }

    private void confirmed(NoticeTables.Made notice, ProvedDelivery.Proved proved) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("notice", notice.id().toString());
        record.put("consumer", notice.partner());
        record.put("proof", RecordCodec.tree(proved.place()));
        journal.append(new Draft(
                KIND,
                record,
                notice.id().toString(),
                NoticeTables.settle(
                        notice.id(), NoticeTables.DELIVERED, proved.proof().encode(), null, now)));
    }
}
