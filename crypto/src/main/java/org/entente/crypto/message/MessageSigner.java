package org.entente.crypto.message;

import org.entente.crypto.keys.SigningKey;

/** A key that signs messages in a slot under a key id. */
public record MessageSigner(SignatureSlot slot, String keyid, SigningKey key) {
    /** The signer of the signature that every message carries. */
    public static MessageSigner primary(String keyid, SigningKey key) {
        return new MessageSigner(SignatureSlot.PRIMARY, keyid, key);
    }
}
