package org.entente.gateway.node;

import io.micronaut.core.annotation.NonNull;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.ssl.CertificateProvider;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.reactivestreams.Publisher;

/**
 * Makes the framework build the listeners' TLS contexts through {@link ListenerTls}, which it does only for a named
 * provider of key stores. The store itself stays empty: the key comes from the key ring.
 */
@Singleton
@Named(ListenerKeys.NAME)
final class ListenerKeys implements CertificateProvider {

    static final String NAME = "entente";

    @Override
    public @NonNull Publisher<@NonNull KeyStore> getKeyStore() {
        return Publishers.just(empty());
    }

    @Override
    public @NonNull String getName() {
        return NAME;
    }

    private static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK makes an empty PKCS#12 store", e);
        }
    }
}
