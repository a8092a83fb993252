package org.entente.crypto.message;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.keys.SigningKey;
import org.entente.crypto.keys.VerificationKey;
import org.entente.crypto.message.KeyResolver.Companion;
import org.entente.crypto.message.SignatureInput.Component;

/**
 * How gateways sign their messages: RFC 9421 narrowed to one list of components, one set of parameters and no choices.
 * A missing component, an unknown parameter, an unexpected or missing signature is refused. The order of the components
 * is the signer's; the set is not.
 *
 * <p>A call is an <em>exchange</em> when it asks for data under an agreement; then every field of {@link
 * #EXCHANGE_FIELDS} is required. In other calls (cards, journals, acts, receipts) those fields are covered where the
 * message has them. {@code content-type} is covered exactly when there is content, and must then be there.
 */
public final class GatewayProfile {
    /** Longest time between {@code created} and {@code expires} of a request. */
    public static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    /** How long a request that this class signs is good for. */
    public static final Duration LIFE = Duration.ofMinutes(2);

    /** Fields of an exchange request that are covered beside the target and the content. */
    public static final List<String> EXCHANGE_FIELDS = List.of(
            "accept", "entente-exchange", "entente-agreement", "entente-leg", "entente-purpose", "entente-requester");

    private static final String CONTENT_TYPE = "content-type";
    private static final String EXCHANGE = "entente-exchange";
    private static final Set<String> REQUEST_PARAMETERS = Set.of("created", "expires", "nonce", "keyid", "tag");
    private static final Set<String> RESPONSE_PARAMETERS = Set.of("created", "keyid", "tag");

    private GatewayProfile() {}

    /**
     * Signs a request.
     *
     * @param unsigned the request with all its fields but {@code content-digest} and the signature fields
     * @param exchange whether it asks for data under an agreement
     * @param signers the primary one first, then the companions that the sender's card lists
     * @param now the time; {@code created} is its whole second
     * @param nonce base64url of at least 128 random bits
     * @throws IllegalArgumentException if a field that must be covered is absent
     */
    public static Signed signRequest(
            HttpRequestMessage unsigned, boolean exchange, List<MessageSigner> signers, Instant now, String nonce) {
        String digest = ContentDigest.header(unsigned.content());
        HttpRequestMessage request = unsigned.plus(Headers.of(ContentDigest.FIELD, digest));
        Base build = input -> SignatureBase.of(input, request);
        return sign(signers, now, digest, build, slot -> {
            LinkedHashMap<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("created", now.getEpochSecond());
            parameters.put("expires", now.getEpochSecond() + LIFE.toSeconds());
            parameters.put("nonce", nonce);
            parameters.put("keyid", slot.keyid());
            parameters.put("tag", slot.slot().requestTag());
            return SignatureInput.toSign(slot.slot().label(), requestComponents(request, exchange), parameters);
        });
    }

    /** Signs a request with the one signature that is always there. */
    public static Signed signRequest(
            HttpRequestMessage unsigned, boolean exchange, String keyid, SigningKey key, Instant now, String nonce) {
        return signRequest(unsigned, exchange, List.of(MessageSigner.primary(keyid, key)), now, nonce);
    }

    /**
     * Signs a response to a request.
     *
     * @param unsigned the response with all its fields but {@code content-digest} and the signature fields
     * @param request the request as it was signed, {@code content-digest} included
     * @throws IllegalArgumentException if a field that must be covered is absent
     */
    public static Signed signResponse(
            HttpResponseMessage unsigned,
            HttpRequestMessage request,
            boolean exchange,
            List<MessageSigner> signers,
            Instant now) {
        String digest = ContentDigest.header(unsigned.content());
        HttpResponseMessage response = unsigned.plus(Headers.of(ContentDigest.FIELD, digest));
        Base build = input -> SignatureBase.of(input, response, request);
        return sign(signers, now, digest, build, slot -> {
            LinkedHashMap<String, Object> parameters = new LinkedHashMap<>();
            parameters.put("created", now.getEpochSecond());
            parameters.put("keyid", slot.keyid());
            parameters.put("tag", slot.slot().responseTag());
            return SignatureInput.toSign(
                    slot.slot().label(), responseComponents(response, request, exchange), parameters);
        });
    }

    /** Signs a response with the one signature that is always there. */
    public static Signed signResponse(
            HttpResponseMessage unsigned,
            HttpRequestMessage request,
            boolean exchange,
            String keyid,
            SigningKey key,
            Instant now) {
        return signResponse(unsigned, request, exchange, List.of(MessageSigner.primary(keyid, key)), now);
    }

