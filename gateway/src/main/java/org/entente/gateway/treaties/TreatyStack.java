package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.Base64Url;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.Identity;
import org.entente.gateway.partners.PartnerLookup;
import org.jspecify.annotations.Nullable;

/**
 * Agreements and the acts on them without a database: whoever has kept the acts puts them back one by one, in their order, and has the same
 * agreements as before. New acts pass the same rules as at a node. Not thread-safe.
 */
public final class TreatyStack {
    private final Identity own;
    private final Shelf shelf = new Shelf();
    private final ActRules rules;
    private final Set<String> delivered = new HashSet<>();

    /** A stack without acts. */
    public TreatyStack(Identity own, PartnerLookup partners) {
        this.own = own;
        Signatories signatories = new Signatories(own, partners, party -> Optional.empty());
        this.rules = new ActRules(shelf, new TextRules(shelf), signatories, (partner, digest, author) -> {});
    }

    /**
     * An act that may be kept.
     *
     * @param kind of its journal entry
     * @param record of its journal entry
     * @param agreement id of the agreement
     * @param message as nodes exchange it
     * @param source partner that sent it; null for an act of this party's own officers
     * @param receipt for whoever has sent it
     * @param known whether it is held already; then there is nothing to keep
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Accepted(
            String kind,
            Map<String, Object> record,
            String agreement,
            byte[] message,
            @Nullable String source,
            ActReceipt receipt,
            boolean known) {}

    private record Held(
            String id,
            byte[] message,
            Instrument instrument,
            @Nullable String source,
            ActReceipt receipt) {}

    /**
     * Judges an act that a partner's node has sent.
     *
     * @throws EntenteException with one of the codes of the treaties' section
     */
    public Accepted sent(byte[] message, String partner, Instant now) {
        return judge(ActMessage.parse(message), ActRules.Source.partner(partner), now);
    }

    /**
     * Judges what an officer of this party has signed: a proposal with its text, a signature or another act.
     *
     * @param by who hands it in
     * @throws EntenteException with one of the codes of the treaties' section
     */
    public Accepted handedIn(byte[] json, String by, Instant now) {
        return judge(ActMessage.handedIn(json), ActRules.Source.own(by), now);
    }

    /**
     * A text put before the other parties under this party's own signing key.
     *
     * @param act id of the act, {@code urn:uuid:...}
     * @param counters digest of the text that it answers; null for a first proposal
     */
    public Accepted proposal(Agreement agreement, String act, @Nullable String counters, String by, Instant now) {
        Conclusion.Proposed proposed =
                new Conclusion.Proposed(act, agreement.id(), agreement.digest(), own.party(), now, counters);
        byte[] payload = CanonicalJson.encode(proposed);
        SignedDocument sealed =
                new SignedDocument(payload, List.of(SignedDocument.sign(payload, "json", own.signing(), now)));
        return judge(
                new ActMessage.Proposal(new ActMessage.Act(sealed, proposed), proposed, agreement),
                ActRules.Source.own(by),
                now);
    }

    private Accepted judge(ActMessage message, ActRules.Source source, Instant now) {
        byte[] json = message.toJson();
        Optional<ActReceipt> known = rules.known(message, json, source);
        if (known.isPresent()) {
            return new Accepted("", Map.of(), known.get().agreement(), json, source.partner(), known.get(), true);
        }
        ActRules.Step step = rules.step(message, source);
        rules.check(step, now);
        return new Accepted(
                step.instrument().journalKind(),
                ActRules.record(step, json, source, now),
                step.agreement().id(),
                json,
                source.partner(),
                step.receipt(now),
                false);
    }

    /**
     * Puts an act on the stack that was accepted and is durable.
     *
     * @param record of its journal entry, canonical JSON
     * @param source as {@link Accepted#source} said
     * @param position of its journal entry
     */
    public void keep(byte[] record, byte[] message, @Nullable String source, long position) {
        JsonNode said = CanonicalJson.parseCanonical(record);
        Instant received = Instant.parse(said.path("time").asText());
        ActMessage act = ActMessage.parse(message);
        if (act instanceof ActMessage.Proposal proposal) {
            shelf.texts.putIfAbsent(proposal.textDigest(), proposal.agreement());
        }
        Agreement agreement = shelf.texts.get(act.textDigest());
        if (agreement == null) {
            throw TreatyErrors.unknown("with digest " + act.textDigest());
        }
        Instrument instrument =
                instrument(act, agreement, said.path("instrument").path("party").asText());
        ActReceipt receipt =
                new ActReceipt(instrument.id(), agreement.id(), agreement.version(), instrument.digest(), received);
        shelf.acts
                .computeIfAbsent(act.textDigest(), digest -> new ArrayList<>())
                .add(new HeldAct(instrument, position, source, received));
        shelf.held.put(instrument.id(), new Held(instrument.id(), message, instrument, source, receipt));
        if (TextRules.binds(instrument)) {
            shelf.adopted.putIfAbsent(agreement.id() + " " + agreement.version(), instrument.digest());
        }
    }

