package org.entente.gateway.node;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.gateway.base.TlsAdmission;

/** Admits what a test puts in, without cards. */
@Singleton
@Primary
@Requires(property = "echo")
final class AdmittedForTest implements TlsAdmission {

    final Set<X509Certificate> certificates = ConcurrentHashMap.newKeySet();

    @Override
    public boolean admits(X509Certificate certificate) {
        return certificates.contains(certificate);
    }
}