    /**
     * Verifies a request: the content's digest, the signatures, what they cover, and their time. Whether the nonce is
     * new is for the caller to find out, who has the memory for it.
     *
     * @param now the verifier's time (in a later examination: the time at which the request was received)
     * @param skew how far the two clocks may differ
     */
    public static VerifiedSignature verifyRequest(
            HttpRequestMessage request, boolean exchange, Instant now, Duration skew, KeyResolver keys)
            throws VerificationException {
        ContentDigest.check(request.headers(), request.content());
        Base build = input -> SignatureBase.of(input, request);
        List<Component> expected = requestComponents(request, exchange);
        VerifiedSignature primary = null;
        for (Found found : match(SignatureInput.read(request.headers()), true, keys)) {
            ProfileChecks.parameters(found.input, REQUEST_PARAMETERS);
            ProfileChecks.times(found.input, now, skew);
            ProfileChecks.nonce(found.input.text("nonce").orElse(""));
            VerifiedSignature verified = verify(found, expected, build);
            primary = primary == null ? verified : primary;
        }
        return Objects.requireNonNull(primary);
    }

    /**
     * Verifies a response to a request of ours. A response has no expiry: bound to the request by its exchange id, it
     * is fresh because that request is open. A response that is no exchange has no such id and so must also have been
     * signed about now.
     *
     * @param request the request as it was sent, {@code content-digest} included
     * @param now the verifier's time (in a later examination: the time at which the response was received)
     * @param skew how far the two clocks may differ
     */
    public static VerifiedSignature verifyResponse(
            HttpResponseMessage response,
            HttpRequestMessage request,
            boolean exchange,
            Instant now,
            Duration skew,
            KeyResolver keys)
            throws VerificationException {
        ContentDigest.check(response.headers(), response.content());
        Base build = input -> SignatureBase.of(input, response, request);
        List<Component> expected = responseComponents(response, request, exchange);
        VerifiedSignature primary = null;
        for (Found found : match(SignatureInput.read(response.headers()), false, keys)) {
            ProfileChecks.parameters(found.input, RESPONSE_PARAMETERS);
            ProfileChecks.notFromTheFuture(found.input, now, skew);
            if (!exchange) {
                ProfileChecks.notOlder(found.input, LONGEST_LIFE, now, skew);
            }
            VerifiedSignature verified = verify(found, expected, build);
            primary = primary == null ? verified : primary;
        }
        return Objects.requireNonNull(primary);
    }

    /**
     * When a signed message says that it was signed: for examinations at that time. Whether it is true is another question.
     *
     * @throws VerificationException if the message carries no signature or the signature no time
     */
    public static Instant created(Headers headers) throws VerificationException {
        List<SignatureInput> inputs = SignatureInput.read(headers);
        if (inputs.isEmpty()) {
            throw new VerificationException(Reason.SIGNATURE_MISSING, "the message carries no signature");
        }
        return inputs.getFirst()
                .time("created")
                .orElseThrow(() -> new VerificationException(
                        Reason.PARAMETERS_WRONG, "the signature does not say when it was made"));
    }

    private interface Base {
        byte[] build(SignatureInput input) throws VerificationException;
    }

    private interface Describe {
        SignatureInput input(MessageSigner signer) throws VerificationException;
    }

    private record Found(SignatureInput input, VerificationKey key) {}

    private static Signed sign(List<MessageSigner> signers, Instant now, String digest, Base build, Describe describe) {
        if (signers.isEmpty() || !signers.getFirst().slot().equals(SignatureSlot.PRIMARY)) {
            throw new IllegalArgumentException("the first signer of a message is the primary one");
        }
        Headers.Builder headers = Headers.builder().add(ContentDigest.FIELD, digest);
        List<String> inputs = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        byte[] firstBase = {};
        byte[] firstSignature = {};
        try {
            for (MessageSigner signer : signers) {
                SignatureInput input = describe.input(signer);
                byte[] base = build.build(input);
                byte[] signature = signer.key().sign(base);
                inputs.add(input.label() + "=" + input.signatureParams());
                signatures.add(input.label() + "=" + StructuredFields.writeBare(signature));
                if (inputs.size() == 1) {
                    firstBase = base;
                    firstSignature = signature;
                }
            }
        } catch (VerificationException e) {
            throw new IllegalArgumentException("the message cannot be signed: " + e.getMessage(), e);
        }
        headers.add(SignatureInput.INPUT_FIELD, String.join(", ", inputs));
        headers.add(SignatureInput.SIGNATURE_FIELD, String.join(", ", signatures));
        Instant created = Instant.ofEpochSecond(now.getEpochSecond());
        return new Signed(
                headers.build(), firstBase, firstSignature, signers.getFirst().keyid(), created);
    }

