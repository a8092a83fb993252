package org.entente.crypto.message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.message.StructuredFields.InnerList;
import org.entente.crypto.message.StructuredFields.Item;
import org.entente.crypto.message.StructuredFields.MalformedException;
import org.jspecify.annotations.Nullable;

/**
 * One member of {@code Signature-Input} (RFC 9421 section 4.1) with its signature: what is covered, and how it was made.
 *
 * @param label the dictionary key
 * @param components what is covered, in order, none twice
 * @param parameters in their order; only those of section 2.3
 * @param signature the bytes of the {@code Signature} member with the same label
 */
@SuppressWarnings("ArrayRecordComponent")
record SignatureInput(String label, List<Component> components, Map<String, Object> parameters, byte[] signature) {
    static final String INPUT_FIELD = "signature-input";
    static final String SIGNATURE_FIELD = "signature";
    private static final Set<String> INTEGER_PARAMETERS = Set.of("created", "expires");
    private static final Set<String> STRING_PARAMETERS = Set.of("nonce", "alg", "keyid", "tag");

    /**
     * A component identifier (section 2).
     *
     * @param name a field name in lower case or a derived component's
     * @param parameters for instance {@code req}
     */
    record Component(String name, Map<String, Object> parameters) {
        static Component of(String name) {
            return new Component(name, Map.of());
        }

        static Component ofRequest(String name) {
            return new Component(name, Map.of("req", true));
        }

        boolean isOfRequest() {
            return Boolean.TRUE.equals(parameters.get("req"));
        }

        String write() {
            return StructuredFields.write(new Item(name, parameters));
        }

        @Override
        public String toString() {
            return write();
        }
    }

    /** All signatures of a message, in order; both fields must name the same labels. */
    static List<SignatureInput> read(Headers headers) throws VerificationException {
        Optional<String> inputs = headers.get(INPUT_FIELD);
        Optional<String> signatures = headers.get(SIGNATURE_FIELD);
        if (inputs.isEmpty() || signatures.isEmpty()) {
            throw new VerificationException(
                    Reason.SIGNATURE_MISSING, "the message has no Signature-Input or no Signature field");
        }
        Map<String, Object> descriptions = dictionary(INPUT_FIELD, inputs.get());
        Map<String, Object> values = dictionary(SIGNATURE_FIELD, signatures.get());
        if (!descriptions.keySet().equals(values.keySet())) {
            throw new VerificationException(
                    Reason.MALFORMED,
                    "Signature-Input and Signature name different labels: " + descriptions.keySet() + " and "
                            + values.keySet());
        }
        List<SignatureInput> found = new ArrayList<>();
        for (Map.Entry<String, Object> member : descriptions.entrySet()) {
            found.add(read(member.getKey(), member.getValue(), values.get(member.getKey())));
        }
        return found;
    }

    private static SignatureInput read(String label, Object description, @Nullable Object signature)
            throws VerificationException {
        if (!(description instanceof InnerList list)) {
            throw new VerificationException(
                    Reason.MALFORMED, "the Signature-Input member " + label + " is no inner list");
        }
        if (!(signature instanceof Item item && item.value() instanceof byte[] bytes)
                || !item.parameters().isEmpty()) {
            throw new VerificationException(
                    Reason.MALFORMED, "the Signature member " + label + " is no bare byte sequence");
        }
        return new SignatureInput(label, components(label, list), parameters(label, list), bytes);
    }

    /** "Each component identifier MUST occur only once" (section 2), parameters included. */
    private static List<Component> components(String label, InnerList list) throws VerificationException {
        List<Component> components = new ArrayList<>();
        Set<Component> seen = new HashSet<>();
        for (Item item : list.items()) {
            if (!(item.value() instanceof String name)) {
                throw new VerificationException(
                        Reason.MALFORMED, "a component of " + label + " is not named by a string");
            }
            Component component = new Component(name, item.parameters());
            if (!seen.add(component)) {
                throw new VerificationException(
                        Reason.MALFORMED, "the component " + component + " of " + label + " occurs twice");
            }
            components.add(component);
        }
        return components;
    }

    private static Map<String, Object> parameters(String label, InnerList list) throws VerificationException {
        for (Map.Entry<String, Object> parameter : list.parameters().entrySet()) {
            boolean known = (INTEGER_PARAMETERS.contains(parameter.getKey()) && parameter.getValue() instanceof Long)
                    || (STRING_PARAMETERS.contains(parameter.getKey()) && parameter.getValue() instanceof String);
            if (!known) {
                throw new VerificationException(
                        Reason.PARAMETERS_WRONG,
                        "the signature parameter " + parameter.getKey() + " of " + label
                                + " is unknown or of the wrong type");
            }
        }
        return list.parameters();
    }

    private static Map<String, Object> dictionary(String field, String text) throws VerificationException {
        try {
            return StructuredFields.dictionary(text);
        } catch (MalformedException e) {
            throw new VerificationException(
                    Reason.MALFORMED, "the field " + field + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The value of {@code @signature-params}: re-serialised strictly, never copied from the field (section 2.3). */
    String signatureParams() {
        List<Item> items = new ArrayList<>();
        for (Component component : components) {
            items.add(new Item(component.name, component.parameters));
        }
        return StructuredFields.write(new InnerList(items, parameters));
    }

    Optional<String> text(String parameter) {
        return Optional.ofNullable((String) parameters.get(parameter));
    }

    Optional<Instant> time(String parameter) {
        return Optional.ofNullable((Long) parameters.get(parameter)).map(Instant::ofEpochSecond);
    }

    /** A description that is yet to be signed. */
    static SignatureInput toSign(String label, List<Component> components, LinkedHashMap<String, Object> parameters) {
        return new SignatureInput(label, List.copyOf(components), parameters, new byte[0]);
    }
}
