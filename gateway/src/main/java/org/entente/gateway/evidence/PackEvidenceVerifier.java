package org.entente.gateway.evidence;

import static org.entente.gateway.evidence.VerificationSteps.require;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.agreements.life.CrisisAct;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.VerifiedSignature;
import org.entente.gateway.exchange.AnswerProof;
import org.entente.gateway.exchange.ExchangeRecord.PartyCards;
import org.entente.gateway.exchange.RequestPart;
import org.entente.gateway.partners.CardDocument;
import org.jspecify.annotations.Nullable;

/**
 * Checks the evidence of figures from an opened crisis pack, as {@link EvidenceVerifier} checks that of an exchange. What a request proves
 * there, that the figures were due, prove here the clause that orders the pack and the officer's declaration (docs/decisions/0072).
 */
final class PackEvidenceVerifier {
    private final Map<String, String> rootFingerprints;
    private final Set<String> authorityFingerprints;
    private final VerificationSteps steps = new VerificationSteps();

    private PackEvidenceVerifier(Map<String, String> rootFingerprints, Set<String> authorityFingerprints) {
        this.rootFingerprints = rootFingerprints;
        this.authorityFingerprints = authorityFingerprints;
    }

    /** Verifies a file; parameters as {@link EvidenceVerifier#verify(byte[], Map, Set)}. */
    static VerificationReport verify(byte[] file, Map<String, String> roots, Set<String> authorities) {
        return new PackEvidenceVerifier(roots, authorities).run(file);
    }

    /** What the delivered document says, held against the agreement. */
    private record Delivered(PackChecks.Ordered pack, PartyCards provider) {}

    private VerificationReport run(byte[] file) {
        try {
            PackEvidenceFile evidence = steps.step(
                    "format", () -> PackEvidenceFile.parse(file), e -> "evidence of the crisis pack " + e.pack());
            Map<String, List<CardDocument>> cards = steps.step(
                    "cards", () -> CardChains.read(evidence.cards(), rootFingerprints), CardChains::describe);
            SignedAgreement agreement = steps.step(
                    "agreement",
                    () -> SignedAgreement.of(evidence.agreement(), evidence.companions(), cards)
                            .orElseThrow(),
                    SignedAgreement::describe);
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
                            + d.pack().leg().id() + ": release "
                            + d.pack().document().release().id());
            PartyCards consumer = steps.step(
                    "consumer", () -> consumer(evidence, delivered, cards), c -> c.party() + " has made the file");
            steps.step(
                    "received",
                    () -> PackChecks.proved(
                            evidence.received(),
                            received(evidence, delivered, consumer, delivery, sent),
                            consumer,
                            cards),
                    found -> found);
            CrisisAct.PackOpened act = steps.step(
                    "declaration",
                    () -> PackChecks.declaration(
                            evidence.declaration(), agreement, delivered.pack().document(), consumer.party(), cards),
                    a -> "an officer of " + a.party() + " opened it on " + a.at() + ": " + a.reason());
            steps.step(
                    "opened",
                    () -> PackChecks.proved(
                            evidence.opened(), opened(evidence, delivered.pack(), act), consumer, cards),
                    found -> found);
            steps.step("witnesses", () -> witnesses(evidence, consumer, cards), sentence -> sentence);
            steps.step(
                    "seal",
                    () -> Seal.check(
                            evidence.seal(),
                            Seal.payload(evidence),
                            evidence.exported().by(),
                            cards),
                    by -> "sealed by " + by);
            // Both entries were made after the delivery was signed.
            PackChecks.Times times =
                    steps.step("time", () -> time(evidence, agreement, consumer, cards), PackChecks.Times::sentence);
            steps.step("keys", () -> keys(delivered.provider(), sent, times.attested(), cards), sentence -> sentence);
        } catch (VerificationSteps.Failed e) {
            // The step that failed is the last in the list.
        }
        return steps.report();
    }

    private static VerifiedSignature signature(HttpRequestMessage delivery, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        return GatewayProfile.verifyRequest(
                delivery, false, GatewayProfile.created(delivery.headers()), Duration.ZERO, CardChains.keys(cards));
    }

    private static Delivered delivered(
            PackEvidenceFile evidence,
            SignedAgreement agreement,
            VerifiedSignature sent,
            Map<String, List<CardDocument>> cards)
            throws VerificationException {
        PartyCards provider = CardChains.party(cards, sent.keyid());
        byte[] body = Base64Url.decode("delivery.body", evidence.delivery().body());
        return new Delivered(PackChecks.ordered(body, evidence.pack(), agreement, provider.party()), provider);
    }

    /** Under which card the consumer took it in; what its own record says of that is held against its cards. */
    private static PartyCards consumer(
            PackEvidenceFile evidence, Delivered delivered, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        String party = evidence.exported().by();
        require(
                !party.equals(delivered.provider().party()) && delivered.pack().isConsumer(party),
                party + " is not the consumer of leg " + delivered.pack().leg().id() + ".");
        return PackChecks.side(evidence.received().record(), "consumer", party, cards);
    }

    /** All of the record but its time follows from the delivery. */
    private static ObjectNode received(
            PackEvidenceFile evidence,
            Delivered delivered,
            PartyCards consumer,
            HttpRequestMessage delivery,
            VerifiedSignature sent) {
        ObjectNode expected = PackChecks.record("pack-received", delivered.pack(), evidence.received());
        expected.set("provider", PackChecks.tree(delivered.provider()));
        expected.set("consumer", PackChecks.tree(consumer));
        expected.put("document", delivered.pack().digest());
        expected.set("request", PackChecks.tree(RequestPart.of(delivery, sent)));
        return expected;
    }

    private static ObjectNode opened(PackEvidenceFile evidence, PackChecks.Ordered pack, CrisisAct.PackOpened act) {
        return PackChecks.record("pack-unsealed", pack, evidence.opened())
                .put("act", act.id())
                .put("figures", Base64Url.encode(Digests.sha256(pack.figures())));
    }

    private static String witnesses(
            PackEvidenceFile evidence, PartyCards consumer, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        AnswerProof.JournalKey journal = CardChains.journal(cards, consumer);
        WitnessCheck check = new WitnessCheck(cards);
        check.entry(evidence.received(), journal);
        check.entry(evidence.opened(), journal);
        return check.sentence();
    }

    private PackChecks.Times time(
            PackEvidenceFile evidence,
            SignedAgreement agreement,
            PartyCards consumer,
            Map<String, List<CardDocument>> cards)
            throws VerificationException {
        return PackChecks.time(
                evidence.stamps(),
                Map.of("received", evidence.received(), "opened", evidence.opened()),
                CardChains.journal(cards, consumer),
                agreement,
                authorityFingerprints,
                "asserted by the consumer");
    }

    /** The consumer's journal holds the provider's signature: of a key that was lost or stolen, that is the other party's word. */
    private static String keys(
            PartyCards provider,
            VerifiedSignature sent,
            @Nullable Instant attested,
            Map<String, List<CardDocument>> cards)
            throws VerificationException {
        return KeyWindow.of(cards.getOrDefault(provider.party(), List.of()), provider.card())
                .check(provider.party(), sent.created(), attested);
    }
}
