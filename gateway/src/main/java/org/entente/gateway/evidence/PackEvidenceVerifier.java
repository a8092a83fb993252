package org.entente.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.Kind;
import org.entente.agreements.Leg;
import org.entente.agreements.Terms;
import org.entente.agreements.life.CrisisAct;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.VerifiedSignature;
import org.entente.gateway.exchange.AnswerProof;
import org.entente.gateway.exchange.ExchangeRecord.PartyCards;
import org.entente.gateway.exchange.PackDocument;
import org.entente.gateway.exchange.RequestPart;
import org.entente.gateway.partners.CardDocument;
import org.jspecify.annotations.Nullable;

/**
 * Checks the evidence of figures from an opened crisis pack, as {@link EvidenceVerifier} checks that of an exchange. What a request proves
 * there, that the figures were due, prove here the clause that orders the pack and the officer's declaration (docs/decisions/0072).
 */
final class PackEvidenceVerifier {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Map<String, String> rootFingerprints;
    private final Set<String> authorityFingerprints;
    private final VerificationSteps steps = new VerificationSteps();

    /** The earliest time that a trusted authority attests of the delivery; set by the step {@code time}. */
    private @Nullable Instant attestedTime;

    private PackEvidenceVerifier(Map<String, String> rootFingerprints, Set<String> authorityFingerprints) {
        this.rootFingerprints = rootFingerprints;
        this.authorityFingerprints = authorityFingerprints;
    }

    /** Verifies a file; parameters as {@link EvidenceVerifier#verify(byte[], Map, Set)}. */
    static VerificationReport verify(byte[] file, Map<String, String> roots, Set<String> authorities) {
        return new PackEvidenceVerifier(roots, authorities).run(file);
    }

    /** What the delivered document says, held against the agreement. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Delivered(PackDocument document, byte[] figures, PartyCards provider) {}

    private VerificationReport run(byte[] file) {
        try {
            PackEvidenceFile evidence = steps.step(
                    "format", () -> PackEvidenceFile.parse(file), e -> "evidence of the crisis pack " + e.pack());
            Map<String, List<CardDocument>> cards = steps.step(
                    "cards",
                    () -> EvidenceVerifier.cards(evidence.cards(), rootFingerprints),
                    EvidenceVerifier::describe);
            EvidenceVerifier.Signed agreement = steps.step(
                    "agreement",
                    () -> EvidenceVerifier.agreement(evidence.agreement(), evidence.companions(), cards)
                            .orElseThrow(),
                    EvidenceVerifier.Signed::describe);
            HttpRequestMessage delivery = steps.step(
                    "delivery-digest", () -> EvidenceVerifier.digest(evidence.delivery()), m -> m.targetUri());
            VerifiedSignature sent = steps.step(
                    "delivery-signature",
                    () -> signature(delivery, cards),
                    s -> "signed with " + s.keyid() + ", " + s.created());
            Delivered delivered = steps.step(
                    "pack",
                    () -> delivered(evidence, agreement, sent, cards),
                    d -> d.provider().party() + " delivered what clause 32 orders of leg "
                            + d.document().leg() + ": release "
                            + d.document().release().id());
            PartyCards consumer = steps.step(
                    "consumer",
                    () -> consumer(evidence, agreement, delivered, cards),
                    c -> c.party() + " has made the file");
            steps.step(
                    "received",
                    () -> proved(
                            evidence.received(),
                            received(evidence, delivered, consumer, delivery, sent),
                            consumer,
                            cards),
                    found -> found);
            CrisisAct.PackOpened act = steps.step(
                    "declaration",
                    () -> declaration(evidence, agreement, delivered, consumer, cards),
                    a -> "an officer of " + a.party() + " opened it on " + a.at() + ": " + a.reason());
            steps.step(
                    "opened",
                    () -> proved(evidence.opened(), opened(evidence, delivered, act), consumer, cards),
                    found -> found);
            steps.step("witnesses", () -> witnesses(evidence, consumer, cards), sentence -> sentence);
            steps.step(
                    "seal",
                    () -> EvidenceVerifier.seal(
                            evidence.seal(),
                            Seal.payload(evidence),
                            evidence.exported().by(),
                            cards),
                    by -> "sealed by " + by);
            steps.step("time", () -> time(evidence, agreement, consumer, cards), sentence -> sentence);
            steps.step("keys", () -> keys(delivered.provider(), sent, cards), sentence -> sentence);
        } catch (VerificationSteps.Failed e) {
            // The step that failed is the last in the list.
        }
        return steps.report();
    }

    private static VerifiedSignature signature(HttpRequestMessage delivery, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        return GatewayProfile.verifyRequest(
                delivery,
                false,
                GatewayProfile.created(delivery.headers()),
                Duration.ZERO,
                EvidenceVerifier.keys(cards));
    }

    /** The document is the one that the file is about, under the agreement in it, which orders such a pack from whoever has signed. */
    private static Delivered delivered(
            PackEvidenceFile evidence,
            EvidenceVerifier.Signed agreement,
            VerifiedSignature sent,
            Map<String, List<CardDocument>> cards)
            throws VerificationException {
        PackDocument document = PackDocument.parse(
                Base64Url.decode("delivery.body", evidence.delivery().body()));
        PartyCards provider = EvidenceVerifier.party(cards, sent.keyid());
        require(document.id().equals(evidence.pack()), "The document is that of the pack " + document.id() + ".");
        require(
                document.agreement().equals(agreement.reference())
                        && document.permit()
                                .digest()
                                .equals(agreement.reference().digest())
                        && document.permit().leg().equals(document.leg()),
                "The document was made under another agreement than the one in the file.");
        CrisisClause crisis = agreement.agreement().crisis();
        require(
                crisis != null
                        && crisis.packs().stream().anyMatch(pack -> pack.leg().equals(document.leg())),
                "The agreement orders no crisis pack of leg " + document.leg() + ".");
        Leg leg = leg(agreement, document.leg());
        require(
                agreement.agreement().kind() == Kind.FRAMEWORK || leg.provider().equals(provider.party()),
                "The pack was not signed by the provider of leg " + document.leg() + ".");
        return new Delivered(document, document.figures(), provider);
    }

