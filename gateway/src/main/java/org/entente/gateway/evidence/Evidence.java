package org.entente.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.agreements.Agreement;
import org.entente.agreements.prose.Prose;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.time.Timestamps;
import org.entente.gateway.exchange.AnsweredExchanges;
import org.entente.gateway.exchange.AskedExchanges;
import org.entente.gateway.exchange.Bodies;
import org.entente.gateway.exchange.Deletions;
import org.entente.gateway.exchange.ExchangeHeaders;
import org.entente.gateway.exchange.FigureNotes;
import org.entente.gateway.exchange.PackRecords;
import org.entente.gateway.exchange.StoredMessage;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.treaties.Treaties;
import org.jspecify.annotations.Nullable;

/** Puts together the evidence of an exchange from what this node has kept, whichever side it was on. */
@Singleton
public class Evidence {
    private final AskedExchanges asked;
    private final AnsweredExchanges answered;
    private final Bodies bodies;
    private final Deletions deletions;
    private final FigureNotes notes;
    private final PackRecords packs;
    private final Journal journal;
    private final Treaties treaties;
    private final Partners partners;
    private final NodeIdentity identity;
    private final Timestamps timestamps;
    private final Clock clock;

    Evidence(
            AskedExchanges asked,
            AnsweredExchanges answered,
            Bodies bodies,
            Deletions deletions,
            FigureNotes notes,
            PackRecords packs,
            Journal journal,
            Treaties treaties,
            Partners partners,
            NodeIdentity identity,
            Timestamps timestamps,
            Clock clock) {
        this.asked = asked;
        this.answered = answered;
        this.bodies = bodies;
        this.deletions = deletions;
        this.notes = notes;
        this.packs = packs;
        this.journal = journal;
        this.treaties = treaties;
        this.partners = partners;
        this.identity = identity;
        this.timestamps = timestamps;
        this.clock = clock;
    }

    /** The two messages of an exchange and the two proofs. */
    private record Parts(
            String partner,
            HttpRequestMessage request,
            HttpResponseMessage response,
            byte @Nullable [] body,
            long length,
            TlogProof answered,
            @Nullable TlogProof received,
            @Nullable TlogProof deleted,
            List<String> notes,
            List<EvidenceFile.Stamp> stamps) {}

    /**
     * The sealed evidence of an exchange that this node asked for and received.
     *
     * @throws EntenteException {@code not-found}, also while there is no verified answer
     */
    public EvidenceFile ofAsked(UUID exchange) {
        AskedExchanges.Asked row = asked.find(exchange)
                .filter(a -> a.state() == AskedExchanges.State.RECEIVED)
                .orElseThrow(() -> unknown(exchange));
        Optional<Deletions.Deleted> deletion = deletions.of(exchange);
        byte[] body = deletion.isPresent() ? null : body(row.bodyDigest());
        Content content = body == null
                ? new Content(
                        deletion.map(Deletions.Deleted::length).orElse(0L),
                        java.util.Objects.requireNonNull(row.bodyDigest()))
                : Content.of(body);
        HttpResponseMessage response = row.response(content).orElseThrow(() -> unknown(exchange));
        TlogProof proof = proofIn(response);
        HttpRequestMessage request = requestThatWasAnswered(exchange, proof);
        long index = java.util.Objects.requireNonNull(row.journalIndex());
        return seal(
                exchange,
                new Parts(
                        row.partner(),
                        request,
                        response,
                        body,
                        content.length(),
                        proof,
                        witnessed(index, row.partner()),
                        deletion.map(d -> witnessed(d.journalIndex(), row.partner()))
                                .orElse(null),
                        notes.actsAbout(row.agreement(), release(proof)),
                        stamps(index, deletion.map(Deletions.Deleted::journalIndex))));
    }

    /** The sealed evidence of an exchange that this node answered. */
    public EvidenceFile ofAnswered(String partner, UUID exchange) {
        AnsweredExchanges.Answered row = answered.find(partner, exchange).orElseThrow(() -> unknown(exchange));
        byte[] body = body(row.bodyDigest());
        Optional<TlogProof> receipt = answered.receiptProof(partner, exchange).map(Evidence::parse);
        TlogProof proof = witnessed(row.journalIndex(), partner);
        HttpResponseMessage signed = row.response(body);
        HttpResponseMessage sent = new HttpResponseMessage(
                signed.status(), signed.headers().with(ExchangeHeaders.PROOF, encode(proof)), signed.content());
        return seal(
                exchange,
                new Parts(
                        partner,
                        row.request(),
                        sent,
                        body,
                        body.length,
                        proof,
                        receipt.orElse(null),
                        null,
                        notes.actsAbout(row.agreement(), row.release()),
                        stamp("answered", row.journalIndex()).stream().toList()));
    }

