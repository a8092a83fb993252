package org.entente.crypto.keys;

import java.util.Arrays;
import java.util.Optional;

/** The signature algorithms that are understood, with their names in HTTP message signatures and in JOSE. */
public enum SignatureAlgorithm {
    /** ECDSA over P-256 with SHA-256; a signature is r||s, 64 bytes. */
    ECDSA_P256_SHA256("ecdsa-p256-sha256", "ES256"),
    /** Ed25519 (RFC 8032); a signature is 64 bytes. */
    ED25519("ed25519", "EdDSA"),
    /** ML-DSA-44 (FIPS 204), empty context. */
    ML_DSA_44("ml-dsa-44", "ML-DSA-44"),
    /** ML-DSA-65 (FIPS 204), empty context. */
    ML_DSA_65("ml-dsa-65", "ML-DSA-65"),
    /** ML-DSA-87 (FIPS 204), empty context. */
    ML_DSA_87("ml-dsa-87", "ML-DSA-87"),
    /** RSASSA-PSS with SHA-512 and 64 bytes of salt; verified only. */
    RSA_PSS_SHA512("rsa-pss-sha512", "PS512"),
    /** RSASSA-PKCS1-v1_5 with SHA-256; verified only. */
    RSA_V1_5_SHA256("rsa-v1_5-sha256", "RS256");

    private final String httpName;
    private final String joseName;

    SignatureAlgorithm(String httpName, String joseName) {
        this.httpName = httpName;
        this.joseName = joseName;
    }

    /** Name in the registry of RFC 9421 section 6.2 (ML-DSA: C2SP httpsig-pq). */
    public String httpName() {
        return httpName;
    }

    /** Name in the JOSE registry (ML-DSA: RFC 9964). */
    public String joseName() {
        return joseName;
    }

    /** The algorithm of that HTTP name. */
    public static Optional<SignatureAlgorithm> ofHttpName(String name) {
        return Arrays.stream(values()).filter(a -> a.httpName.equals(name)).findFirst();
    }

    /** The algorithm of that JOSE name. */
    public static Optional<SignatureAlgorithm> ofJoseName(String name) {
        return Arrays.stream(values()).filter(a -> a.joseName.equals(name)).findFirst();
    }
}