    private static Leg leg(EvidenceVerifier.Signed agreement, String id) throws VerificationException {
        return agreement
                .agreement()
                .leg(id)
                .orElseThrow(
                        () -> new VerificationException(Reason.PROOF_INVALID, "The agreement has no leg " + id + "."));
    }

    /** Under which card the consumer took it in; what its own record says of that is held against its cards. */
    private static PartyCards consumer(
            PackEvidenceFile evidence,
            EvidenceVerifier.Signed agreement,
            Delivered delivered,
            Map<String, List<CardDocument>> cards)
            throws VerificationException {
        String party = evidence.exported().by();
        List<CardDocument> chain = cards.getOrDefault(party, List.of());
        String card = evidence.received().record().path("consumer").path("card").asText();
        require(
                !party.equals(delivered.provider().party())
                        && chain.stream().anyMatch(own -> own.digest().equals(card)),
                "The record 'received' names no card of " + party + ", which has made the file.");
        Leg leg = leg(agreement, delivered.document().leg());
        require(
                agreement.agreement().kind() == Kind.FRAMEWORK || leg.consumer().equals(party),
                party + " is not the consumer of leg " + delivered.document().leg() + ".");
        return new PartyCards(party, chain.getFirst().digest(), card);
    }

    /** All of the record but its time follows from the delivery. */
    private static ObjectNode received(
            PackEvidenceFile evidence,
            Delivered delivered,
            PartyCards consumer,
            HttpRequestMessage delivery,
            VerifiedSignature sent) {
        PackDocument document = delivered.document();
        ObjectNode expected = MAPPER.createObjectNode();
        expected.put("kind", "pack-received");
        expected.put("time", evidence.received().record().path("time").asText());
        expected.put("pack", evidence.pack());
        expected.set("provider", MAPPER.valueToTree(delivered.provider()));
        expected.set("consumer", MAPPER.valueToTree(consumer));
        expected.set("agreement", MAPPER.valueToTree(document.agreement()));
        expected.put("leg", document.leg());
        expected.put("release", document.release().id());
        expected.put("document", Base64Url.encode(delivery.content().sha256()));
        expected.set("request", MAPPER.valueToTree(RequestPart.of(delivery, sent)));
        return expected;
    }

    private static ObjectNode opened(PackEvidenceFile evidence, Delivered delivered, CrisisAct.PackOpened act) {
        PackDocument document = delivered.document();
        ObjectNode expected = MAPPER.createObjectNode();
        expected.put("kind", "pack-unsealed");
        expected.put("time", evidence.opened().record().path("time").asText());
        expected.put("pack", evidence.pack());
        expected.set("agreement", MAPPER.valueToTree(document.agreement()));
        expected.put("leg", document.leg());
        expected.put("release", document.release().id());
        expected.put("act", act.id());
        expected.put("figures", Base64Url.encode(Digests.sha256(delivered.figures())));
        return expected;
    }

