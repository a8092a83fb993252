package org.entente.crypto.keys;

import org.jspecify.annotations.Nullable;

/**
 * Those keys of a node that live on PKCS#11 tokens. They take the place of keys in the key file and are never written there.
 *
 * @param signing the signing key; null if the key file has it
 * @param nextSigning the one that follows when its certificate begins; null if none is on a token
 * @param tls the TLS key; null if the key file has it
 * @param nextTls the one that follows when its certificate begins; null if none is on a token
 */
public record TokenKeys(
        @Nullable CertifiedKey signing,
        @Nullable CertifiedKey nextSigning,
        @Nullable CertifiedKey tls,
        @Nullable CertifiedKey nextTls) {
    /** No key is on a token. */
    public static final TokenKeys NONE = new TokenKeys(null, null, null, null);

    /** Whether a key stays on its token, so that it cannot be written into a file. */
    static boolean isOnToken(CertifiedKey key) {
        return key.privateKey().getEncoded() == null;
    }
}
