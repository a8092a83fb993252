package org.entente.crypto.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.ContentSigner;

/** Turns the platform's key objects into Bouncy Castle's engine parameters and back. */
final class KeyCodec {
    private KeyCodec() {}

    static SigningKey signingKey(PrivateKey privateKey, PublicKey publicKey) {
        byte[] encoded = privateKey.getEncoded();
        if (encoded == null) {
            throw new IllegalArgumentException("the private key gives no encoding; keys on tokens are not supported");
        }
        try {
            return switch (PrivateKeyFactory.createKey(encoded)) {
                case ECPrivateKeyParameters ec when isP256(ec) -> Signers.ec(ec, publicKey);
                case Ed25519PrivateKeyParameters ed -> Signers.ed25519(ed, publicKey);
                case MLDSAPrivateKeyParameters ml -> Signers.mlDsa(ml, publicKey);
                default ->
                    throw new IllegalArgumentException("no signing with keys of kind " + privateKey.getAlgorithm());
            };
        } catch (IOException e) {
            throw new IllegalArgumentException("the private key cannot be read", e);
        }
    }

    static VerificationKey verificationKey(SignatureAlgorithm algorithm, PublicKey key) {
        return switch (algorithm) {
            case RSA_PSS_SHA512, RSA_V1_5_SHA256 -> Verifiers.rsa(algorithm, key);
            default -> verificationKey(algorithm, parameters(key));
        };
    }

    private static VerificationKey verificationKey(SignatureAlgorithm algorithm, AsymmetricKeyParameter parameter) {
        return switch (parameter) {
            case ECPublicKeyParameters ec
            when algorithm == SignatureAlgorithm.ECDSA_P256_SHA256
                    && ec.getParameters().getCurve().equals(EcP256.DOMAIN.getCurve()) -> Verifiers.ec(ec);
            case Ed25519PublicKeyParameters ed when algorithm == SignatureAlgorithm.ED25519 -> Verifiers.ed25519(ed);
            case MLDSAPublicKeyParameters ml
            when Signers.algorithm(ml.getParameters()) == algorithm -> Verifiers.mlDsa(algorithm, ml);
            default -> throw new IllegalArgumentException("the key is none of " + algorithm);
        };
    }

    static VerificationKey rawVerificationKey(SignatureAlgorithm algorithm, byte[] key) {
        return switch (algorithm) {
            case ED25519 -> Verifiers.ed25519(new Ed25519PublicKeyParameters(key));
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 ->
                Verifiers.mlDsa(algorithm, new MLDSAPublicKeyParameters(Signers.parameters(algorithm), key));
            default -> throw new IllegalArgumentException(algorithm + " keys have no bare form");
        };
    }

    static SigningKey mlDsa(SignatureAlgorithm algorithm, byte[] seed) {
        MLDSAPrivateKeyParameters key = new MLDSAPrivateKeyParameters(Signers.parameters(algorithm), seed);
        try {
            byte[] spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key.getPublicKeyParameters())
                    .getEncoded();
            // the provider is named: without it the platform falls through to whichever other one is installed
            PublicKey publicKey = KeyFactory.getInstance("ML-DSA", "SUN").generatePublic(new X509EncodedKeySpec(spki));
            return Signers.mlDsa(key, publicKey);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("an ML-DSA key that was just made cannot be read back", e);
        }
    }

    /** Which ML-DSA a public key is for. */
    static SignatureAlgorithm mlDsa(PublicKey key) {
        if (parameters(key) instanceof MLDSAPublicKeyParameters ml) {
            return Signers.algorithm(ml.getParameters());
        }
        throw new IllegalArgumentException("the key is none of ML-DSA");
    }

    private static AsymmetricKeyParameter parameters(PublicKey key) {
        try {
            return PublicKeyFactory.createKey(key.getEncoded());
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the public key cannot be read", e);
        }
    }

    private static boolean isP256(ECPrivateKeyParameters ec) {
        return ec.getParameters().getCurve().equals(EcP256.DOMAIN.getCurve());
    }

    static boolean samePublicKey(PublicKey one, PublicKey other) {
        return Arrays.equals(one.getEncoded(), other.getEncoded());
    }

    static KeyPair generateEc(SecureRandom random) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(EcP256.named(), random));
        return platformKeys(generator.generateKeyPair(), "EC");
    }

    static KeyPair generateEd25519(SecureRandom random) {
        Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
        generator.init(new Ed25519KeyGenerationParameters(random));
        return platformKeys(generator.generateKeyPair(), "Ed25519");
    }

    private static KeyPair platformKeys(AsymmetricCipherKeyPair pair, String algorithm) {
        try {
            KeyFactory factory = KeyFactory.getInstance(algorithm, "SunEC");
            PrivateKeyInfo info = PrivateKeyInfoFactory.createPrivateKeyInfo(pair.getPrivate());
            // without the optional public key of RFC 5958, which the platform's reader does not expect
            PrivateKeyInfo bare = new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.parsePrivateKey());
            byte[] spki = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic())
                    .getEncoded();
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(spki)),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(bare.getEncoded())));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a key that was just made cannot be read back", e);
        }
    }

    /** Signs certificates. */
    static ContentSigner contentSigner(PrivateKey privateKey, PublicKey publicKey) {
        SigningKey key = signingKey(privateKey, publicKey);
        boolean ec = key.algorithm() == SignatureAlgorithm.ECDSA_P256_SHA256;
        AlgorithmIdentifier identifier = new AlgorithmIdentifier(
                switch (key.algorithm()) {
                    case ECDSA_P256_SHA256 -> X9ObjectIdentifiers.ecdsa_with_SHA256;
                    case ED25519 -> EdECObjectIdentifiers.id_Ed25519;
                    case ML_DSA_44 -> NISTObjectIdentifiers.id_ml_dsa_44; // RFC 9881
                    case ML_DSA_65 -> NISTObjectIdentifiers.id_ml_dsa_65; // RFC 9881
                    default -> throw new IllegalArgumentException("no certificates by keys of " + key.algorithm());
                });
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return identifier;
            }

            @Override
            public OutputStream getOutputStream() {
                return content;
            }

            @Override
            public byte[] getSignature() {
                byte[] signature = key.sign(content.toByteArray());
                return ec ? der(signature) : signature;
            }
        };
    }

    /** X.509 wants ECDSA signatures as a DER sequence of two integers (RFC 3279 section 2.2.3). */
    private static byte[] der(byte[] raw) {
        try {
            return new DERSequence(new ASN1Encodable[] {
                        new ASN1Integer(new BigInteger(1, Arrays.copyOf(raw, 32))),
                        new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 32, 64)))
                    })
                    .getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("two integers cannot be encoded", e);
        }
    }
}
