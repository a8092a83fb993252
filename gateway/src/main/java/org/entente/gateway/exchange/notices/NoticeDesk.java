package org.entente.gateway.exchange.notices;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.Leg;
import org.entente.agreements.life.AgreementFile;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.TlogProof;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Cards;
import org.entente.gateway.exchange.RecordCodec;
import org.entente.gateway.exchange.RequestPart;
import org.entente.gateway.exchange.StoredMessage;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.Treaties;

/**
 * Where a partner's notices are taken in: under a leg in effect by which the partner answers this node, each once. The same notice again gets
 * its proof again and changes nothing.
 */
@Singleton
class NoticeDesk {
    static final String KIND = "notice-received";

    private final Treaties treaties;
    private final Cards cards;
    private final NoticeTables tables;
    private final NodeIdentity identity;
    private final Journal journal;
    private final MeterRegistry meters;
    private final Clock clock;

    NoticeDesk(
            Treaties treaties,
            Cards cards,
            NoticeTables tables,
            NodeIdentity identity,
            Journal journal,
            MeterRegistry meters,
            Clock clock) {
        this.treaties = treaties;
        this.cards = cards;
        this.tables = tables;
        this.identity = identity;
        this.journal = journal;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Takes a notice in.
     *
     * @throws EntenteException {@code request-malformed}, {@code notice-not-agreed}; {@code exchange-conflict} if the id stands for another
     *     document, or another notice has told of the same event
     */
    NoticeDelivery.Confirmation take(AuthenticatedCall call) {
        String sender = call.partner().party();
        NoticeDocument notice;
        UUID id;
        Instant at;
        try {
            notice = NoticeDocument.parse(call.body());
            id = notice.uuid();
            at = notice.instant();
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The notice: " + e.sentence() + ".", e);
        }
        Optional<NoticeTables.Received> known = tables.received(sender, id);
        if (known.isPresent()) {
            return again(known.get(), call);
        }
        return keep(call, notice, id, at, agreed(notice, sender));
    }

    private NoticeDelivery.Confirmation again(NoticeTables.Received known, AuthenticatedCall call) {
        if (!Arrays.equals(known.document(), call.body())) {
            throw conflict("The notice id " + known.id() + " stands for another document.");
        }
        return confirmation(known.id(), journal.prove(known.journalIndex()));
    }

    /** The text must be in effect, and its leg must run from the sender to this node. */
    private AgreementFile agreed(NoticeDocument notice, String sender) {
        AgreementFile file = treaties.find(notice.agreement().digest())
                .map(treaty -> treaty.file())
                .filter(text -> text.at(clock.instant()).phase().applies())
                .orElseThrow(() -> notAgreed(
                        "No agreement with the digest " + notice.agreement().digest() + " is in effect here."));
        Optional<Leg> leg = file.agreement().leg(notice.leg());
        boolean runs = leg.isPresent()
                && file.runs(leg.get(), sender, identity.party())
                && leg.get().dataflow().toString().equals(notice.dataflow())
                && file.agreement().id().equals(notice.agreement().id());
        if (!runs) {
            throw notAgreed("Agreement " + file.agreement().id() + " has no leg " + notice.leg() + " of "
                    + notice.dataflow() + " from " + sender + " to " + identity.party() + ".");
        }
        return file;
    }

    private NoticeDelivery.Confirmation keep(
            AuthenticatedCall call, NoticeDocument notice, UUID id, Instant at, AgreementFile file) {
        String sender = call.partner().party();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("provider", RecordCodec.tree(cards.theirs(call.partner(), call.cardDigest(), file)));
        record.put("consumer", RecordCodec.tree(cards.ours(file)));
        record.put("notice", RecordCodec.tree(notice));
        record.put("document", Base64Url.encode(call.request().content().sha256()));
        record.put("request", RecordCodec.tree(RequestPart.of(call.request(), call.signature())));
        try {
            TlogProof proof = journal.append(new Draft(
                            KIND,
                            record,
                            id.toString(),
                            NoticeTables.insertReceived(
                                    sender, notice, id, call.body(), StoredMessage.encode(call.request()), at, now)))
                    .proof();
            meters.counter("entente.notices.received", "partner", sender, "event", notice.event())
                    .increment();
            return confirmation(id, proof);
        } catch (DuplicateWriteException e) {
            return tables.received(sender, id)
                    .map(known -> again(known, call))
                    .orElseThrow(() -> conflict("Another notice has told that release "
                            + notice.release().id() + " was " + notice.event() + " under leg " + notice.leg() + "."));
        }
    }

    private static NoticeDelivery.Confirmation confirmation(UUID id, TlogProof proof) {
        return new NoticeDelivery.Confirmation(id.toString(), new String(proof.encode(), StandardCharsets.UTF_8));
    }

    private static EntenteException notAgreed(String detail) {
        return new EntenteException(ErrorCode.NOTICE_NOT_AGREED, detail);
    }

    private static EntenteException conflict(String detail) {
        return new EntenteException(ErrorCode.EXCHANGE_CONFLICT, detail);
    }
}
