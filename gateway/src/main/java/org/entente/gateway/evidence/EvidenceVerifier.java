package org.entente.gateway.evidence;

import static org.entente.gateway.evidence.VerificationSteps.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Terms;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.message.ContentDigest;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.crypto.message.VerifiedSignature;
import org.entente.gateway.exchange.AnswerProof;
import org.entente.gateway.exchange.ExchangeRecord;
import org.entente.gateway.exchange.ExchangeRecord.PartyCards;
import org.entente.gateway.exchange.RequestPart;
import org.entente.gateway.partners.CardDocument;
import org.jspecify.annotations.Nullable;

/**
 * Checks an evidence file with nothing but the file and the fingerprints of the two root cards. Pure: no network, no database, no
 * clock. It stops at the first step that does not hold and names it (docs/evidence.md).
 */
public final class EvidenceVerifier {
    private final Map<String, String> rootFingerprints;
    private final Set<String> authorityFingerprints;
    private final VerificationSteps steps = new VerificationSteps();

    /** The earliest time that a trusted authority attests of an entry; set by the step {@code time}. */
    private @Nullable Instant attestedTime;

    private EvidenceVerifier(Map<String, String> rootFingerprints, Set<String> authorityFingerprints) {
        this.rootFingerprints = Map.copyOf(rootFingerprints);
        this.authorityFingerprints = Set.copyOf(authorityFingerprints);
    }

    /**
     * Verifies a file.
     *
     * @param file its bytes
     * @param rootFingerprints by party, the fingerprint of its root card as compared with the party itself
     */
    public static VerificationReport verify(byte[] file, Map<String, String> rootFingerprints) {
        return verify(file, rootFingerprints, Set.of());
    }

    /**
     * Verifies a file, and its times by timestamp authorities that are trusted.
     *
     * @param file its bytes
     * @param rootFingerprints by party, the fingerprint of its root card as compared with the party itself
     * @param authorityFingerprints of the certificates of timestamp authorities, or of issuers above them; without one the times
     *     are reported as asserted
     */
    public static VerificationReport verify(
            byte[] file, Map<String, String> rootFingerprints, Set<String> authorityFingerprints) {
        return switch (EvidenceJson.format(file)) {
            case PackEvidenceFile.FORMAT -> PackEvidenceVerifier.verify(file, rootFingerprints, authorityFingerprints);
            case DeliveredPackFile.FORMAT ->
                DeliveredPackVerifier.verify(file, rootFingerprints, authorityFingerprints);
            default -> new EvidenceVerifier(rootFingerprints, authorityFingerprints).run(file);
        };
    }

    private VerificationReport run(byte[] file) {
        try {
            EvidenceFile evidence =
                    steps.step("format", () -> EvidenceFile.parse(file), e -> "evidence of exchange " + e.exchange());
            Map<String, List<CardDocument>> cards = steps.step(
                    "cards", () -> CardChains.read(evidence.cards(), rootFingerprints), CardChains::describe);
            Optional<SignedAgreement> agreement = steps.step(
                    "agreement",
                    () -> SignedAgreement.of(evidence.agreement(), evidence.companions(), cards),
                    found -> found.map(SignedAgreement::describe).orElse("the exchange names no agreement"));
            HttpRequestMessage request =
                    steps.step("request-digest", () -> digest(evidence.request()), m -> m.targetUri());
            VerifiedSignature asked = steps.step(
                    "request-signature",
                    () -> request(request, cards),
                    s -> "signed with " + s.keyid() + ", " + s.created());
            HttpResponseMessage response = steps.step(
                    "response-digest",
                    () -> digest(evidence.response()),
                    m -> "status " + m.status()
                            + (evidence.response().body() == null
                                    ? "; the body was deleted, and its digest stands for it"
                                    : ""));
            VerifiedSignature answered = steps.step(
                    "response-signature",
                    () -> response(response, request, cards),
                    s -> "signed with " + s.keyid() + ", " + s.created());
            AnswerProof.Expected expected = steps.step(
                    "parties",
                    () -> expected(evidence, cards, agreement, request, asked, response, answered),
                    e -> e.consumer().party() + " asked " + e.provider().party());
            steps.step("answered", () -> answered(evidence, cards, expected), EvidenceVerifier::place);
            steps.step(
                    "received",
                    () -> received(evidence, cards, expected),
                    found -> found.map(EvidenceVerifier::place).orElse("not in the file"));
            steps.step("witnesses", () -> witnesses(evidence, cards, expected), sentence -> sentence);
            if (evidence.response().body() == null || evidence.deleted() != null) {
                steps.step("deleted", () -> deleted(evidence, cards, expected), sentence -> sentence);
            }
            if (evidence.notes() != null) {
                steps.step("notes", () -> notes(evidence, cards, agreement), sentence -> sentence);
            }
            steps.step(
                    "seal",
                    () -> Seal.check(
                            evidence.seal(),
                            Seal.payload(evidence),
                            evidence.exported().by(),
                            cards),
                    by -> "sealed by " + by);
            steps.step("time", () -> time(evidence, cards, agreement, expected), sentence -> sentence);
            steps.step("keys", () -> keysInTime(evidence, cards, expected, asked, answered), sentence -> sentence);
        } catch (VerificationSteps.Failed e) {
            // The step that failed is the last in the list.
        }
        return steps.report();
    }

