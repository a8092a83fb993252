package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.life.Conclusion;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.DocumentSignature;
import org.entente.crypto.document.SignedDocument;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * An act as nodes exchange it: {@code {"type": "entente-act", "version": 1, KIND: ...}} with exactly one of {@code proposal} (the
 * text and who proposes it; sealed by the sending node), {@code signature} (one signature over the text) or {@code instrument} (any
 * other act, signed by an officer).
 */
sealed interface ActMessage {
    /** The media type of acts. */
    String MEDIA_TYPE = "application/json";

    /** The digest of the text it is about, base64url. */
    String textDigest();

    /** The id of the act. */
    String id();

    /** The canonical JSON that travels and is kept. */
    byte[] toJson();

    /** A text is put before the other parties. */
    record Proposal(Conclusion.Proposed instrument, Agreement agreement) implements ActMessage {
        @Override
        public String id() {
            return instrument.id();
        }

        @Override
        public String textDigest() {
            return agreement.digest();
        }

        @Override
        public byte[] toJson() {
            ObjectNode proposal = JsonNodeFactory.instance.objectNode();
            proposal.set("instrument", CanonicalJson.parseStrict(CanonicalJson.encode(instrument)));
            proposal.set("text", CanonicalJson.parseStrict(agreement.canonical()));
            return envelope("proposal", proposal);
        }
    }

    /** One verified signature over a text. */
    record Signature(SignedDocument document) implements ActMessage {
        @Override
        public String textDigest() {
            return base64(document.digest());
        }

        DocumentSignature only() {
            return document.signatures().getFirst();
        }

        String certificateSha256() {
            return base64(Certificates.sha256(only().certificate()));
        }

        /** Follows from the signature itself, so that both sides know the act by the same id. */
        @Override
        public String id() {
            return UuidUrn.of(Digests.sha256(only().protectedHeader(), only().signature()));
        }

        @Override
        public byte[] toJson() {
            return envelope("signature", CanonicalJson.parseStrict(document.toJson()));
        }
    }

    /** Any other act, with its verified signature. */
    record Act(SignedDocument document, Instrument instrument) implements ActMessage {
        @Override
        public String id() {
            return instrument.id();
        }

        @Override
        public String textDigest() {
            return instrument.digest();
        }

        String certificateSha256() {
            return base64(Certificates.sha256(document.signatures().getFirst().certificate()));
        }

        @Override
        public byte[] toJson() {
            return envelope("instrument", CanonicalJson.parseStrict(document.toJson()));
        }
    }

    /**
     * Reads an act strictly and verifies its signature. Who may sign is not judged here.
     *
     * @throws EntenteException {@code act-invalid} or {@code agreement-invalid}
     */
    static ActMessage parse(byte[] json) {
        JsonNode node;
        try {
            node = CanonicalJson.parseStrict(json);
        } catch (IllegalArgumentException e) {
            throw invalid(e.getMessage() + ".", e);
        }
        Set<String> names = names(node);
        boolean framed = node.path("type").asText().equals("entente-act")
                && node.path("version").asInt() == 1
                && names.remove("type")
                && names.remove("version")
                && names.size() == 1;
        String kind = framed ? names.iterator().next() : "";
        JsonNode content = node.path(kind);
        return switch (kind) {
            case "proposal" -> proposal(content);
            case "signature" -> signature(CanonicalJson.encode(content));
            case "instrument" -> act(CanonicalJson.encode(content));
            default -> throw invalid("An act has type, version 1, and one of proposal, signature or instrument.");
        };
    }

    private static Proposal proposal(JsonNode content) {
        if (!names(content).equals(Set.of("instrument", "text"))) {
            throw invalid("A proposal has the members instrument and text.");
        }
        Instrument instrument = instrument(CanonicalJson.encode(content.path("instrument")));
        if (!(instrument instanceof Conclusion.Proposed proposed)) {
            throw invalid("The instrument of a proposal is a proposal.");
        }
        return new Proposal(proposed, agreement(CanonicalJson.encode(content.path("text"))));
    }

    /** Reads an officer's signature over a text: JWS general JSON with one signature. */
    static Signature signature(byte[] jws) {
        return new Signature(verified(jws));
    }

    /** Reads an officer's signed instrument: JWS general JSON with one signature. */
    static Act act(byte[] jws) {
        SignedDocument document = verified(jws);
        Instrument instrument = instrument(document.payload());
        if (instrument instanceof Conclusion.Proposed || instrument instanceof Conclusion.Signed) {
            throw invalid("Proposals and signatures are sent in their own form.");
        }
        return new Act(document, instrument);
    }

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

    private static Agreement agreement(byte[] canonical) {
        try {
            return Agreement.parse(canonical);
        } catch (InvalidAgreementException e) {
            throw TreatyErrors.of(e);
        }
    }

    private static byte[] envelope(String kind, JsonNode content) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", "entente-act").put("version", 1).set(kind, content);
        return CanonicalJson.encode(node);
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static EntenteException invalid(String detail) {
        return new EntenteException(ErrorCode.ACT_INVALID, detail);
    }

    private static EntenteException invalid(String detail, Throwable cause) {
        return new EntenteException(ErrorCode.ACT_INVALID, detail, cause);
    }
}
