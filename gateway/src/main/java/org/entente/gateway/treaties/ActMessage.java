package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.TextChange;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.CompanionSignature;
import org.entente.crypto.document.DocumentSignature;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * An act as nodes exchange it: {@code {"type": "entente-act", "version": 1, KIND: ...}} with exactly one of {@code proposal} (the
 * text, and who proposes it), {@code signature} (one signature over the text) or {@code instrument} (any other act). Each is signed by
 * its author, so that it proves itself whoever passes it on. Without the envelope it is what an officer hands in.
 */
sealed interface ActMessage {
    /** The media type of acts. */
    String MEDIA_TYPE = "application/json";

    /** Members of a proposal, and of a signature with name and post. */
    Set<String> PAIR = Set.of("act", "text");

    /** Under this name an envelope, and what an officer hands in, hold the post-quantum signatures. */
    String COMPANION = "companion";

    /** Beside it an officer hands in what the signatures accompany. */
    String SIGNED = "signed";

    /** The name of a document that is the only one in its act. */
    String DOCUMENT = "document";

    /** The digest of the text it is about, base64url. */
    String textDigest();

    /** The id of the act. */
    String id();

    /** What an officer hands in: the act without its envelope, canonical. */
    byte[] content();

    /** The name under which the envelope holds it. */
    String kind();

    /** The certificate (base64url SHA-256) under which its signature verified. */
    String certificateSha256();

    /** Each document in it that its author has signed, by its name. */
    SortedMap<String, Part> parts();

    /**
     * A signed document in an act.
     *
     * @param document with one verified signature
     * @param companion the post-quantum signature beside it, not yet verified; null if there is none
     */
    record Part(SignedDocument document, @Nullable CompanionSignature companion) {
        DocumentSignature only() {
            return document.signatures().getFirst();
        }
    }