    static HttpRequestMessage digest(EvidenceFile.Request request) throws VerificationException {
        HttpRequestMessage message = request.message();
        requireDigest(
                message.headers().get("content-digest").orElse(""),
                message.content().sha256(),
                "request");
        return message;
    }

    private static HttpResponseMessage digest(EvidenceFile.Response response) throws VerificationException {
        HttpResponseMessage message = response.message();
        requireDigest(
                message.headers().get("content-digest").orElse(""),
                message.content().sha256(),
                "answer");
        return message;
    }

    private static void requireDigest(String header, byte[] sha256, String what) throws VerificationException {
        String expected = ContentDigest.header(sha256);
        if (!expected.equals(header)) {
            throw new VerificationException(
                    Reason.DIGEST_MISMATCH,
                    "The body of the " + what + " has the digest " + expected + ", but its Content-Digest says "
                            + header + ".");
        }
    }

    /** The message is judged at the time at which it says it was signed; whether that time is true is another question. */
    private static VerifiedSignature request(HttpRequestMessage request, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        return GatewayProfile.verifyRequest(
                request, true, GatewayProfile.created(request.headers()), Duration.ZERO, CardChains.keys(cards));
    }

    private static VerifiedSignature response(
            HttpResponseMessage response, HttpRequestMessage request, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        return GatewayProfile.verifyResponse(
                response,
                request,
                true,
                GatewayProfile.created(response.headers()),
                Duration.ZERO,
                CardChains.keys(cards));
    }

    private static AnswerProof.Expected expected(
            EvidenceFile evidence,
            Map<String, List<CardDocument>> cards,
            Optional<SignedAgreement> agreement,
            HttpRequestMessage request,
            VerifiedSignature asked,
            HttpResponseMessage response,
            VerifiedSignature answered)
            throws VerificationException {
        AnswerProof.Expected expected = AnswerProof.Expected.of(
                request,
                List.of(RequestPart.of(request, asked)),
                response,
                answered,
                CardChains.party(cards, answered.keyid()),
                CardChains.party(cards, asked.keyid()),
                agreement.map(SignedAgreement::reference).orElse(null));
        require(
                expected.headers().exchange().toString().equals(evidence.exchange()),
                "The request belongs to the exchange " + expected.headers().exchange() + ", not " + evidence.exchange()
                        + ".");
        String named = expected.headers().agreement();
        boolean fits = agreement.isEmpty()
                ? named == null
                : agreement.get().agreement().id().equals(named);
        require(fits, "The request names the agreement " + named + ", which is not the one in the file.");
        return expected;
    }

    private static AnswerProof.Proved<ExchangeRecord.Answered> answered(
            EvidenceFile evidence, Map<String, List<CardDocument>> cards, AnswerProof.Expected expected)
            throws VerificationException {
        AnswerProof.Proved<ExchangeRecord.Answered> proved = AnswerProof.answered(
                proof(evidence.answered(), "answered"), CardChains.journal(cards, expected.provider()), expected);
        requireSameRecord(evidence.answered(), proved, "answered");
        return proved;
    }

    private static Optional<AnswerProof.Proved<ExchangeRecord.Received>> received(
            EvidenceFile evidence, Map<String, List<CardDocument>> cards, AnswerProof.Expected expected)
            throws VerificationException {
        EvidenceFile.Entry entry = evidence.received();
        if (entry == null) {
            return Optional.empty();
        }
        AnswerProof.Proved<ExchangeRecord.Received> proved = AnswerProof.received(
                proof(entry, "received"), CardChains.journal(cards, expected.consumer()), expected);
        requireSameRecord(entry, proved, "received");
        return Optional.of(proved);
    }

    private static String deleted(
            EvidenceFile evidence, Map<String, List<CardDocument>> cards, AnswerProof.Expected expected)
            throws VerificationException {
        EvidenceFile.Entry entry = evidence.deleted();
        if (entry == null) {
            throw new VerificationException(
                    Reason.PROOF_INVALID, "The answer has no body, and nothing proves that it was deleted.");
        }
        AnswerProof.Proved<ExchangeRecord.Deleted> proved =
                AnswerProof.deleted(proof(entry, "deleted"), CardChains.journal(cards, expected.consumer()));
        requireSameRecord(entry, proved, "deleted");
        ExchangeRecord.Deleted record = proved.record();
        require(
                record.exchange().equals(evidence.exchange())
                        && record.content().equals(expected.response().contentDigest()),
                "The deletion record is about another exchange or other figures.");
        return "the figures were deleted by " + record.consumer() + " on " + record.time() + " ("
                + (record.cause().equals("retention") ? "retention until " : "recall ") + record.because() + "); "
                + place(proved);
    }

