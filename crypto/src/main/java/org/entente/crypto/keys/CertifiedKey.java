package org.entente.crypto.keys;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A signing key with the certificate that names its owner.
 *
 * @param key signs
 * @param chain its certificate first, then the issuers' towards (not necessarily including) the root
 * @param privateKey the same key for the platform's TLS
 */
public record CertifiedKey(SigningKey key, List<X509Certificate> chain, PrivateKey privateKey) {
    /** Checks that there is a certificate and that it is the key's. */
    public CertifiedKey {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a certified key needs a certificate");
        }
        if (!KeyCodec.samePublicKey(chain.getFirst().getPublicKey(), key.publicKey())) {
            throw new IllegalArgumentException("the certificate is not that of the key");
        }
    }

    /** The key's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /**
     * A new ML-DSA-65 key, which is kept as its seed, under a self-signed certificate that only carries it in a key file.
     *
     * @param subject distinguished name (RFC 4514)
     */
    public static CertifiedKey mlDsa65(String subject, Instant notBefore, Duration validity, SecureRandom random) {
        KeyPair keys = MlDsaKeys.generate(SignatureAlgorithm.ML_DSA_65, random);
        return of(
                keys.getPrivate(),
                Certificates.selfSigned(
                        keys, subject, Certificates.Use.SIGNING, List.of(), notBefore, validity, random));
    }

    /** The same key under a single, for instance self-signed, certificate. */
    public static CertifiedKey of(PrivateKey privateKey, X509Certificate certificate) {
        return new CertifiedKey(
                SigningKey.of(privateKey, certificate.getPublicKey()), List.of(certificate), privateKey);
    }
}
