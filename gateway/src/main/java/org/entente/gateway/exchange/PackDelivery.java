package org.entente.gateway.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.exchange.ExchangeRecord.JournalRef;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
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
    private final PartnerClient client;
    private final Journal journal;
    private final ObjectMapper mapper;
    private final Clock clock;

    PackDelivery(
            PackTables tables,
            Bodies bodies,
            Partners partners,
            PartnerClient client,
            Journal journal,
            ObjectMapper mapper,
            Clock clock) {
        this.tables = tables;
        this.bodies = bodies;
        this.partners = partners;
        this.client = client;
        this.journal = journal;
        this.mapper = mapper;
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
            confirmed(pack, send(partners.require(pack.consumer()), pack));
        } catch (EntenteException e) {
            LOG.debug("{} does not take pack {}: {}", pack.consumer(), pack.id(), e.getMessage());
            tables.later(pack, clock.instant().plus(PAUSE.after(pack.attempts())), e.detail());
        }
    }

    private TlogProof send(Partner partner, PackTables.Made pack) {
        byte[] document = bodies.find(pack.bodyDigest())
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.INTERNAL_ERROR, "The document of pack " + pack.id() + " is missing."));
        PartnerClient.Answered answer = client.call(
                partner,
                "POST",
                PATH,
                Headers.of("accept", PackDocument.MEDIA_TYPE, "content-type", PackDocument.MEDIA_TYPE),
                document,
                false);
        if (answer.response().status() != 200) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    partner.party() + " did not take the crisis pack " + pack.id() + ": "
                            + new String(answer.body(), StandardCharsets.UTF_8));
        }
        try {
            Confirmation confirmation = mapper.readValue(answer.body(), Confirmation.class);
            return TlogProof.parse(confirmation.proof().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | VerificationException e) {
            throw unproved(partner, pack, e);
        }
    }

    private void confirmed(PackTables.Made pack, TlogProof proof) {
        Partner partner = partners.require(pack.consumer());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("pack", pack.id().toString());
        record.put("consumer", pack.consumer());
        record.put("proof", RecordCodec.tree(place(partner, pack, proof)));
        journal.append(new Draft(
                KIND, record, pack.id().toString(), PackTables.insertDelivered(pack.id(), proof.encode(), now)));
    }

    /** Where the consumer's journal holds the pack; the record must name this very document. */
    private static JournalRef place(Partner partner, PackTables.Made pack, TlogProof proof) {
        AnswerProof.JournalKey journal = AnswerProof.JournalKey.of(partner);
        try {
            SaltedRecord salted = proof.saltedRecord();
            Checkpoint checkpoint = journal.verify(proof, salted.leaf()).checkpoint();
            JsonNode record = CanonicalJson.parseCanonical(salted.record());
            boolean same = record.path("kind").asText().equals(PackDesk.KIND)
                    && record.path("pack").asText().equals(pack.id().toString())
                    && record.path("document").asText().equals(RequestPart.base64(pack.bodyDigest()));
            if (!same) {
                throw unproved(partner, pack, null);
            }
            return new JournalRef(
                    checkpoint.origin(),
                    proof.index(),
                    checkpoint.size(),
                    checkpoint.root().toString());
        } catch (VerificationException | IllegalArgumentException e) {
            throw unproved(partner, pack, e);
        }
    }

    private static EntenteException unproved(
            Partner partner, PackTables.Made pack, @org.jspecify.annotations.Nullable Exception cause) {
        return new EntenteException(
                ErrorCode.PARTNER_ANSWER_INVALID,
                partner.party() + " does not prove that its journal holds the crisis pack " + pack.id() + ".",
                cause);
    }
}
