package org.entente.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.Kind;
import org.entente.agreements.Party;
import org.entente.agreements.Terms;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.DocumentSignature;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.journal.JournalKeys;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.journal.TlogProof;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.HttpResponseMessage;
import org.entente.crypto.message.KeyResolver;
import org.entente.crypto.message.VerifiedSignature;
import org.entente.gateway.exchange.AnswerProof;
import org.entente.gateway.exchange.ExchangeRecord;
import org.entente.gateway.exchange.ExchangeRecord.AgreementRef;
import org.entente.gateway.exchange.ExchangeRecord.PartyCards;
import org.entente.gateway.exchange.RequestPart;
import org.entente.gateway.partners.Card;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.CardKeys;
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
        return new EvidenceVerifier(rootFingerprints, authorityFingerprints).run(file);
    }

    private VerificationReport run(byte[] file) {
        if (PackEvidenceFile.isOne(file)) {
            return PackEvidenceVerifier.verify(file, rootFingerprints, authorityFingerprints);
        }
        if (DeliveredPackFile.isOne(file)) {
            return DeliveredPackVerifier.verify(file, rootFingerprints, authorityFingerprints);
        }
        try {
            EvidenceFile evidence =
                    steps.step("format", () -> EvidenceFile.parse(file), e -> "evidence of exchange " + e.exchange());
            Map<String, List<CardDocument>> cards =
                    steps.step("cards", () -> cards(evidence.cards(), rootFingerprints), EvidenceVerifier::describe);
            Optional<Signed> agreement = steps.step(
                    "agreement",
                    () -> agreement(evidence.agreement(), evidence.companions(), cards),
                    found -> found.map(Signed::describe).orElse("the exchange names no agreement"));
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
                    () -> seal(
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

    /** The chains of cards in a file, each from a root card with the fingerprint that was given. */
    static Map<String, List<CardDocument>> cards(
            Map<String, List<JsonNode>> cards, Map<String, String> rootFingerprints) throws VerificationException {
        Map<String, List<CardDocument>> chains = new HashMap<>();
        for (Map.Entry<String, List<JsonNode>> entry : cards.entrySet()) {
            List<CardDocument> chain = new ArrayList<>();
            for (JsonNode node : entry.getValue()) {
                CardDocument card = CardDocument.parse(CanonicalJson.encode(node));
                require(
                        card.card().party().equals(entry.getKey()),
                        "A card of " + card.card().party() + " stands among those of " + entry.getKey() + ".");
                if (!chain.isEmpty()) {
                    card.checkFollows(chain.getLast());
                }
                chain.add(card);
            }
            require(!chain.isEmpty(), "There is no card of " + entry.getKey() + ".");
            String given = rootFingerprints.get(entry.getKey());
            String found = chain.getFirst().fingerprint().toString();
            require(
                    given != null,
                    "The fingerprint of " + entry.getKey() + "'s root card was not given; the file says " + found
                            + ".");
            require(
                    found.equals(given),
                    "The root card of " + entry.getKey() + " has the fingerprint " + found + ", not " + given + ".");
            chains.put(entry.getKey(), List.copyOf(chain));
        }
        return chains;
    }

    static String describe(Map<String, List<CardDocument>> cards) {
        return "chains of " + String.join(", ", new TreeSet<>(cards.keySet())) + " hold, from the given root cards";
    }

    /** An agreement with those who signed it. */
    record Signed(Agreement agreement, AgreementRef reference, List<String> signatories, int companions) {
        String describe() {
            return agreement.id() + " version " + agreement.version() + ", signed by " + String.join(", ", signatories)
                    + (companions == 0 ? "" : ", of which with a post-quantum key: " + companions);
        }
    }

    /** The agreement in a file, signed by an officer of each party in it; nothing if the file has none. */
    static Optional<Signed> agreement(
            @Nullable JsonNode json, @Nullable JsonNode companionsOfOfficers, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        if (json == null) {
            return Optional.empty();
        }
        SignedDocument document = SignedDocument.parse(CanonicalJson.encode(json));
        document.verify();
        Agreement agreement;
        try {
            agreement = Agreement.parse(document.payload());
        } catch (InvalidAgreementException e) {
            throw new VerificationException(Reason.MALFORMED, "The agreement is not valid: " + e.getMessage(), e);
        }
        Set<String> signed = new TreeSet<>();
        List<String> names = new ArrayList<>();
        for (DocumentSignature signature : document.signatures()) {
            String sha256 = Base64Url.encode(Certificates.sha256(signature.certificate()));
            for (Party party : agreement.parties()) {
                officer(cards.getOrDefault(party.id(), List.of()), sha256).ifPresent(officer -> {
                    signed.add(party.id());
                    names.add(officer.name() + " (" + officer.post() + ", " + party.id() + ")");
                });
            }
        }
        for (Party party : agreement.parties()) {
            List<CardDocument> chain = cards.getOrDefault(party.id(), List.of());
            // Of a framework, the file holds the cards of the two sides of the exchange; that the others have signed is
            // not its matter.
            if (agreement.kind() == Kind.FRAMEWORK && chain.isEmpty()) {
                continue;
            }
            require(
                    !chain.isEmpty() && chain.getFirst().digest().equals(party.rootCard()),
                    "The agreement names another root card of " + party.id() + " than the one in the file.");
            require(
                    signed.contains(party.id()),
                    "No officer on a card of " + party.id() + " has signed the agreement.");
        }
        int companions = OfficersCompanions.of(companionsOfOfficers)
                .check(
                        document,
                        cards,
                        agreement.parties().stream().map(Party::id).toList());
        return Optional.of(new Signed(
                agreement,
                new AgreementRef(
                        agreement.id(), agreement.version(), Base64Url.encode(Digests.sha256(document.payload()))),
                names,
                companions));
    }

    private static Optional<Card.Signatory> officer(List<CardDocument> chain, String certificateSha256) {
        return chain.stream()
                .flatMap(card -> card.card().authorities().stream())
                .flatMap(authority -> authority.signatories().stream())
                .filter(signatory -> signatory.certificateSha256().equals(certificateSha256))
                .findFirst();
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
        String expected = "sha-256=:" + java.util.Base64.getEncoder().encodeToString(sha256) + ":";
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
                request, true, GatewayProfile.created(request.headers()), Duration.ZERO, keys(cards));
    }

    private static VerifiedSignature response(
            HttpResponseMessage response, HttpRequestMessage request, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        return GatewayProfile.verifyResponse(
                response, request, true, GatewayProfile.created(response.headers()), Duration.ZERO, keys(cards));
    }

    static KeyResolver keys(Map<String, List<CardDocument>> cards) {
        List<CardDocument> all = cards.values().stream().flatMap(List::stream).toList();
        return new CardKeys(all);
    }

    private static AnswerProof.Expected expected(
            EvidenceFile evidence,
            Map<String, List<CardDocument>> cards,
            Optional<Signed> agreement,
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
                party(cards, answered.keyid()),
                party(cards, asked.keyid()),
                agreement.map(Signed::reference).orElse(null));
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

    static PartyCards party(Map<String, List<CardDocument>> cards, String keyid) throws VerificationException {
        String digest = keyid.substring(0, Math.max(0, keyid.indexOf('/')));
        for (Map.Entry<String, List<CardDocument>> entry : cards.entrySet()) {
            if (entry.getValue().stream().anyMatch(card -> card.digest().equals(digest))) {
                return new PartyCards(
                        entry.getKey(), entry.getValue().getFirst().digest(), digest);
            }
        }
        throw new VerificationException(Reason.KEY_UNKNOWN, "No card in the file has the key " + keyid + ".");
    }

    private static AnswerProof.Proved<ExchangeRecord.Answered> answered(
            EvidenceFile evidence, Map<String, List<CardDocument>> cards, AnswerProof.Expected expected)
            throws VerificationException {
        AnswerProof.Proved<ExchangeRecord.Answered> proved = AnswerProof.answered(
                proof(evidence.answered(), "answered"), journal(cards, expected.provider()), expected);
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
        AnswerProof.Proved<ExchangeRecord.Received> proved =
                AnswerProof.received(proof(entry, "received"), journal(cards, expected.consumer()), expected);
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
                AnswerProof.deleted(proof(entry, "deleted"), journal(cards, expected.consumer()));
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
        check.entry(evidence.answered(), journal(cards, expected.provider()));
        check.entry(evidence.received(), journal(cards, expected.consumer()));
        check.entry(evidence.deleted(), journal(cards, expected.consumer()));
        return check.sentence();
    }

    private static String notes(
            EvidenceFile evidence, Map<String, List<CardDocument>> cards, Optional<Signed> agreement)
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
            Optional<Signed> agreement,
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
                    journal(cards, owner));
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

    /**
     * The keys that the journal on the card which the records name has had, by all of the party's cards in the file; under the name on that card
     * and those on later ones. Under a name that was given up before, nothing new can be proved.
     */
    static AnswerProof.JournalKey journal(Map<String, List<CardDocument>> cards, PartyCards party)
            throws VerificationException {
        List<CardDocument> chain = cards.getOrDefault(party.party(), List.of());
        CardDocument card = chain.stream()
                .filter(candidate -> candidate.digest().equals(party.card()))
                .findFirst()
                .orElseThrow(() -> new VerificationException(
                        Reason.KEY_UNKNOWN, "The file lacks the card " + party.card() + " of " + party.party() + "."));
        List<ListedKey> history =
                chain.stream().map(other -> other.card().journal()).toList();
        List<JournalKeys> names = new ArrayList<>();
        for (String origin : chain.stream()
                .filter(other -> other.card().sequence() >= card.card().sequence())
                .map(other -> other.card().journalOrigin())
                .distinct()
                .toList()) {
            JournalKeys.named(origin, history).ifPresent(names::add);
        }
        return new AnswerProof.JournalKey(names, chain);
    }

    /** The seal of a file: over its content, by a key of the party that made it. */
    static String seal(@Nullable JsonNode json, byte[] payload, String by, Map<String, List<CardDocument>> cards)
            throws VerificationException {
        if (json == null) {
            throw new VerificationException(Reason.SIGNATURE_MISSING, "The file has no seal.");
        }
        SignedDocument document = SignedDocument.parse(CanonicalJson.encode(json));
        document.verify();
        require(
                java.util.Arrays.equals(document.payload(), payload),
                "The seal is over another content; something that no other signature covers was changed.");
        sealedInTime(cards.getOrDefault(by, List.of()), document.signatures().getFirst(), by);
        return by;
    }

    /** The seal is over the cards, too: one by a key that they replace was made when the replacement was known, whatever time it names. */
    private static void sealedInTime(List<CardDocument> chain, DocumentSignature seal, String by)
            throws VerificationException {
        CardDocument listing = chain.stream()
                .filter(card -> card.card().signing().getFirst().certificate().equals(seal.certificate()))
                .findFirst()
                .orElseThrow(() -> new VerificationException(
                        Reason.PROOF_INVALID, "The seal is not by a signing key on the cards of " + by + "."));
        KeyWindow window = KeyWindow.of(chain, listing.digest());
        require(!window.replaced(), "The seal is by a key of " + by + " that was lost or stolen.");
        window.check(by, seal.issuedAt(), null);
    }

    private static void require(boolean holds, @Nullable String otherwise) throws VerificationException {
        if (!holds) {
            throw new VerificationException(Reason.PROOF_INVALID, String.valueOf(otherwise));
        }
    }
}