    /** The canonical JSON that travels and is kept. */
    default byte[] toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", "entente-act").put("version", 1).set(kind(), CanonicalJson.parseStrict(content()));
        ObjectNode companions = JsonNodeFactory.instance.objectNode();
        parts().forEach((name, part) -> {
            CompanionSignature companion = part.companion();
            if (companion != null) {
                companions.set(name, companion.toJson());
            }
        });
        if (!companions.isEmpty()) {
            node.set(COMPANION, companions);
        }
        return CanonicalJson.encode(node);
    }

    /**
     * A text is put before the other parties, as a proposal or as the correction of a concluded text. The act is signed by an officer; a
     * proposal may instead be sealed by the proposing party's node.
     */
    record Proposal(Act act, Instrument instrument, Agreement agreement) implements ActMessage {
        @Override
        public String id() {
            return instrument.id();
        }

        @Override
        public String textDigest() {
            return agreement.digest();
        }

        @Override
        public String kind() {
            return "proposal";
        }

        @Override
        public String certificateSha256() {
            return act.certificateSha256();
        }

        @Override
        public byte[] content() {
            return pair(act.content(), agreement.canonical());
        }

        @Override
        public SortedMap<String, Part> parts() {
            return sorted(Map.of("act", act.part()));
        }
    }

    /**
     * One verified signature over a text.
     *
     * @param document the text with this one signature
     * @param act the same person's act that says name, post and full powers; null where only the certificate tells
     * @param companion the same person's post-quantum signature over the text; null if there is none
     */
    record Signature(
            SignedDocument document,
            @Nullable Act act,
            @Nullable CompanionSignature companion) implements ActMessage {
        @Override
        public SortedMap<String, Part> parts() {
            Part text = new Part(document, companion);
            return sorted(act == null ? Map.of(DOCUMENT, text) : Map.of("act", act.part(), "text", text));
        }

        @Override
        public String textDigest() {
            return Base64Url.encode(document.digest());
        }

        DocumentSignature only() {
            return document.signatures().getFirst();
        }

        @Override
        public String certificateSha256() {
            return Base64Url.encode(Certificates.sha256(only().certificate()));
        }

        /** Without an act of its own it follows from the signature itself, so that both sides know it by the same id. */
        @Override
        public String id() {
            return act == null ? UuidUrn.of(Digests.sha256(only().protectedHeader(), only().signature())) : act.id();
        }

        @Override
        public String kind() {
            return "signature";
        }

        @Override
        public byte[] content() {
            byte[] text = document.toJson();
            return act == null ? text : pair(act.content(), text);
        }
    }

    /**
     * Any other act, with its verified signature.
     *
     * @param companion the post-quantum signature beside it; null if there is none
     */
    record Act(
            SignedDocument document,
            Instrument instrument,
            @Nullable CompanionSignature companion) implements ActMessage {
        /** An act without a post-quantum signature. */
        Act(SignedDocument document, Instrument instrument) {
            this(document, instrument, null);
        }

        Part part() {
            return new Part(document, companion);
        }

        @Override
        public SortedMap<String, Part> parts() {
            return sorted(Map.of(DOCUMENT, part()));
        }

        @Override
        public String id() {
            return instrument.id();
        }

        @Override
        public String textDigest() {
            return instrument.digest();
        }

        @Override
        public String kind() {
            return "instrument";
        }

        @Override
        public String certificateSha256() {
            return Base64Url.encode(
                    Certificates.sha256(document.signatures().getFirst().certificate()));
        }

        @Override
        public byte[] content() {
            return document.toJson();
        }
    }

    /**
     * Reads an act strictly and verifies its signature. Who may sign is not judged here.
     *
     * @throws EntenteException {@code act-invalid} or {@code agreement-invalid}
     */
    static ActMessage parse(byte[] json) {
        JsonNode node = strict(json);
        Set<String> names = names(node);
        JsonNode companions = names.remove(COMPANION) ? node.path(COMPANION) : null;
        boolean framed = node.path("type").asText().equals("entente-act")
                && node.path("version").asInt() == 1
                && names.remove("type")
                && names.remove("version")
                && names.size() == 1;
        String kind = framed ? names.iterator().next() : "";
        if (!Set.of("proposal", "signature", "instrument").contains(kind)) {
            throw invalid("An act has type, version 1, and one of proposal, signature or instrument.");
        }
        ActMessage message = read(node.path(kind), companions);
        if (!message.kind().equals(kind)) {
            throw invalid("What is called a " + kind + " is a " + message.kind() + ".");
        }
        return message;
    }

    /**
     * Reads what an officer hands in: a signed instrument, a signature over a text with or without the act that says who signed, or a
     * proposal with its text; with post-quantum signatures as {@code {"companion": {NAME: ...}, "signed": ...}}.
     *
     * @throws EntenteException {@code act-invalid} or {@code agreement-invalid}
     */
    static ActMessage handedIn(byte[] json) {
        JsonNode node = strict(json);
        return names(node).equals(Set.of(COMPANION, SIGNED))
                ? read(node.path(SIGNED), node.path(COMPANION))
                : read(node, null);
    }

    private static ActMessage read(JsonNode node, @Nullable JsonNode companions) {
        Map<String, CompanionSignature> beside = companions(companions);
        ActMessage message = names(node).equals(PAIR) ? pair(node, beside) : single(node, beside);
        if (!message.parts().keySet().containsAll(beside.keySet())) {
            throw invalid("A post-quantum signature accompanies no document of the act: " + beside.keySet() + ".");
        }
        return message;
    }

    private static Map<String, CompanionSignature> companions(@Nullable JsonNode json) {
        Map<String, CompanionSignature> read = new TreeMap<>();
        if (json == null) {
            return read;
        }
        if (!json.isObject() || json.isEmpty()) {
            throw invalid("Post-quantum signatures stand under the names of the documents that they accompany.");
        }
        for (String name : names(json)) {
            try {
                read.put(name, CompanionSignature.read(json.path(name)));
            } catch (VerificationException e) {
                throw invalid("The post-quantum signature cannot be read: " + e.sentence() + ".", e);
            }
        }
        return read;
    }

    private static ActMessage single(JsonNode node, Map<String, CompanionSignature> beside) {
        SignedDocument document = verified(CanonicalJson.encode(node));
        CompanionSignature companion = beside.get(DOCUMENT);
        return CanonicalJson.parseStrict(document.payload()).has("act")
                ? alone(act(document, companion))
                : new Signature(document, null, companion);
    }

    private static ActMessage pair(JsonNode node, Map<String, CompanionSignature> beside) {
        Act act = act(verified(CanonicalJson.encode(node.path("act"))), beside.get("act"));
        byte[] text = CanonicalJson.encode(node.path("text"));
        return switch (act.instrument()) {
            case Conclusion.Proposed proposed -> new Proposal(act, proposed, agreement(text, proposed));
            case TextChange.CorrectionProposed corrected -> new Proposal(act, corrected, agreement(text, corrected));
            case Conclusion.Signed signed -> signature(act, signed, verified(text), beside.get("text"));
            default -> throw invalid("Only a proposal, a correction and a signature come with a text.");
        };
    }

    private static Act alone(Act act) {
        boolean withText = act.instrument() instanceof Conclusion.Proposed
                || act.instrument() instanceof TextChange.CorrectionProposed
                || act.instrument() instanceof Conclusion.Signed;
        if (withText) {
            throw invalid("A proposal, a correction and a signature come with their text.");
        }
        return act;
    }

    private static Signature signature(
            Act act, Conclusion.Signed signed, SignedDocument text, @Nullable CompanionSignature companion) {
        Signature signature = new Signature(text, act, companion);
        boolean one = act.certificateSha256().equals(signature.certificateSha256())
                && signed.certificateSha256().equals(act.certificateSha256())
                && signed.digest().equals(signature.textDigest())
                && signed.at()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .equals(signature.only().issuedAt());
        if (!one) {
            throw invalid("The act and the signature over the text differ in certificate, text or time.");
        }
        return signature;
    }

    private static Act act(SignedDocument document, @Nullable CompanionSignature companion) {
        return new Act(document, instrument(document.payload()), companion);
    }

    private static SortedMap<String, Part> sorted(Map<String, Part> parts) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** Verifies a document with exactly one signature. */
    private static SignedDocument verified(byte[] jws) {
        try {
            SignedDocument document = SignedDocument.parse(jws);
            if (document.signatures().size() != 1) {
                throw invalid("An act carries one signature, not "
                        + document.signatures().size() + ".");
            }
            document.verify();
            return document;
        } catch (VerificationException e) {
            throw invalid("The signature is not accepted: " + e.sentence() + ".", e);
        }
    }

    private static Instrument instrument(byte[] json) {
        try {
            Instrument instrument = Instrument.parse(json);
            UuidUrn.parse(instrument.id());
            return instrument;
        } catch (IllegalArgumentException e) {
            throw invalid("The instrument cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Agreement agreement(byte[] canonical, Instrument proposed) {
        try {
            Agreement agreement = Agreement.parse(canonical);
            if (!agreement.digest().equals(proposed.digest())) {
                throw invalid("The proposal is about another text than the one that comes with it.");
            }
            return agreement;
        } catch (InvalidAgreementException e) {
            throw TreatyErrors.of(e);
        }
    }

    private static JsonNode strict(byte[] json) {
        try {
            return CanonicalJson.parseStrict(json);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage() + ".", e);
        }
    }

    private static byte[] pair(byte[] act, byte[] text) {
        ObjectNode pair = JsonNodeFactory.instance.objectNode();
        pair.set("act", CanonicalJson.parseStrict(act));
        pair.set("text", CanonicalJson.parseStrict(text));
        return CanonicalJson.encode(pair);
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static EntenteException invalid(String detail) {
        return new EntenteException(ErrorCode.ACT_INVALID, detail);
    }

    private static EntenteException invalid(String detail, Throwable cause) {
        return new EntenteException(ErrorCode.ACT_INVALID, detail, cause);
    }
}
