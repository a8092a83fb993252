package org.entente.gateway.base;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which of the node's keys live on PKCS#11 tokens: {@code entente.keys.*}. Each is the address of a key (RFC 7512, as
 * {@link org.entente.crypto.keys.Pkcs11Uri} reads it); without one the key is in the key ring's file.
 *
 * @param signing the signing key
 * @param nextSigning the one that follows it when its certificate begins
 * @param tls the TLS key
 * @param nextTls the one that follows it when its certificate begins
 * @param pinFile file whose first line is the PIN of those tokens whose addresses name no {@code pin-source}; without it the environment
 *     variable ENTENTE_KEYS_PIN
 * @param pin that variable
 */
@ConfigurationProperties("entente.keys")
record KeySettings(
        @Nullable String signing,
        @Nullable String nextSigning,
        @Nullable String tls,
        @Nullable String nextTls,
        @Nullable Path pinFile,
        @Nullable String pin) {
    @Override
    public String toString() {
        return "keys on tokens"; // never the PIN
    }
}
