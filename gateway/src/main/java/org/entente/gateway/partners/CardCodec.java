package org.entente.gateway.partners;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.AkpKey;
import org.entente.crypto.journal.VerifierKey;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.VerificationKey;
import org.entente.gateway.partners.Card.Authority;
import org.entente.gateway.partners.Card.Signatory;
import org.entente.gateway.partners.Card.Signing;
import org.jspecify.annotations.Nullable;

/** The JSON of a card. */
final class CardCodec {
    private static final String TYPE = "entente-card";
    private static final int VERSION = 1;
    /** HPKE (RFC 9180): DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
    private static final String SEALING = "HPKE-P256-SHA256-A256GCM";

    private static final String PARTY = "[A-Z][A-Z0-9]{1,15}";
    private static final String DIGEST = "[A-Za-z0-9_-]{43}";
    private static final Set<String> REQUIRED = Set.of(
            "type",
            "version",
            "party",
            "name",
            "onBehalfOf",
            "authorities",
            "endpoints",
            "protocol",
            "signing",
            "tls",
            "journal",
            "issued",
            "validUntil",
            "sequence");

    private CardCodec() {}

    static Card read(JsonNode payload) throws VerificationException {
        StrictObject card = new StrictObject("card", payload, REQUIRED, Set.of("previous", "sealing", "replaces"));
        card.text("type", TYPE);
        if (card.number("version", VERSION) != VERSION) {
            throw card.wrong("version must be " + VERSION);
        }
        StrictObject endpoints = new StrictObject("card.endpoints", card.node("endpoints"), Set.of("node"), Set.of());
        StrictObject journal =
                new StrictObject("card.journal", card.node("journal"), Set.of("origin", "vkey"), Set.of("companion"));
        Card read = new Card(
                card.text("party", PARTY),
                card.names("name"),
                card.list("onBehalfOf", 0, CardCodec::party),
                card.list("authorities", 0, CardCodec::authority),
                endpoint(endpoints),
                card.list("protocol", 1, StrictObject::text),
                card.list("signing", 1, CardCodec::signing),
                card.list("tls", 1, CardCodec::tls),
                journalKey(journal),
                card.time("issued"),
                card.time("validUntil"),
                card.has("previous") ? card.text("previous", DIGEST) : null,
                card.number("sequence", 1),
                card.has("sealing") ? sealing(card.node("sealing")) : null,
                card.has("replaces") ? replacement(card.node("replaces")) : null,
                journal.has("companion") ? journalCompanion(journal) : null);
        checkWhole(read, card);
        return read;
    }

    private static void checkWhole(Card card, StrictObject place) throws VerificationException {
        if (!card.protocol().contains(Card.PROTOCOL)) {
            throw place.wrong("speaks " + card.protocol() + ", and not " + Card.PROTOCOL);
        }
        if (!card.validUntil().isAfter(card.issued())) {
            throw place.wrong("is valid until " + card.validUntil() + ", before it is issued");
        }
        if ((card.sequence() == 1) != (card.previous() == null)) {
            throw place.wrong("names a previous card exactly when it is not the first");
        }
        Card.Replacement replaces = card.replaces();
        if (replaces != null && (card.sequence() == 1 || replaces.since().isAfter(card.issued()))) {
            throw place.wrong("replaces keys of a card before it, from a time before it is issued");
        }
        Signing first = card.signing().getFirst();
        if (!first.name().equals(Card.SIGNING_KEY) || first.algorithm() != SignatureAlgorithm.ECDSA_P256_SHA256) {
            throw place.wrong("signing[0] must be the key named " + Card.SIGNING_KEY + ", for ecdsa-p256-sha256");
        }
        Set<String> names = new HashSet<>();
        for (Signing key : card.signing()) {
            if (!names.add(key.name())) {
                throw place.wrong("lists two signing keys named " + key.name());
            }
        }
    }

    private static String party(String place, JsonNode node) throws VerificationException {
        String party = StrictObject.text(place, node);
        if (!party.matches(PARTY)) {
            throw new VerificationException(Reason.MALFORMED, place + " is no party: " + party);
        }
        return party;
    }

    private static Authority authority(String place, JsonNode node) throws VerificationException {
        StrictObject authority = new StrictObject(place, node, Set.of("id", "name", "kind", "signatories"), Set.of());
        return new Authority(
                authority.text("id"),
                authority.names("name"),
                authority.text("kind"),
                authority.list("signatories", 0, CardCodec::signatory));
    }

    static Signatory signatory(String place, JsonNode node) throws VerificationException {
        StrictObject signatory =
                new StrictObject(place, node, Set.of("name", "post", "certificateSha256"), Set.of("companion"));
        return new Signatory(
                signatory.text("name"),
                signatory.text("post"),
                signatory.text("certificateSha256", DIGEST),
                signatory.has("companion") ? AkpKey.read(signatory.node("companion")) : null);
    }

    private static Signing signing(String place, JsonNode node) throws VerificationException {
        StrictObject key = new StrictObject(place, node, Set.of("name", "alg", "certificate"), Set.of());
        SignatureAlgorithm algorithm = SignatureAlgorithm.ofHttpName(key.text("alg"))
                .filter(CardCodec::signsMessages)
                .orElseThrow(() -> key.wrong("alg is not one that signs messages"));
        X509Certificate certificate = certificate(place + ".certificate", key.node("certificate"));
        try {
            VerificationKey.of(algorithm, certificate.getPublicKey());
        } catch (IllegalArgumentException e) {
            throw key.wrong("the certificate's key is none for " + algorithm.httpName());
        }
        return new Signing(key.text("name", "[a-z][a-z0-9-]{0,31}"), algorithm, certificate);
    }

    private static boolean signsMessages(SignatureAlgorithm algorithm) {
        return algorithm == SignatureAlgorithm.ECDSA_P256_SHA256 || algorithm == SignatureAlgorithm.ML_DSA_65;
    }

    private static X509Certificate tls(String place, JsonNode node) throws VerificationException {
        StrictObject tls = new StrictObject(place, node, Set.of("certificate"), Set.of());
        return certificate(place + ".certificate", tls.node("certificate"));
    }

    private static X509Certificate certificate(String place, JsonNode node) throws VerificationException {
        try {
            byte[] der = Base64.getDecoder().decode(node.asText());
            if (!Base64.getEncoder().encodeToString(der).equals(node.asText())) {
                throw new VerificationException(Reason.NOT_CANONICAL, place + " is not in its one base64 form");
            }
            return Certificates.ofDer(der);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, place + " is no certificate: " + e.getMessage(), e);
        }
    }

    /** https, a host, nothing after the port: what {@code @target-uri} is computed from. */
    private static URI endpoint(StrictObject endpoints) throws VerificationException {
        String text = endpoints.text("node");
        try {
            URI uri = new URI(text);
            boolean bare = uri.getRawPath() != null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null;
            if ("https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && bare) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // refused below like any other text
        }
        throw endpoints.wrong("node must be https://host or https://host:port, and is " + text);
    }

    private static VerifierKey journalKey(StrictObject journal) throws VerificationException {
        VerifierKey key = VerifierKey.parse(journal.text("vkey"));
        if (key.type() != VerifierKey.ED25519 || !key.name().equals(journal.text("origin"))) {
            throw journal.wrong("vkey must be an Ed25519 key whose name is the origin");
        }
        return key;
    }

    private static VerifierKey journalCompanion(StrictObject journal) throws VerificationException {
        VerifierKey key = VerifierKey.parse(journal.key("companion"));
        if (key.type() != VerifierKey.ML_DSA_44_COSIGNATURE || !key.name().equals(journal.text("origin"))) {
            throw journal.wrong("companion must be an ML-DSA-44 key whose name is the origin");
        }
        key.verifier();
        return key;
    }

    private static Card.Replacement replacement(JsonNode node) throws VerificationException {
        StrictObject replaces = new StrictObject("card.replaces", node, Set.of("reason", "since"), Set.of());
        return new Card.Replacement(
                Card.Replacement.Reason.valueOf(replaces.text("reason", "LOST|STOLEN")), replaces.time("since"));
    }

    private static PublicKey sealing(JsonNode node) throws VerificationException {
        StrictObject sealing = new StrictObject("card.sealing", node, Set.of("alg", "key"), Set.of());
        sealing.text("alg", SEALING);
        String text = sealing.text("key");
        try {
            byte[] spki = Base64.getDecoder().decode(text);
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
            // Throws unless it is a point on P-256.
            VerificationKey.of(SignatureAlgorithm.ECDSA_P256_SHA256, key);
            if (Base64.getEncoder().encodeToString(key.getEncoded()).equals(text)) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "card.sealing.key is no key on P-256.", e);
        }
        throw sealing.wrong("key is not in its one base64 form");
    }

