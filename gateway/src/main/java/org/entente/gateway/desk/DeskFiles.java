package org.entente.gateway.desk;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.JsonConventions;
import org.entente.gateway.exchange.AnswerMaking;
import org.entente.gateway.exchange.ExchangeHeaders;
import org.entente.gateway.exchange.ExchangeRecord;
import org.entente.gateway.exchange.Filed;
import org.entente.gateway.exchange.FiledCalls;
import org.entente.gateway.exchange.ReceiptCheck;
import org.entente.gateway.exchange.ReceiptMessage;
import org.entente.gateway.exchange.RecordCodec;
import org.entente.gateway.exchange.SealedEnvelope;
import org.entente.gateway.exchange.SealedFile;
import org.entente.gateway.journal.Appended;
import org.entente.gateway.journal.FolderJournal;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.FiledMessages;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.treaties.Treaties;
import org.entente.gateway.treaties.TreatyStack;
import org.jspecify.annotations.Nullable;

/** The sealed files that come to a desk and leave it. Nothing leaves before its entry is durable and its checkpoint signed. */
final class DeskFiles {
    private static final String JSON = "application/json";

    private final DeskSettings settings;
    private final DeskState state;
    private final FolderJournal journal;
    private final DeskBook book;
    private final AnswerMaking making;
    private final Optional<CertifiedKey> sealing;
    private final ObjectMapper mapper = JsonConventions.mapper();
    private final Clock clock;
    private final SecureRandom random;

    DeskFiles(
            DeskSettings settings,
            DeskState state,
            FolderJournal journal,
            DeskBook book,
            AnswerMaking making,
            Optional<CertifiedKey> sealing,
            Clock clock,
            SecureRandom random) {
        this.settings = settings;
        this.state = state;
        this.journal = journal;
        this.book = book;
        this.making = making;
        this.sealing = sealing;
        this.clock = clock;
        this.random = random;
    }

    /** As it leaves the desk: in an envelope, if the card of whoever gets it next names a key. */
    byte[] close(SealedFile file) {
        return SealedEnvelope.close(
                file, state.requirePartner(SealedEnvelope.recipient(file)).card());
    }

    SealedFile answer(byte[] bytes, AnswerMaking.@Nullable Verdict verdict) {
        requireOwnCard();
        return FiledCalls.answer(
                SealedEnvelope.open(bytes, state.party(), sealing), state.party(), new Door(verdict), mapper);
    }

    /** An answer under a card that has run out would be refused by whoever gets it. */
    private void requireOwnCard() {
        Instant until = state.card().validUntil();
        if (clock.instant().isAfter(until)) {
            throw new EntenteException(
                    ErrorCode.CERTIFICATE_EXPIRED,
                    "This desk's own card was valid until " + until
                            + ". Issue the next one with `desk card --issue FILE`"
                            + " and let your partners confirm it.");
        }
    }

    private final class Door implements FiledCalls.Door {
        private final AnswerMaking.@Nullable Verdict verdict;

        private Door(AnswerMaking.@Nullable Verdict verdict) {
            this.verdict = verdict;
        }

        @Override
        public AuthenticatedCall admit(String from, HttpRequestMessage request, byte[] body, boolean exchange) {
            return FiledMessages.admit(
                    state,
                    state.requirePartner(from),
                    request,
                    body,
                    exchange,
                    new FiledMessages.Tolerance(Duration.ofDays(settings.fileValidityDays()), Desk.CLOCK_SKEW),
                    clock.instant());
        }

        @Override
        public Filed.Response data(AuthenticatedCall call, URI target) {
            return DeskFiles.this.data(making.read(call), verdict);
        }

        @Override
        public Object act(AuthenticatedCall call) {
            TreatyStack.Accepted act =
                    state.treaties().sent(call.body(), call.partner().party(), book.instant());
            if (!act.known()) {
                book.append(act.kind(), act.record(), act.agreement(), Map.of(DeskState.MESSAGE, act.message()));
            }
            return act.receipt();
        }

        @Override
        public ReceiptMessage.Verdict receipts(AuthenticatedCall call, ReceiptMessage.Batch batch) {
            return DeskFiles.this.receipts(call.partner(), batch);
        }

        @Override
        public HttpResponseMessage sign(AuthenticatedCall call, int status, Headers headers, byte[] body) {
            return FiledMessages.sign(state, call, status, headers, body, clock.instant());
        }
    }

    /** The first answer again, or a new one: made, journaled, proved. */
    private Filed.Response data(AnswerMaking.Request request, AnswerMaking.@Nullable Verdict verdict) {
        Optional<DeskState.Answer> first = state.answer(request.party(), request.exchange());
        if (first.isPresent()) {
            return again(request, first.get());
        }
        AnswerMaking.Made made = making.answer(request, verdict);
        Appended appended = book.append(
                ExchangeRecord.Answered.KIND,
                RecordCodec.toJson(made.record()),
                request.exchange().toString(),
                Map.of(
                        DeskState.REQUEST, request.head(),
                        DeskState.RESPONSE, made.head(),
                        DeskState.BODY, made.body()));
        return AnswerMaking.filed(made.head(), made.body(), appended.proof());
    }

