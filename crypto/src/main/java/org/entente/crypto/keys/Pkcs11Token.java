package org.entente.crypto.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keys on a PKCS#11 token (smart card, HSM), through the JDK's SunPKCS11 provider. The private key never leaves the token: it is asked
 * to sign.
 */
public final class Pkcs11Token {
    private static final String PROVIDER = "SunPKCS11";
    /** IEEE P1363 format: r||s, as JWS wants it. */
    private static final String ECDSA = "SHA256withECDSAinP1363Format";

    private Pkcs11Token() {}

    /**
     * The PIN in the file that the address names.
     *
     * @throws IOException if it names none, or the file cannot be read
     */
    public static char[] pin(Pkcs11Uri uri) throws IOException {
        Path source = uri.pinSource();
        if (source == null) {
            throw new IOException("the address names no pin-source");
        }
        try (var lines = Files.lines(source)) {
            return lines.findFirst().orElse("").toCharArray();
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(source + " cannot be read", e);
        }
    }

    /**
     * Opens a key on a token.
     *
     * @param pin of the token's user
     * @throws IOException if token, PIN or key are not there or not fit; the message says which, and never the PIN
     */
    public static CertifiedKey open(Pkcs11Uri uri, char[] pin) throws IOException {
        try {
            Provider provider = provider(uri);
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            logIn(store, pin);
            String alias = alias(store, uri.object());
            if (!(store.getKey(alias, null) instanceof PrivateKey secret)) {
                throw new IOException("the token holds no private key " + alias);
            }
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate certificate : store.getCertificateChain(alias)) {
                chain.add((X509Certificate) certificate);
            }
            // The certificate's key is rebuilt in software, since the token's is bound to the session.
            X509Certificate own = Certificates.ofDer(Certificates.der(chain.getFirst()));
            chain.set(0, own);
            PublicKey publicKey = own.getPublicKey();
            requireP256(publicKey);
            return new CertifiedKey(new OnToken(provider, secret, publicKey), chain, secret);
        } catch (GeneralSecurityException
                | InvalidParameterException
                | ProviderException
                | UnsupportedOperationException e) {
            throw new IOException("the token cannot be used: " + reason(e), e);
        }
    }

    private static void logIn(KeyStore store, char[] pin) throws GeneralSecurityException, IOException {
        try {
            store.load(null, pin);
        } catch (IOException e) {
            throw new IOException("the token does not accept the PIN: " + reason(e), e);
        }
    }

    private static Provider provider(Pkcs11Uri uri) throws IOException {
        Provider known = Security.getProvider(PROVIDER);
        if (known == null) {
            throw new IOException("this Java has no provider " + PROVIDER + " (module jdk.crypto.cryptoki)");
        }
        Path configuration = uri.configuration();
        if (configuration != null) {
            return known.configure(configuration.toString());
        }
        Path module = Objects.requireNonNull(uri.module());
        int slot = Cryptoki.slotOf(module, Objects.requireNonNull(uri.token()));
        // A text that begins with two dashes is the configuration itself.
        return known.configure("--name=entente\nlibrary=\"" + module.toAbsolutePath() + "\"\nslotListIndex=" + slot);
    }

    private static String alias(KeyStore store, @Nullable String object) throws GeneralSecurityException, IOException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && (object == null || alias.equals(object))) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new IOException("the token holds " + keys.size() + " keys with a certificate"
                    + (object == null ? "; name one as object" : " named " + object));
        }
        return keys.getFirst();
    }

    private static void requireP256(PublicKey key) throws IOException {
        try {
            VerificationKey.of(SignatureAlgorithm.ECDSA_P256_SHA256, key);
        } catch (IllegalArgumentException e) {
            throw new IOException("the key on the token is not EC P-256", e);
        }
    }

    private static String reason(Throwable e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.toString() : last.getMessage();
    }

    /** A key that signs on its token. */
    private record OnToken(Provider provider, PrivateKey secret, PublicKey publicKey) implements SigningKey {
        @Override
        public SignatureAlgorithm algorithm() {
            return SignatureAlgorithm.ECDSA_P256_SHA256;
        }

        @Override
        public byte[] sign(byte[] data) {
            try {
                Signature signature = Signature.getInstance(ECDSA, provider);
                signature.initSign(secret);
                signature.update(data);
                return signature.sign();
            } catch (GeneralSecurityException | ProviderException e) {
                throw new IllegalStateException("the token did not sign: " + reason(e), e);
            }
        }

        @Override
        public String toString() {
            return "signing key on a token";
        }
    }
}
