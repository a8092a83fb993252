package org.entente.gateway.evidence;

import static org.entente.gateway.evidence.VerificationSteps.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.message.ContentDigest;
import org.entente.gateway.exchange.ExchangeRecord.PartyCards;
import org.entente.gateway.partners.CardDocument;

/**
 * Checks a provider's evidence of a crisis pack. The document is bound to the consumer by the consumer's own journal, which names its digest,
 * and to the provider by its journal and its seal; that the pack was opened, by the officer's declaration (docs/decisions/0092).
 */
final class DeliveredPackVerifier {
    private final Map<String, String> rootFingerprints;
    private final Set<String> authorityFingerprints;
    private final VerificationSteps steps = new VerificationSteps();

    private DeliveredPackVerifier(Map<String, String> rootFingerprints, Set<String> authorityFingerprints) {
        this.rootFingerprints = rootFingerprints;
        this.authorityFingerprints = authorityFingerprints;
    }

    /** Verifies a file; parameters as {@link EvidenceVerifier#verify(byte[], Map, Set)}. */
    static VerificationReport verify(byte[] file, Map<String, String> roots, Set<String> authorities) {
        return new DeliveredPackVerifier(roots, authorities).run(file);
    }

    /** Two sides of a pack, by the cards that a record names. */
    private record Sides(PartyCards provider, PartyCards consumer) {
        static Sides of(JsonNode record, String provider, String consumer, Map<String, List<CardDocument>> cards)
                throws VerificationException {
            return new Sides(
                    PackChecks.side(record, "provider", provider, cards),
                    PackChecks.side(record, "consumer", consumer, cards));
        }
    }

    private VerificationReport run(byte[] file) {
        try {
            DeliveredPackFile evidence = steps.step(
                    "format",
                    () -> DeliveredPackFile.parse(file),
                    e -> "its provider's evidence of the crisis pack " + e.pack());
            Map<String, List<CardDocument>> cards = steps.step(
                    "cards", () -> CardChains.read(evidence.cards(), rootFingerprints), CardChains::describe);
            SignedAgreement agreement = steps.step(
                    "agreement",
                    () -> SignedAgreement.of(evidence.agreement(), evidence.companions(), cards)
                            .orElseThrow(),
                    SignedAgreement::describe);
            String provider = evidence.exported().by();
            PackChecks.Ordered pack = steps.step(
                    "pack",
                    () -> PackChecks.ordered(
                            Base64Url.decode("document", evidence.document()), evidence.pack(), agreement, provider),
                    p -> "clause 32 orders it of " + provider + " for leg "
                            + p.leg().id() + ": release "
                            + p.document().release().id());
            String consumer = steps.step("consumer", () -> consumer(evidence, pack), c -> "it was for " + c);
            Sides making = steps.step(
                    "made",
                    () -> made(evidence, pack, consumer, cards),
                    sides -> "made under the card " + sides.provider().card());
            steps.step(
                    "received",
                    () -> received(evidence, pack, consumer, cards),
                    place -> "sealed, by " + consumer + ": " + place);
            steps.step(
                    "declaration",
                    () -> PackChecks.declaration(evidence.declaration(), agreement, pack.document(), consumer, cards),
                    a -> "an officer of " + a.party() + " opened it on " + a.at() + ": " + a.reason());
            steps.step("witnesses", () -> witnesses(evidence, making, consumer, cards), sentence -> sentence);
            steps.step(
                    "seal",
                    () -> Seal.check(evidence.seal(), Seal.payload(evidence), provider, cards),
                    by -> "sealed by " + by);
            steps.step("time", () -> time(evidence, agreement, making, cards), PackChecks.Times::sentence);
        } catch (VerificationSteps.Failed e) {
            // The step that failed is the last in the list.
        }
        return steps.report();
    }

    private static String consumer(DeliveredPackFile evidence, PackChecks.Ordered pack) throws VerificationException {
        String party =
                evidence.received().record().path("consumer").path("party").asText();
        require(
                !party.equals(evidence.exported().by()) && pack.isConsumer(party),
                party + " is not the consumer of leg " + pack.leg().id() + ".");
        return party;
    }

    private static Sides made(
            DeliveredPackFile evidence, PackChecks.Ordered pack, String consumer, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        EvidenceFile.Entry made = evidence.made();
        Sides sides = Sides.of(made.record(), evidence.exported().by(), consumer, cards);
        ObjectNode expected = expected("pack-made", made, pack, sides);
        expected.set("decision", pack.document().decision());
        PackChecks.proved(made, expected, sides.provider(), cards);
        return sides;
    }

    private static String received(
            DeliveredPackFile evidence, PackChecks.Ordered pack, String consumer, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        EvidenceFile.Entry received = evidence.received();
        Sides sides = Sides.of(received.record(), evidence.exported().by(), consumer, cards);
        ObjectNode expected = expected("pack-received", received, pack, sides);
        // Of the message that brought it, the provider keeps nothing; what the consumer says of it names the document,
        // and a key of the provider.
        JsonNode request = received.record().path("request");
        String digest = ContentDigest.header(Digests.sha256(pack.bytes()));
        require(
                request.path("keyid").asText().startsWith(sides.provider().card() + "/")
                        && request.path("contentDigest").asText().equals(digest),
                "The record 'pack-received' names a message by another key, or with another document.");
        expected.set("request", request);
        return PackChecks.proved(received, expected, sides.consumer(), cards);
    }

    private static ObjectNode expected(String kind, EvidenceFile.Entry entry, PackChecks.Ordered pack, Sides sides) {
        ObjectNode expected = PackChecks.record(kind, pack, entry);
        expected.set("provider", PackChecks.tree(sides.provider()));
        expected.set("consumer", PackChecks.tree(sides.consumer()));
        return expected.put("document", pack.digest());
    }

    private static String witnesses(
            DeliveredPackFile evidence, Sides making, String consumer, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        WitnessCheck check = new WitnessCheck(cards);
        check.entry(evidence.made(), CardChains.journal(cards, making.provider()));
        PartyCards holder = PackChecks.side(evidence.received().record(), "consumer", consumer, cards);
        check.entry(evidence.received(), CardChains.journal(cards, holder));
        return check.sentence();
    }

    private PackChecks.Times time(
            DeliveredPackFile evidence, SignedAgreement agreement, Sides making, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        return PackChecks.time(
                evidence.stamps(),
                Map.of("made", evidence.made()),
                CardChains.journal(cards, making.provider()),
                agreement,
                authorityFingerprints,
                "asserted by both parties");
    }
}