    private static String witnesses(
            EvidenceFile evidence, Map<String, List<CardDocument>> cards, AnswerProof.Expected expected)
            throws VerificationException {
        WitnessCheck check = new WitnessCheck(cards);
        check.entry(evidence.answered(), CardChains.journal(cards, expected.provider()));
        check.entry(evidence.received(), CardChains.journal(cards, expected.consumer()));
        check.entry(evidence.deleted(), CardChains.journal(cards, expected.consumer()));
        return check.sentence();
    }

    private static String notes(
            EvidenceFile evidence, Map<String, List<CardDocument>> cards, Optional<SignedAgreement> agreement)
            throws VerificationException {
        List<String> words = new ArrayList<>();
        String under = agreement.map(signed -> signed.agreement().id()).orElse("");
        for (JsonNode note : java.util.Objects.requireNonNull(evidence.notes())) {
            words.add(SignedAct.verify(note, under, cards));
        }
        return String.join("; ", words);
    }

    /** What authorities attest of the entries; what they do not, the two parties assert. */
    private String time(
            EvidenceFile evidence,
            Map<String, List<CardDocument>> cards,
            Optional<SignedAgreement> agreement,
            AnswerProof.Expected expected)
            throws VerificationException {
        List<EvidenceFile.Stamp> stamps = evidence.stamps();
        if (stamps == null) {
            return "asserted by both parties; no timestamp authority has attested it";
        }
        Terms.Audit audit =
                agreement.map(signed -> signed.agreement().terms().audit()).orElse(null);
        StampCheck check =
                new StampCheck(authorityFingerprints, audit == null ? List.of() : audit.timestampAuthorities());
        List<String> sentences = new ArrayList<>();
        for (EvidenceFile.Stamp stamp : stamps) {
            EvidenceFile.Entry entry = switch (stamp.entry()) {
                case "answered" -> evidence.answered();
                case "received" -> evidence.received();
                case "deleted" -> evidence.deleted();
                default -> null;
            };
            require(entry != null, "A timestamp is about '" + stamp.entry() + "', which is not in the file.");
            PartyCards owner = stamp.entry().equals("answered") ? expected.provider() : expected.consumer();
            StampCheck.Found found = check.check(
                    stamp,
                    proof(java.util.Objects.requireNonNull(entry), stamp.entry())
                            .saltedRecord()
                            .leaf(),
                    CardChains.journal(cards, owner));
            Instant time = found.time();
            if (time != null && (attestedTime == null || time.isBefore(attestedTime))) {
                attestedTime = time;
            }
            sentences.add(found.sentence());
        }
        return (attestedTime != null ? "attested: " : "asserted by both parties: ") + String.join("; ", sentences);
    }

    /**
     * Every entry commits to both messages' signatures, so the earliest attested time is one for both. Of a key that was lost or stolen,
     * its owner's word for the time is not enough: an authority attests it, or the other party's journal holds the signature.
     */
    private String keysInTime(
            EvidenceFile evidence,
            Map<String, List<CardDocument>> cards,
            AnswerProof.Expected expected,
            VerifiedSignature asked,
            VerifiedSignature answered)
            throws VerificationException {
        PartyCards consumer = expected.consumer();
        PartyCards provider = expected.provider();
        KeyWindow answering = KeyWindow.of(cards.getOrDefault(provider.party(), List.of()), provider.card());
        require(
                !answering.replaced() || attestedTime != null || evidence.received() != null,
                "The key of " + provider.party()
                        + " was lost or stolen, and neither a timestamp authority nor the journal of "
                        + consumer.party()
                        + " says that the answer was there before.");
        return KeyWindow.of(cards.getOrDefault(consumer.party(), List.of()), consumer.card())
                        .check(consumer.party(), asked.created(), attestedTime)
                + "; "
                + answering.check(provider.party(), answered.created(), attestedTime);
    }

    private static void requireSameRecord(EvidenceFile.Entry entry, AnswerProof.Proved<?> proved, String what)
            throws VerificationException {
        boolean same = java.util.Arrays.equals(
                CanonicalJson.encode(entry.record()), proved.salted().record());
        require(same, "The record shown as '" + what + "' is not the one that its proof carries.");
    }

    static String place(AnswerProof.Proved<?> proved) {
        return "entry " + proved.place().index() + " of " + proved.place().origin() + ", under the checkpoint of size "
                + proved.place().treeSize();
    }

    static TlogProof proof(EvidenceFile.Entry entry, String what) throws VerificationException {
        try {
            return TlogProof.parse(entry.proof().getBytes(StandardCharsets.UTF_8));
        } catch (VerificationException e) {
            throw new VerificationException(
                    Reason.PROOF_INVALID, "The proof of '" + what + "' cannot be read: " + e.getMessage(), e);
        }
    }
}