    private static List<Component> requestComponents(HttpRequestMessage request, boolean exchange)
            throws VerificationException {
        List<Component> components = new ArrayList<>();
        components.add(Component.of("@method"));
        components.add(Component.of("@target-uri"));
        components.add(Component.of(ContentDigest.FIELD));
        for (String field : EXCHANGE_FIELDS) {
            if (request.headers().has(field)) {
                components.add(Component.of(field));
            } else if (exchange) {
                throw absent(field);
            }
        }
        addContentType(components, request.headers(), request.content());
        return components;
    }

    private static List<Component> responseComponents(
            HttpResponseMessage response, HttpRequestMessage request, boolean exchange) throws VerificationException {
        List<Component> components = new ArrayList<>();
        components.add(Component.of("@status"));
        components.add(Component.of(ContentDigest.FIELD));
        addContentType(components, response.headers(), response.content());
        if (response.headers().has(EXCHANGE)) {
            components.add(Component.of(EXCHANGE));
        } else if (exchange) {
            throw absent(EXCHANGE);
        }
        components.add(Component.ofRequest("@method"));
        components.add(Component.ofRequest("@target-uri"));
        components.add(Component.ofRequest(ContentDigest.FIELD));
        if (request.headers().has(EXCHANGE)) {
            components.add(Component.ofRequest(EXCHANGE));
        } else if (exchange) {
            throw absent(EXCHANGE);
        }
        return components;
    }

    private static void addContentType(List<Component> components, Headers headers, Content content)
            throws VerificationException {
        if (content.isEmpty()) {
            return;
        }
        if (!headers.has(CONTENT_TYPE)) {
            throw absent(CONTENT_TYPE);
        }
        components.add(Component.of(CONTENT_TYPE));
    }

    private static VerificationException absent(String field) {
        return new VerificationException(
                Reason.COMPONENTS_MISSING, "the message lacks the field " + field + ", which must be signed");
    }

    /** Finds the key of each signature; exactly the expected ones must be there, the primary one first in the result. */
    private static List<Found> match(List<SignatureInput> inputs, boolean request, KeyResolver keys)
            throws VerificationException {
        Map<String, SignatureInput> byTag = new HashMap<>();
        for (SignatureInput input : inputs) {
            String tag = input.text("tag").orElse("");
            if (byTag.put(tag, input) != null) {
                throw new VerificationException(
                        Reason.SIGNATURE_UNEXPECTED, "two signatures have the tag \"" + tag + "\"");
            }
        }
        SignatureInput primary = take(byTag, SignatureSlot.PRIMARY, request);
        String keyid = primary.text("keyid").orElse("");
        VerificationKey key = keys.resolve(keyid)
                .orElseThrow(() ->
                        new VerificationException(Reason.KEY_UNKNOWN, "no known card has the key \"" + keyid + "\""));
        List<Found> found = new ArrayList<>(List.of(new Found(primary, key)));
        for (Companion companion : keys.companions(keyid)) {
            SignatureInput input = take(byTag, companion.slot(), request);
            if (!input.text("keyid").orElse("").equals(companion.keyid())) {
                throw new VerificationException(
                        Reason.KEY_UNKNOWN, "the signature " + input.label() + " must be by key " + companion.keyid());
            }
            found.add(new Found(input, companion.key()));
        }
        if (!byTag.isEmpty()) {
            throw new VerificationException(
                    Reason.SIGNATURE_UNEXPECTED,
                    "the message carries signatures that nobody asked for: " + byTag.keySet());
        }
        return found;
    }

    private static SignatureInput take(Map<String, SignatureInput> byTag, SignatureSlot slot, boolean request)
            throws VerificationException {
        String tag = request ? slot.requestTag() : slot.responseTag();
        SignatureInput input = byTag.remove(tag);
        if (input == null) {
            throw new VerificationException(
                    Reason.SIGNATURE_MISSING, "the message has no signature with the tag \"" + tag + "\"");
        }
        return input;
    }

    private static VerifiedSignature verify(Found found, List<Component> expected, Base build)
            throws VerificationException {
        SignatureInput input = found.input;
        ProfileChecks.covered(input, expected);
        byte[] base = build.build(input);
        MessageSignatures.verify(input, base, found.key);
        return new VerifiedSignature(
                input.text("keyid").orElseThrow(),
                input.text("nonce").orElse(null),
                input.time("created").orElseThrow(),
                input.time("expires").orElse(null),
                input.signature(),
                base);
    }
}