    private Filed.Response again(AnswerMaking.Request request, DeskState.Answer first) {
        FolderJournal.Entry entry = first.entry();
        making.requireRepeatable(
                request,
                AnswerMaking.fingerprint(request.party(), journal.attachment(entry, DeskState.REQUEST)),
                outcome(first.record()),
                Instant.parse(first.record().time()));
        return AnswerMaking.filed(
                journal.attachment(entry, DeskState.RESPONSE),
                journal.attachment(entry, DeskState.BODY),
                journal.prove(entry.index()));
    }

    /** {@code permit} for figures, else {@code refusal}. */
    static String outcome(ExchangeRecord.Answered record) {
        return record.release() == null ? "refusal" : "permit";
    }

    private ReceiptMessage.Verdict receipts(Partner partner, ReceiptMessage.Batch batch) {
        List<String> accepted = new ArrayList<>();
        List<ReceiptMessage.Refused> refused = new ArrayList<>();
        for (ReceiptMessage.Receipt receipt : batch.receipts()) {
            try {
                take(partner, receipt);
                accepted.add(receipt.exchange());
            } catch (EntenteException e) {
                refused.add(
                        new ReceiptMessage.Refused(receipt.exchange(), e.code().code(), e.detail()));
            }
        }
        return new ReceiptMessage.Verdict(accepted, refused);
    }

    private void take(Partner partner, ReceiptMessage.Receipt receipt) {
        var exchange = ExchangeHeaders.exchangeId(receipt.exchange());
        ReceiptCheck.Checked checked = ReceiptCheck.check(
                partner,
                receipt,
                state.answer(partner.party(), exchange).map(DeskState.Answer::record),
                state.party(),
                book.instant());
        // A receipt is kept once, however often it comes.
        if (!state.isReceipted(partner.party(), exchange)) {
            book.append(
                    ExchangeRecord.Receipted.KIND,
                    RecordCodec.toJson(checked.record()),
                    exchange.toString(),
                    Map.of("proof", checked.proof()));
        }
    }

    Optional<SealedFile> acts(String party) {
        requireOwnCard();
        Partner partner = state.requirePartner(party);
        List<SealedFile.Letter> letters = state.treaties().waitingFor(party).stream()
                .limit(SealedFile.MOST_LETTERS)
                .map(act -> FiledMessages.prepare(
                        state,
                        partner,
                        "POST",
                        Treaties.ACTS_PATH,
                        Headers.of("content-type", JSON),
                        act,
                        false,
                        clock.instant(),
                        random))
                .map(call -> SealedFile.Letter.of(Filed.Request.of(call.request(), call.body())))
                .toList();
        return letters.isEmpty() ? Optional.empty() : Optional.of(SealedFile.of(state.party(), party, letters));
    }

    List<String> receive(byte[] bytes) {
        SealedFile file = SealedEnvelope.open(bytes, state.party(), sealing);
        if (!file.from().equals(state.party())) {
            throw SealedFile.unusable(
                    "The requests in the file are by " + file.from() + ", and this is " + state.party() + ".", null);
        }
        Partner partner = state.requirePartner(file.to());
        return file.letters().stream().map(letter -> receive(partner, letter)).toList();
    }

    private String receive(Partner partner, SealedFile.Letter letter) {
        Filed.Response filed = letter.response();
        if (filed == null) {
            throw SealedFile.unusable(partner.party() + " has not answered this file yet.", null);
        }
        try {
            HttpRequestMessage request = letter.request().message();
            PartnerClient.Answered answer =
                    FiledMessages.open(partner, request, false, filed.message(), filed.content(), Desk.CLOCK_SKEW);
            if (!FiledCalls.target(request).getRawPath().endsWith(Treaties.ACTS_PATH)) {
                throw SealedFile.unusable(
                        "A desk sends acts and nothing else; this is a response to another request.", null);
            }
            return delivered(partner.party(), letter.request().content(), answer);
        } catch (VerificationException e) {
            throw SealedFile.unusable("A message in the file cannot be read: " + e.sentence() + ".", e);
        }
    }

    private String delivered(String party, byte[] act, PartnerClient.Answered answer) {
        if (answer.response().status() != 200) {
            return party + " refuses the act: "
                    + CanonicalJson.parseStrict(answer.body()).path("detail").asText();
        }
        String id = state.treaties().acknowledged(party, act, answer.body());
        Map<String, Object> record = book.record(DeskState.ACT_DELIVERED);
        record.put("party", party);
        record.put("act", id);
        book.append(DeskState.ACT_DELIVERED, record, id, Map.of("receipt", answer.body()));
        return party + " has got the act " + id;
    }
}