    /** The consumer's journal holds exactly this record. */
    private static String proved(
            EvidenceFile.Entry entry, ObjectNode expected, PartyCards consumer, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        String kind = expected.path("kind").asText();
        TlogProof proof = EvidenceVerifier.proof(entry, kind);
        SaltedRecord salted = proof.saltedRecord();
        byte[] record = CanonicalJson.encode(expected);
        require(
                Arrays.equals(record, salted.record()) && Arrays.equals(record, CanonicalJson.encode(entry.record())),
                "The record '" + kind + "' says something else than the delivery and the declaration: "
                        + difference(expected, entry.record()) + ".");
        AnswerProof.JournalKey journal = EvidenceVerifier.journal(cards, consumer);
        try {
            var checkpoint = journal.verify(proof, salted.leaf()).checkpoint();
            return "entry " + proof.index() + " of " + checkpoint.origin() + ", under the checkpoint of size "
                    + checkpoint.size();
        } catch (VerificationException e) {
            throw new VerificationException(
                    Reason.PROOF_INVALID,
                    "The proof from " + journal.origin() + " does not hold: " + e.getMessage(),
                    e);
        }
    }

    private static String difference(ObjectNode expected, JsonNode found) {
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            if (!member.getValue().equals(found.path(member.getKey()))) {
                return member.getKey() + " is " + found.path(member.getKey()) + ", not " + member.getValue();
            }
        }
        return "the proof carries another record, or it has further members";
    }

    private static CrisisAct.PackOpened declaration(
            PackEvidenceFile evidence,
            EvidenceVerifier.Signed agreement,
            Delivered delivered,
            PartyCards consumer,
            Map<String, List<CardDocument>> cards)
            throws VerificationException {
        if (SignedAct.read(evidence.declaration(), agreement.agreement().id(), cards)
                        instanceof CrisisAct.PackOpened act
                && act.party().equals(consumer.party())
                && act.digest().equals(agreement.reference().digest())
                && act.leg().equals(delivered.document().leg())
                && act.release().equals(delivered.document().release().id())) {
            return act;
        }
        throw new VerificationException(
                Reason.PROOF_INVALID,
                "The declaration does not open this pack, or is not by an officer of its consumer.");
    }

    private static String witnesses(
            PackEvidenceFile evidence, PartyCards consumer, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        AnswerProof.JournalKey journal = EvidenceVerifier.journal(cards, consumer);
        WitnessCheck check = new WitnessCheck(cards);
        check.entry(evidence.received(), journal);
        check.entry(evidence.opened(), journal);
        return check.sentence();
    }

    private String time(
            PackEvidenceFile evidence,
            EvidenceVerifier.Signed agreement,
            PartyCards consumer,
            Map<String, List<CardDocument>> cards)
            throws VerificationException {
        List<EvidenceFile.Stamp> stamps = evidence.stamps();
        if (stamps == null) {
            return "asserted by the consumer; no timestamp authority has attested it";
        }
        Terms.Audit audit = agreement.agreement().terms().audit();
        StampCheck check =
                new StampCheck(authorityFingerprints, audit == null ? List.of() : audit.timestampAuthorities());
        List<String> sentences = new ArrayList<>();
        for (EvidenceFile.Stamp stamp : stamps) {
            EvidenceFile.Entry entry = switch (stamp.entry()) {
                case "received" -> evidence.received();
                case "opened" -> evidence.opened();
                default ->
                    throw new VerificationException(
                            Reason.MALFORMED,
                            "A timestamp is about '" + stamp.entry() + "', which is not in the file.");
            };
            StampCheck.Found found = check.check(
                    stamp,
                    EvidenceVerifier.proof(entry, stamp.entry()).saltedRecord().leaf(),
                    EvidenceVerifier.journal(cards, consumer));
            Instant time = found.time();
            // Both entries were made after the delivery was signed.
            if (time != null && (attestedTime == null || time.isBefore(attestedTime))) {
                attestedTime = time;
            }
            sentences.add(found.sentence());
        }
        return (attestedTime != null ? "attested: " : "asserted by the consumer: ") + String.join("; ", sentences);
    }

    /** The consumer's journal holds the provider's signature: of a key that was lost or stolen, that is the other party's word. */
    private String keys(PartyCards provider, VerifiedSignature sent, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        return KeyWindow.of(cards.getOrDefault(provider.party(), List.of()), provider.card())
                .check(provider.party(), sent.created(), attestedTime);
    }

    private static void require(boolean holds, String otherwise) throws VerificationException {
        if (!holds) {
            throw new VerificationException(Reason.PROOF_INVALID, otherwise);
        }
    }
}