    /** The partner's cosignature before any other's: its cards are in the file, so whoever has that can check it. */
    TlogProof witnessed(long index, String partner) {
        Set<String> names = partners.find(partner).stream()
                .flatMap(one -> one.chain().stream())
                .map(card -> card.card().witness().key().name())
                .collect(Collectors.toSet());
        return journal.proveWitnessed(index, names);
    }

    /**
     * The sealed evidence of the figures of a crisis pack that this node's officer has opened.
     *
     * @throws EntenteException {@code not-found}, also while it is sealed; {@code evidence-invalid} if it is no longer kept
     */
    public PackEvidenceFile ofPack(UUID pack) {
        PackRecords.Opened opened = packs.opened(pack)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "This node holds no crisis pack " + pack + " that was opened."));
        List<EvidenceFile.Stamp> stamps =
                new ArrayList<>(stamp("received", opened.received()).stream().toList());
        stamp("opened", opened.opened()).ifPresent(stamps::add);
        Agreement agreement = treaties.get(opened.textDigest()).file().agreement();
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        PackEvidenceFile unsealed = new PackEvidenceFile(
                PackEvidenceFile.FORMAT,
                pack.toString(),
                new EvidenceFile.Exported(identity.party(), now.toString()),
                new EvidenceFile.Request(
                        opened.delivery().method(),
                        opened.delivery().targetUri(),
                        StoredMessage.lines(opened.delivery().headers()),
                        Base64Url.encode(opened.document())),
                entry(witnessed(opened.received(), opened.partner())),
                declaration(opened.textDigest(), opened.act()),
                entry(witnessed(opened.opened(), opened.partner())),
                stamps.isEmpty() ? null : stamps,
                Seal.tree(treaties.signedDocument(opened.textDigest())),
                treaties.companionSignatures(opened.textDigest())
                        .map(Seal::tree)
                        .orElse(null),
                cardsWith(opened.partner()),
                "",
                null);
        PackProse.Facts facts = new PackProse.Facts(
                unsealed.pack(),
                unsealed.received().record(),
                unsealed.cards(),
                unsealed.stamps(),
                unsealed.exported());
        String page = PackProse.page(facts, unsealed.declaration(), opened.document(), languages(agreement));
        return Seal.on(unsealed.with(page, null), identity.signing(), now);
    }

    /** The cards of this node and of a partner, as files hold them. */
    SortedMap<String, List<JsonNode>> cardsWith(String partner) {
        SortedMap<String, List<JsonNode>> cards = new TreeMap<>();
        cards.put(identity.party(), trees(identity.chain()));
        cards.put(
                partner,
                trees(partners.find(partner)
                        .orElseThrow(() -> new EntenteException(
                                ErrorCode.PARTNER_UNKNOWN, "This node has imported no card of " + partner + "."))
                        .chain()));
        return cards;
    }

    /** An act as nodes exchanged it. */
    JsonNode declaration(String textDigest, String act) {
        return treaties.messages(textDigest).stream()
                .map(Seal::tree)
                .filter(message -> SignedAct.id(message).equals(act))
                .findFirst()
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.EVIDENCE_INVALID, "The act " + act + " is not kept as it was signed."));
    }

    private List<EvidenceFile.Stamp> stamps(long received, Optional<Long> deleted) {
        List<EvidenceFile.Stamp> stamps =
                new ArrayList<>(stamp("received", received).stream().toList());
        deleted.flatMap(index -> stamp("deleted", index)).ifPresent(stamps::add);
        return stamps;
    }

    /** The time that authorities have attested for an entry of this node's journal, if they have yet. */
    Optional<EvidenceFile.Stamp> stamp(String entry, long index) {
        return timestamps.covering(index).map(stamped -> {
            TlogProof proof = new TlogProof(index, journal.inclusionAt(index, stamped.size()), stamped.note(), null);
            return new EvidenceFile.Stamp(
                    entry,
                    proof.toString(),
                    stamped.tokens().stream().map(Base64Url::encode).toList(),
                    stamped.anchors().stream().map(Base64Url::encode).distinct().toList());
        });
    }

    private static String encode(TlogProof proof) {
        return ":" + java.util.Base64.getEncoder().encodeToString(proof.encode()) + ":";
    }

    private static @Nullable String release(TlogProof proof) {
        try {
            JsonNode release =
                    Seal.tree(proof.saltedRecord().record()).path("release").path("id");
            return release.isTextual() ? release.asText() : null;
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.EVIDENCE_INVALID, "The stored proof cannot be read.", e);
        }
    }

    /** The acts with these ids, as nodes exchanged them. */
    private @Nullable List<JsonNode> notes(@Nullable String agreement, List<String> ids) {
        if (agreement == null || ids.isEmpty()) {
            return null;
        }
        List<JsonNode> found = new ArrayList<>();
        for (var treaty : treaties.all()) {
            if (treaty.file().agreement().id().equals(agreement)) {
                treaties.messages(treaty.file().digest()).stream()
                        .map(Seal::tree)
                        .filter(message -> ids.contains(SignedAct.id(message)))
                        .forEach(found::add);
            }
        }
        return found.isEmpty() ? null : found;
    }

    private EvidenceFile seal(UUID exchange, Parts parts) {
        ExchangeHeaders headers = ExchangeHeaders.of(parts.request.headers());
        SortedMap<String, List<JsonNode>> cards = new TreeMap<>();
        cards.put(identity.party(), trees(identity.chain()));
        // Also of a partner with whom exchanges are stopped: that is when evidence is asked for.
        cards.put(
                parts.partner,
                trees(partners.find(parts.partner)
                        .orElseThrow(() -> unknown(exchange))
                        .chain()));
        JsonNode agreement = Optional.ofNullable(headers.agreement())
                .flatMap(treaties::find)
                .map(treaty -> Seal.tree(treaties.signedDocument(treaty.file().digest())))
                .orElse(null);
        JsonNode companions = Optional.ofNullable(headers.agreement())
                .flatMap(treaties::find)
                .flatMap(treaty -> treaties.companionSignatures(treaty.file().digest()))
                .map(Seal::tree)
                .orElse(null);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        EvidenceFile unsealed = new EvidenceFile(
                EvidenceFile.FORMAT,
                exchange.toString(),
                new EvidenceFile.Exported(identity.party(), now.toString()),
                new EvidenceFile.Request(
                        parts.request.method(),
                        parts.request.targetUri(),
                        StoredMessage.lines(parts.request.headers()),
                        ""),
                new EvidenceFile.Response(
                        parts.response.status(),
                        StoredMessage.lines(parts.response.headers()),
                        parts.body == null ? null : Base64Url.encode(parts.body),
                        parts.body == null ? Math.toIntExact(parts.length) : null),
                entry(parts.answered),
                parts.received == null ? null : entry(parts.received),
                parts.deleted == null ? null : entry(parts.deleted),
                notes(headers.agreement(), parts.notes),
                parts.stamps.isEmpty() ? null : parts.stamps,
                agreement,
                companions,
                cards,
                "",
                null);
        return Seal.on(
                unsealed.with(EvidencePage.of(unsealed, languages(headers.agreement())), null),
                identity.signing(),
                now);
    }

    /** The languages of the agreement into which there is a translation; English where there is none. */
    private List<String> languages(@Nullable String agreement) {
        return Optional.ofNullable(agreement)
                .flatMap(treaties::find)
                .map(treaty -> languages(treaty.file().agreement()))
                .orElse(List.of("en"));
    }

    static List<String> languages(Agreement agreement) {
        List<String> spoken = agreement.languages().authentic().stream()
                .filter(Prose.LANGUAGES::contains)
                .toList();
        return spoken.isEmpty() ? List.of("en") : spoken;
    }

    static EvidenceFile.Entry entry(TlogProof proof) {
        try {
            return new EvidenceFile.Entry(Seal.tree(proof.saltedRecord().record()), proof.toString());
        } catch (VerificationException e) {
            throw new EntenteException(
                    ErrorCode.EVIDENCE_INVALID, "A record of this exchange is no longer kept: " + e.getMessage(), e);
        }
    }

    private HttpRequestMessage requestThatWasAnswered(UUID exchange, TlogProof proof) {
        try {
            String signature = Seal.tree(proof.saltedRecord().record())
                    .path("request")
                    .path("signature")
                    .asText();
            return asked.attempts(exchange).stream()
                    .filter(attempt -> attempt.part().signature().equals(signature))
                    .map(AskedExchanges.Attempt::request)
                    .findFirst()
                    .orElseThrow(() -> unknown(exchange));
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.EVIDENCE_INVALID, "The stored proof cannot be read.", e);
        }
    }

    private byte[] body(byte @Nullable [] digest) {
        return Optional.ofNullable(digest)
                .flatMap(bodies::find)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.EVIDENCE_INVALID, "The body of this exchange is no longer kept."));
    }

    private static TlogProof proofIn(HttpResponseMessage response) {
        String field = response.headers().get(ExchangeHeaders.PROOF).orElse("::");
        return parse(java.util.Base64.getDecoder().decode(field.substring(1, field.length() - 1)));
    }

    private static TlogProof parse(byte[] proof) {
        try {
            return TlogProof.parse(proof);
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.EVIDENCE_INVALID, "A stored proof cannot be read.", e);
        }
    }

    private static List<JsonNode> trees(List<CardDocument> chain) {
        return chain.stream().map(CardDocument::toJson).map(Seal::tree).toList();
    }

    private static EntenteException unknown(UUID exchange) {
        return new EntenteException(ErrorCode.NOT_FOUND, "This node has no verified exchange " + exchange + ".");
    }
}
