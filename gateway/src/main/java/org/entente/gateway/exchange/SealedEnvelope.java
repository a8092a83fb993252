package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Optional;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.envelope.Envelope;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.partners.Card;
import org.jspecify.annotations.Nullable;

/**
 * A sealed file on its way: encrypted to the key for sealed files on the recipient's card, so that whoever finds the stick cannot read the
 * figures (docs/protocol.md section 12). What it holds is signed; the envelope only hides it.
 *
 * @param to party that can open it
 * @param key base64url SHA-256 of that party's key for sealed files
 * @param content base64url of what {@link Envelope} makes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SealedEnvelope(String format, String to, String key, String content) {
    /** Value of {@link #format}, and what the envelope is for. */
    public static final String FORMAT = "entente-envelope/1";

    /**
     * Closes a file for the party that gets it next: while it holds requests that is the one to which they are addressed, afterwards the
     * one that has asked.
     *
     * @param recipient the current card of {@link #recipient}
     * @return the envelope; the file as it is if the card names no key
     */
    public static byte[] close(SealedFile file, Card recipient) {
        PublicKey key = recipient.sealing();
        if (key == null) {
            return file.encode();
        }
        String name = name(key);
        byte[] content = Envelope.seal(key, info(), context(recipient.party(), name), file.encode());
        return CanonicalJson.encode(
                RecordCodec.tree(new SealedEnvelope(FORMAT, recipient.party(), name, Base64Url.encode(content))));
    }

    /** Who gets a file next. */
    public static String recipient(SealedFile file) {
        return file.letters().getFirst().response() == null ? file.to() : file.from();
    }

    /**
     * Opens a file, in an envelope or not.
     *
     * @param own the party that opens
     * @param key its key for sealed files, if it has one
     * @throws EntenteException {@code file-unusable}
     */
    public static SealedFile open(byte[] bytes, String own, Optional<CertifiedKey> key) {
        SealedEnvelope envelope = read(bytes);
        return SealedFile.parse(envelope == null ? bytes : envelope.opened(own, key.orElse(null)));
    }

    /** Null if it is no envelope. */
    private static @Nullable SealedEnvelope read(byte[] bytes) {
        try {
            JsonNode tree = CanonicalJson.parseStrict(bytes);
            return FORMAT.equals(tree.path("format").asText()) ? RecordCodec.value(tree, SealedEnvelope.class) : null;
        } catch (IllegalArgumentException | VerificationException e) {
            throw SealedFile.unusable("The file is not of the form " + FORMAT + ": " + e.getMessage(), e);
        }
    }

    private byte[] opened(String own, @Nullable CertifiedKey key) {
        if (key == null || !name(key.certificate().getPublicKey()).equals(this.key)) {
            throw SealedFile.unusable(
                    "The file is sealed to " + to + ", under a key that " + own + " does not hold"
                            + (to.equals(own) ? " any more; ask for it to be sealed to the current card." : "."),
                    null);
        }
        try {
            return Envelope.open(
                    key.privateKey(),
                    key.certificate().getPublicKey(),
                    info(),
                    context(to, this.key),
                    Base64Url.decode(content));
        } catch (VerificationException | IllegalArgumentException e) {
            throw SealedFile.unusable("The file cannot be opened: it was changed on its way.", e);
        }
    }

    private static byte[] info() {
        return FORMAT.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] context(String to, String key) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("format", FORMAT).put("to", to).put("key", key);
        return CanonicalJson.encode(context);
    }

    private static String name(PublicKey key) {
        return Base64Url.encode(Digests.sha256(key.getEncoded()));
    }
}
