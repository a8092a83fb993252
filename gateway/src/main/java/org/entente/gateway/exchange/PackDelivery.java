package org.entente.gateway.exchange;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.Partners;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers crisis packs, again and again until the consumer has proved that its journal holds them. */
@Singleton
class PackDelivery {
    static final String KIND = "pack-delivered";
    static final String PATH = "/packs";

    private static final Logger LOG = LoggerFactory.getLogger(PackDelivery.class);
    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofSeconds(5), Duration.ofMinutes(30));

    private final PackTables tables;
    private final Bodies bodies;
    private final Partners partners;
    private final ProvedDelivery delivery;
    private final Journal journal;
    private final Clock clock;

    PackDelivery(
            PackTables tables,
            Bodies bodies,
            Partners partners,
            ProvedDelivery delivery,
            Journal journal,
            Clock clock) {
        this.tables = tables;
        this.bodies = bodies;
        this.partners = partners;
        this.delivery = delivery;
        this.journal = journal;
        this.clock = clock;
    }

    /** What the consumer answers: its journal's proof of the {@code pack-received} record. */
    record Confirmation(String pack, String proof) {}

    @Scheduled(fixedDelay = "5s", initialDelay = "5s")
    void deliverDue() {
        try {
            tables.due().forEach(this::deliver);
        } catch (EntenteException e) {
            LOG.warn("crisis packs wait: {}", e.getMessage());
        }
    }

    private void deliver(PackTables.Made pack) {
        try {
            confirmed(pack, delivery.deliver(partners.require(pack.consumer()), PATH, item(pack)));
        } catch (EntenteException e) {
            LOG.debug("{} does not take pack {}: {}", pack.consumer(), pack.id(), e.getMessage());
            tables.later(pack, clock.instant().plus(PAUSE.after(pack.attempts())), e.detail());
        }
    }

    private ProvedDelivery.Item item(PackTables.Made pack) {
        byte[] document = bodies.find(pack.bodyDigest())
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.INTERNAL_ERROR, "The document of pack " + pack.id() + " is missing."));
        return new ProvedDelivery.Item(
                "the crisis pack " + pack.id(),
                document,
                PackDesk.KIND,
                record -> record.path("pack").asText().equals(pack.id().toString())
                        && record.path("document").asText().equals(Base64Url.encode(pack.bodyDigest())));
    }

    private void confirmed(PackTables.Made pack, ProvedDelivery.Proved proved) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("pack", pack.id().toString());
        record.put("consumer", pack.consumer());
        record.put("proof", RecordCodec.tree(proved.place()));
        journal.append(new Draft(
                KIND,
                record,
                pack.id().toString(),
                PackTables.insertDelivered(pack.id(), proved.proof().encode(), now)));
    }
}
