package org.entente.crypto.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.entente.crypto.Digests;
import org.entente.crypto.keys.TokenException.Cause;
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
     * @throws TokenException if it names none, or the file cannot be read
     */
    public static char[] pin(Pkcs11Uri uri) throws TokenException {
        Path source = uri.pinSource();
        if (source == null) {
            throw new TokenException(Cause.PIN, "the address names no pin-source");
        }
        try (var lines = Files.lines(source)) {
            return lines.findFirst().orElse("").toCharArray();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new TokenException(Cause.PIN, source + " cannot be read", e);
        }
    }

    /**
     * Opens a key on a token.
     *
     * @param pin of the token's user
     * @throws TokenException if token, PIN or key are not there or not fit; the message says which, and never the PIN
     */
    public static CertifiedKey open(Pkcs11Uri uri, char[] pin) throws TokenException {
        return open(uri, pin, false);
    }

    /**
     * The same for a key with which the platform's TLS will sign. TLS asks the installed providers which of them can use a key; so
     * the token's is installed, after all others, once for each token.
     */
    public static CertifiedKey openForTls(Pkcs11Uri uri, char[] pin) throws TokenException {
        return open(uri, pin, true);
    }

    private static CertifiedKey open(Pkcs11Uri uri, char[] pin, boolean install) throws TokenException {
        try {
            Provider provider = provider(uri, install);
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            logIn(store, pin);
            String alias = alias(store, uri.object());
            if (!(store.getKey(alias, null) instanceof PrivateKey secret)) {
                throw new TokenException(Cause.KEY, "the token holds no private key " + alias);
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
            throw new TokenException(Cause.TOKEN, "the token cannot be used: " + reason(e), e);
        }
    }

    private static void logIn(KeyStore store, char[] pin) throws GeneralSecurityException, TokenException {
        try {
            store.load(null, pin);
        } catch (IOException e) {
            throw new TokenException(Cause.PIN, "the token does not accept the PIN: " + reason(e), e);
        }
    }

    private static Provider provider(Pkcs11Uri uri, boolean install) throws TokenException {
        Provider known = Security.getProvider(PROVIDER);
        if (known == null) {
            throw new TokenException(
                    Cause.TOKEN, "this Java has no provider " + PROVIDER + " (module jdk.crypto.cryptoki)");
        }
        Provider configured = configure(known, uri);
        if (!install) {
            return configured;
        }
        Security.addProvider(configured); // does nothing if one of that name, for the same token, is there
        return Security.getProvider(configured.getName());
    }

    private static Provider configure(Provider known, Pkcs11Uri uri) throws TokenException {
        Path configuration = uri.configuration();
        if (configuration != null) {
            return known.configure(configuration.toString());
        }
        Path module = Objects.requireNonNull(uri.module()).toAbsolutePath();
        String token = Objects.requireNonNull(uri.token());
        int slot;
        try {
            slot = Cryptoki.slotOf(module, token);
        } catch (IOException e) {
            throw new TokenException(Cause.TOKEN, String.valueOf(e.getMessage()), e);
        }
        // One name for each token and library, since installed providers are told apart by their names. A text that
        // begins
        // with two dashes is the configuration itself.
        String name = HexFormat.of()
                .formatHex(Digests.sha256((module + "\n" + token).getBytes(StandardCharsets.UTF_8)), 0, 8);
        return known.configure("--name=" + name + "\nlibrary=\"" + module + "\"\nslotListIndex=" + slot);
    }

    private static String alias(KeyStore store, @Nullable String object)
            throws GeneralSecurityException, TokenException {
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && (object == null || alias.equals(object))) {
                keys.add(alias);
            }
        }
        if (keys.size() != 1) {
            throw new TokenException(
                    Cause.KEY,
                    "the token holds " + keys.size() + " keys with a certificate"
                            + (object == null ? "; name one as object" : " named " + object));
        }
        return keys.getFirst();
    }

    private static void requireP256(PublicKey key) throws TokenException {
        try {
            VerificationKey.of(SignatureAlgorithm.ECDSA_P256_SHA256, key);
        } catch (IllegalArgumentException e) {
            throw new TokenException(Cause.KEY, "the key on the token is not EC P-256", e);
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
                throw new TokenLostException("the token did not sign: " + reason(e), e);
            }
        }

        @Override
        public String toString() {
            return "signing key on a token";
        }
    }
}