    static byte[] write(Card card) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("type", TYPE);
        node.put("version", VERSION);
        node.put("party", card.party());
        node.set("name", names(card.name()));
        texts(node.putArray("onBehalfOf"), card.onBehalfOf());
        ArrayNode authorities = node.putArray("authorities");
        card.authorities().forEach(authority -> write(authorities.addObject(), authority));
        node.putObject("endpoints").put("node", card.node().toString());
        texts(node.putArray("protocol"), card.protocol());
        ArrayNode signing = node.putArray("signing");
        for (Signing key : card.signing()) {
            signing.addObject()
                    .put("name", key.name())
                    .put("alg", key.algorithm().httpName())
                    .put("certificate", base64(key.certificate()));
        }
        ArrayNode tls = node.putArray("tls");
        card.tls().forEach(certificate -> tls.addObject().put("certificate", base64(certificate)));
        ObjectNode journal = node.putObject("journal")
                .put("origin", card.journalOrigin())
                .put("vkey", card.journalKey().toString());
        VerifierKey companion = card.journalCompanion();
        if (companion != null) {
            journal.put("companion", companion.toString());
        }
        node.put("issued", seconds(card.issued()));
        node.put("validUntil", seconds(card.validUntil()));
        putIfPresent(node, "previous", card.previous());
        PublicKey sealing = card.sealing();
        if (sealing != null) {
            node.putObject("sealing")
                    .put("alg", SEALING)
                    .put("key", Base64.getEncoder().encodeToString(sealing.getEncoded()));
        }
        Card.Replacement replaces = card.replaces();
        if (replaces != null) {
            node.putObject("replaces").put("reason", replaces.reason().name()).put("since", seconds(replaces.since()));
        }
        node.put("sequence", card.sequence());
        return CanonicalJson.encode(node);
    }

    private static void write(ObjectNode node, Authority authority) {
        node.put("id", authority.id());
        node.set("name", names(authority.name()));
        node.put("kind", authority.kind());
        ArrayNode signatories = node.putArray("signatories");
        for (Signatory signatory : authority.signatories()) {
            ObjectNode listed = signatories
                    .addObject()
                    .put("name", signatory.name())
                    .put("post", signatory.post())
                    .put("certificateSha256", signatory.certificateSha256());
            AkpKey companion = signatory.companion();
            if (companion != null) {
                listed.set("companion", companion.toJson());
            }
        }
    }

    private static ObjectNode names(Map<String, String> names) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        names.forEach(node::put);
        return node;
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static void putIfPresent(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static String base64(X509Certificate certificate) {
        return Base64.getEncoder().encodeToString(Certificates.der(certificate));
    }

    private static String seconds(Instant time) {
        return Instant.ofEpochSecond(time.getEpochSecond()).toString();
    }
}