    /** What an act says; of a signature that came without an act of its own, for whom it was accepted. */
    private static Instrument instrument(ActMessage message, Agreement agreement, String party) {
        return switch (message) {
            case ActMessage.Proposal proposal -> proposal.instrument();
            case ActMessage.Act act -> act.instrument();
            case ActMessage.Signature signature -> signed(signature, agreement, party);
        };
    }

    private static Instrument signed(ActMessage.Signature signature, Agreement agreement, String party) {
        ActMessage.Act said = signature.act();
        return said != null
                ? said.instrument()
                : new Conclusion.Signed(
                        signature.id(),
                        agreement.id(),
                        signature.textDigest(),
                        party,
                        signature.only().issuedAt(),
                        signature.certificateSha256());
    }

    /** All texts with the acts on them. */
    public List<Treaty> all() {
        return shelf.all();
    }

    /** By digest, or by id: then the newest version. */
    public Optional<Treaty> find(String digestOrId) {
        return new TreatyBook(0, all()).find(digestOrId);
    }

    /** Those to which this party is a party, ready for decisions. */
    public AgreementBook bookWith(String party) {
        return new TreatyBook(0, all()).bookWith(party);
    }

    /** The files of those to which this party is a party. */
    public List<AgreementFile> filesWith(String party) {
        return new TreatyBook(0, all()).filesWith(party);
    }

    /** The acts of this party that another has not yet got, oldest first: each as it is sent to {@link Treaties#ACTS_PATH}. */
    public List<byte[]> waitingFor(String party) {
        return shelf.held.values().stream()
                .filter(act -> shelf.circle(act.instrument().digest())
                        .recipients(own.party(), act.source())
                        .contains(party))
                .filter(act -> !delivered.contains(party + " " + act.id()))
                .map(Held::message)
                .toList();
    }

    /**
     * The id of an act that a partner acknowledges.
     *
     * @param receipt what its node said, signed
     * @throws EntenteException {@code partner-answer-invalid} if it is for another text, {@code not-found} if there is no such act
     */
    public String acknowledged(String party, byte[] message, byte[] receipt) {
        Held held = shelf.held.values().stream()
                .filter(act -> Arrays.equals(act.message(), message))
                .findFirst()
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "Here is no such act."));
        Outbox.requireSameText(party, held.instrument().digest(), receipt);
        return held.id();
    }

    /** Notes that a party has got an act. */
    public void delivered(String party, String act) {
        delivered.add(party + " " + act);
    }

    private static final class Shelf implements TextShelf {
        private final Map<String, Agreement> texts = new LinkedHashMap<>();
        private final Map<String, List<HeldAct>> acts = new LinkedHashMap<>();
        private final Map<String, Held> held = new LinkedHashMap<>();
        private final Map<String, String> adopted = new LinkedHashMap<>();

        List<Treaty> all() {
            return Treaty.linked(texts.entrySet().stream()
                    .map(text -> {
                        List<HeldAct> on = acts.getOrDefault(text.getKey(), List.of());
                        return Treaty.of(text.getValue(), text.getKey(), on, on.size());
                    })
                    .sorted(Comparator.comparing(
                                    (Treaty treaty) -> treaty.file().agreement().id())
                            .thenComparingInt(
                                    treaty -> treaty.file().agreement().version()))
                    .toList());
        }

        Circle circle(String digest) {
            return read(Base64Url.decode(digest)).map(Circle::of).orElseThrow();
        }

        @Override
        public Optional<Treaty> read(byte[] digest) {
            String wanted = Base64Url.encode(digest);
            return all().stream()
                    .filter(treaty -> treaty.file().digest().equals(wanted))
                    .findFirst();
        }

        @Override
        public List<Treaty> ofAgreement(String id) {
            return all().stream()
                    .filter(treaty -> treaty.file().agreement().id().equals(id))
                    .toList();
        }

        @Override
        public List<String> textsOf(String agreement, int version) {
            return texts.entrySet().stream()
                    .filter(text -> text.getValue().id().equals(agreement)
                            && text.getValue().version() == version)
                    .map(Map.Entry::getKey)
                    .toList();
        }

        @Override
        public Optional<String> adopted(String agreement, int version) {
            return Optional.ofNullable(adopted.get(agreement + " " + version));
        }

        @Override
        public Optional<Kept> kept(String act) {
            return Optional.ofNullable(held.get(act)).map(one -> new Kept(one.message(), one.receipt()));
        }

        @Override
        public Optional<Kept> proposal(byte[] digest) {
            return acts.getOrDefault(Base64Url.encode(digest), List.of()).stream()
                    .findFirst()
                    .flatMap(act -> kept(act.instrument().id()));
        }
    }
}
