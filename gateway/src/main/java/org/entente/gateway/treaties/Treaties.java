package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.CompanionSignature;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agreements of this node, in whatever state, and the acts on them. */
@Singleton
public final class Treaties {
    /** Where nodes send acts. */
    public static final String ACTS_PATH = "/agreements/acts";

    private static final Logger LOG = LoggerFactory.getLogger(Treaties.class);

    private final TreatyDirectory directory;
    private final TreatyTables tables;
    private final Acts acts;
    private final Outbox outbox;
    private final CatchUp catchUp;
    private final Comparison comparison;
    private final MemberCards memberCards;
    private final PassedOnCards passedOn;
    private final Signatories signatories;
    private final NodeIdentity identity;
    private final Uuids ids;
    private final Clock clock;

    Treaties(
            TreatyDirectory directory,
            TreatyTables tables,
            Acts acts,
            Outbox outbox,
            CatchUp catchUp,
            Comparison comparison,
            MemberCards memberCards,
            PassedOnCards passedOn,
            Signatories signatories,
            NodeIdentity identity,
            Uuids ids,
            Clock clock) {
        this.directory = directory;
        this.tables = tables;
        this.acts = acts;
        this.outbox = outbox;
        this.catchUp = catchUp;
        this.comparison = comparison;
        this.memberCards = memberCards;
        this.passedOn = passedOn;
        this.signatories = signatories;
        this.identity = identity;
        this.ids = ids;
        this.clock = clock;
    }

    /** All agreements with the instruments on them. */
    public List<AgreementFile> files() {
        return directory.fresh().files();
    }

    /** Those to which this party is a party. */
    public List<AgreementFile> filesWith(String party) {
        return directory.fresh().filesWith(party);
    }

    /** The same, ready for decisions, and kept until an act is added. */
    public AgreementBook bookWith(String party) {
        return directory.fresh().bookWith(party);
    }

    /** Those to which this party is a party, as they were when the journal had this size; for the replay of decisions. */
    public List<AgreementFile> filesWith(String party, long journalSize) {
        return directory.fresh().all().stream()
                .filter(t -> t.concerns(party))
                .map(t -> t.fileAt(journalSize))
                .filter(f -> !f.instruments().isEmpty())
                .toList();
    }

    /** All treaties. */
    public List<Treaty> all() {
        return directory.fresh().all();
    }

