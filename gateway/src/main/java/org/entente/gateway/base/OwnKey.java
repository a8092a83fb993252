package org.entente.gateway.base;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.entente.crypto.keys.Certificates;
import org.entente.crypto.keys.CertifiedKey;
import org.jspecify.annotations.Nullable;

/**
 * Presents the node's one TLS key of the moment, whatever is asked for, to callers and to those that are called. The key is
 * asked for at each handshake, so that it may change while connections are open; an alias stands for one key, so that certificate
 * and key of one handshake belong together.
 */
public final class OwnKey extends X509ExtendedKeyManager {

    /** Keys that handshakes under way may still name. */
    private static final int REMEMBERED = 4;

    private final Supplier<CertifiedKey> keys;
    private final Map<String, Presented> byAlias = new LinkedHashMap<>();
    private volatile @Nullable Presented newest;

    /**
     * A key manager.
     *
     * @param keys the TLS key of the moment, the same object until it changes
     */
    public OwnKey(Supplier<CertifiedKey> keys) {
        this.keys = keys;
    }

    /** A key as the JDK's TLS wants it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Presented(String alias, CertifiedKey source, X509Certificate[] chain, PrivateKey key) {}

    private String alias() {
        CertifiedKey key = keys.get();
        Presented known = newest;
        if (known != null && known.source() == key) {
            return known.alias();
        }
        synchronized (byAlias) {
            String alias = HexFormat.of().formatHex(Certificates.sha256(key.certificate()));
            Presented presented =
                    new Presented(alias, key, key.chain().toArray(X509Certificate[]::new), forJsse(key.privateKey()));
            byAlias.put(alias, presented);
            if (byAlias.size() > REMEMBERED) {
                byAlias.remove(byAlias.keySet().iterator().next());
            }
            newest = presented;
            return alias;
        }
    }

    private @Nullable Presented presented(String alias) {
        synchronized (byAlias) {
            return byAlias.get(alias);
        }
    }

    /** JSSE signs with the JDK's providers, which want the JDK's own key object and not another provider's; on a token, the token's. */
    private static PrivateKey forJsse(PrivateKey key) {
        if (key.getEncoded() == null) {
            return key;
        }
        try {
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the TLS key is not an elliptic curve key that the JDK reads", e);
        }
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias();
    }

    @Override
    public String chooseEngineClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias();
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias();
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {alias()};
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {alias()};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Presented known = presented(alias);
        return known == null ? null : known.chain().clone();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Presented known = presented(alias);
        return known == null ? null : known.key();
    }
}
