package org.entente.gateway.exchange.notices;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.exchange.AnswerProof;
import org.entente.gateway.exchange.ExchangeRecord.JournalRef;
import org.entente.gateway.exchange.RecordCodec;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.jspecify.annotations.Nullable;
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
    private final PartnerClient client;
    private final Journal journal;
    private final ObjectMapper mapper;
    private final ExecutorService executor;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    NoticeDelivery(
            NoticeTables tables,
            Partners partners,
            PartnerClient client,
            Journal journal,
            ObjectMapper mapper,
            @Named(TaskExecutors.BLOCKING) ExecutorService executor,
            MeterRegistry meters,
            Clock clock) {
        this.tables = tables;
        this.partners = partners;
        this.client = client;
        this.journal = journal;
        this.mapper = mapper;
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
                Partner to = partners.require(partner);
                confirmed(to, notice, send(to, notice));
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

    private TlogProof send(Partner partner, NoticeTables.Made notice) {
        PartnerClient.Answered answer = client.call(
                partner,
                "POST",
                PATH,
                Headers.of("accept", NoticeDocument.MEDIA_TYPE, "content-type", NoticeDocument.MEDIA_TYPE),
                notice.document(),
                false);
        if (answer.response().status() != 200) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    partner.party() + " did not take the notice " + notice.id() + ": "
                            + new String(answer.body(), StandardCharsets.UTF_8));
        }
        try {
            Confirmation confirmation = mapper.readValue(answer.body(), Confirmation.class);
            return TlogProof.parse(confirmation.proof().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | VerificationException e) {
            throw unproved(partner, notice, e);
        }
    }

    private void confirmed(Partner partner, NoticeTables.Made notice, TlogProof proof) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("notice", notice.id().toString());
        record.put("consumer", partner.party());
        record.put("proof", RecordCodec.tree(place(partner, notice, proof)));
        journal.append(new Draft(
                KIND,
                record,
                notice.id().toString(),
                NoticeTables.settle(notice.id(), NoticeTables.DELIVERED, proof.encode(), null, now)));
    }

    /** Where the partner's journal holds the notice; the record must name this very document. */
    private static JournalRef place(Partner partner, NoticeTables.Made notice, TlogProof proof) {
        AnswerProof.JournalKey journal = AnswerProof.JournalKey.of(partner);
        try {
            SaltedRecord salted = proof.saltedRecord();
            Checkpoint.Opened opened = journal.verify(proof, salted.leaf());
            journal.seen().accept(opened);
            JsonNode record = CanonicalJson.parseCanonical(salted.record());
            boolean same = record.path("kind").asText().equals(NoticeDesk.KIND)
                    && record.path("document").asText().equals(NoticeDesk.base64(Digests.sha256(notice.document())));
            if (!same) {
                throw unproved(partner, notice, null);
            }
            Checkpoint checkpoint = opened.checkpoint();
            return new JournalRef(
                    checkpoint.origin(),
                    proof.index(),
                    checkpoint.size(),
                    checkpoint.root().toString());
        } catch (VerificationException | IllegalArgumentException e) {
            throw unproved(partner, notice, e);
        }
    }

    private static EntenteException unproved(Partner partner, NoticeTables.Made notice, @Nullable Exception cause) {
        return new EntenteException(
                ErrorCode.PARTNER_ANSWER_INVALID,
                partner.party() + " does not prove that its journal holds the notice " + notice.id() + ".",
                cause);
    }
}