    /**
     * One treaty, by digest, or by id: then the newest version.
     *
     * @throws EntenteException {@code agreement-unknown}
     */
    public Treaty get(String digestOrId) {
        return find(digestOrId)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.AGREEMENT_UNKNOWN, "This node holds no agreement " + digestOrId + "."));
    }

    /** One treaty, by digest, or by id: then the newest version. */
    public Optional<Treaty> find(String digestOrId) {
        return directory.fresh().find(digestOrId);
    }

    /**
     * Puts a text before the other parties under the seal of this node: keeps it, journals it and sends it on its way. If a partner
     * cannot be reached now, it gets the text later.
     *
     * @param jsonOrYaml the document as its author wrote it
     * @param by staff user
     * @throws EntenteException {@code agreement-invalid}, {@code party-not-involved}, {@code root-card-differs}, {@code
     *     agreement-text-differs}
     */
    public ActReceipt propose(byte[] jsonOrYaml, String by) {
        return propose(jsonOrYaml, null, by);
    }

    /**
     * The same as an answer to another text of the same version: a counter-proposal.
     *
     * @param counters digest of the text that it answers; null for a first proposal
     */
    public ActReceipt propose(byte[] jsonOrYaml, @Nullable String counters, String by) {
        Agreement agreement;
        try {
            agreement = Agreement.author(jsonOrYaml);
        } catch (InvalidAgreementException e) {
            throw TreatyErrors.of(e);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Conclusion.Proposed proposed = new Conclusion.Proposed(
                UuidUrn.of(ids.next()), agreement.id(), agreement.digest(), signatories.own(), now, counters);
        byte[] payload = CanonicalJson.encode(proposed);
        SignedDocument sealed =
                new SignedDocument(payload, List.of(SignedDocument.sign(payload, "json", identity.signing(), now)));
        ActMessage.Act act = new ActMessage.Act(sealed, proposed);
        return taken(acts.take(new ActMessage.Proposal(act, proposed, agreement), ActRules.Source.own(by)));
    }

    /**
     * Takes in an officer's signature over a text, made on the officer's own machine.
     *
     * @param jws JWS general JSON with one signature; its payload is the text
     * @param by staff user who hands it in
     * @throws EntenteException {@code act-invalid}, {@code signatory-unknown}, {@code agreement-unknown}, {@code
     *     agreement-text-differs}, {@code act-out-of-order}
     */
    public ActReceipt sign(byte[] jws, String by) {
        if (!(ActMessage.handedIn(jws) instanceof ActMessage.Signature signature)) {
            throw new EntenteException(ErrorCode.ACT_INVALID, "This is no signature over a text.");
        }
        return taken(acts.take(signature, ActRules.Source.own(by)));
    }

    /**
     * Takes in another act that an officer has signed: notification, suspension, hold, denunciation and their like.
     *
     * @param jws JWS general JSON with one signature; its payload is the {@link Instrument}
     */
    public ActReceipt act(byte[] jws, String by) {
        if (!(ActMessage.handedIn(jws) instanceof ActMessage.Act act)) {
            throw new EntenteException(ErrorCode.ACT_INVALID, "This is no signed instrument.");
        }
        return taken(acts.take(act, ActRules.Source.own(by)));
    }

    /**
     * Takes in whatever an officer has signed: a proposal with its text, a signature with or without name and post, or another act.
     *
     * @param json as the officer's command line writes it
     * @param by staff user who hands it in
     */
    public ActReceipt submit(byte[] json, String by) {
        return taken(acts.take(ActMessage.handedIn(json), ActRules.Source.own(by)));
    }

    private ActReceipt taken(ActReceipt receipt) {
        outbox.receivers(receipt.digest()).forEach(party -> outbox.send(party, true));
        return receipt;
    }

    /** Takes in an act that a partner's node has sent; the depositary of a framework passes it on by itself. */
    public ActReceipt receive(AuthenticatedCall call) {
        return acts.take(
                ActMessage.parse(call.body()),
                ActRules.Source.partner(call.partner().party()));
    }

    /**
     * The cards of a party, for another party of the same text: canonical JSON list, root card first.
     *
     * @throws EntenteException {@code agreement-unknown}, {@code card-unknown}
     */
    byte[] cardsOf(String digest, String party, String asker) {
        Treaty treaty = find(digest).filter(t -> t.concerns(asker)).orElseThrow(() -> TreatyErrors.unknown(digest));
        return memberCards.of(Circle.of(treaty), party);
    }

    /**
     * Shows that a partner holds the same texts of an agreement and the same acts on them, or what differs.
     *
     * @param id of the agreement
     * @throws EntenteException if the partner cannot be asked; {@code agreement-unknown} if neither side holds it
     */
    public SameText sameText(String id, String party) {
        return comparison.with(id, party);
    }

    /** What was handed in: whose act it is and under which certificate, read but not taken in. */
    HandedIn read(byte[] json) {
        ActMessage message = ActMessage.handedIn(json);
        return new HandedIn(message.textDigest(), message.certificateSha256());
    }

    /** Something that an officer hands in. */
    record HandedIn(String digest, String certificateSha256) {}

    /**
     * Sends what waits for a partner and fetches what this node has missed from it.
     *
     * @return what was fetched
     */
    public List<ActReceipt> catchUpWith(String party) {
        outbox.send(party, true);
        return catchUp.from(party);
    }

    /**
     * Makes a member whose card the depositary has passed on a partner, and fetches the acts that have waited for it.
     *
     * @param fingerprint as its owner has read it out over another channel
     * @throws EntenteException {@code card-unknown}, {@code card-invalid}
     */
    public Partner confirmMember(String party, String fingerprint, String by) {
        String depositary = passedOn.depositaryOf(party);
        Partner partner = passedOn.confirm(party, fingerprint, by);
        try {
            catchUp.from(depositary);
        } catch (EntenteException e) {
            LOG.info("the acts of {} come later, since {} sends them again: {}", party, depositary, e.getMessage());
        }
        return partner;
    }

    /** The acts that a party has not yet got, oldest first: each as it is sent to {@link #ACTS_PATH}. */
    public List<byte[]> waitingFor(String party) {
        return outbox.waiting(party);
    }

    /**
     * Notes that a party has got an act in another way than over the network.
     *
     * @param receipt what its node said, signed
     * @throws EntenteException {@code partner-answer-invalid} if it is for another text
     */
    public void delivered(String party, byte[] act, byte[] receipt) {
        outbox.delivered(party, act, receipt);
    }

    /** How far the acts of this node's officers on a text have got. */
    public List<Delivery> deliveries(String digest) {
        return outbox.deliveries(digest);
    }

    /** The acts on a text as nodes exchange them, in order: canonical JSON each. */
    public List<byte[]> messages(String digest) {
        return tables.messages(digest);
    }

    /**
     * The text with all signatures on it: JWS general JSON, as {@code agreement.jws.json} holds it.
     *
     * @throws EntenteException {@code agreement-unknown}; {@code not-found} while nobody has signed
     */
    public byte[] signedDocument(String digestOrId) {
        SignedDocument signed = null;
        for (ActMessage.Signature signature : signatures(digestOrId)) {
            signed = signed == null ? signature.document() : signed.with(signature.only());
        }
        if (signed == null) {
            throw new EntenteException(ErrorCode.NOT_FOUND, "Nobody has signed this text yet.");
        }
        return signed.toJson();
    }

    /**
     * The post-quantum signatures over the text: JWS general JSON without payload (RFC 7515 appendix F), as {@code agreement.pq.jws.json}
     * holds them. A file of their own, so that validators which do not know ML-DSA judge the other one.
     *
     * @return empty if no signatory has signed with such a key
     * @throws EntenteException {@code agreement-unknown}
     */
    public Optional<byte[]> companionSignatures(String digestOrId) {
        ObjectNode file = JsonNodeFactory.instance.objectNode();
        ArrayNode list = file.putArray("signatures");
        for (ActMessage.Signature signature : signatures(digestOrId)) {
            CompanionSignature companion = signature.companion();
            if (companion != null) {
                list.add(companion.toJson());
            }
        }
        return list.isEmpty() ? Optional.empty() : Optional.of(CanonicalJson.encode(file));
    }

    private List<ActMessage.Signature> signatures(String digestOrId) {
        List<ActMessage.Signature> signatures = new ArrayList<>();
        for (byte[] message : messages(get(digestOrId).file().digest())) {
            if (ActMessage.parse(message) instanceof ActMessage.Signature signature) {
                signatures.add(signature);
            }
        }
        return signatures;
    }
}
