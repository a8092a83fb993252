package org.entente.gateway.partners;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.entente.crypto.keys.Certificates;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * An authority that has issued certificates of partners: {@code entente.revocation.authorities.NAME.*}.
 *
 * @param name as the node's settings call it
 * @param certificate PEM file of the certificate that signs both certificates and lists
 * @param crl where its list is: an http or https address, or a file
 */
@EachProperty("entente.revocation.authorities")
record CertificateAuthority(@Parameter String name, Path certificate, String crl) {
    /** Whether the list comes over the network. */
    boolean remote() {
        return crl.startsWith("http:") || crl.startsWith("https:");
    }

    URI address() {
        return URI.create(crl);
    }

    Path file() {
        return Path.of(crl.startsWith("file:") ? crl.substring("file:".length()).replaceFirst("^//", "") : crl);
    }

    /** @throws EntenteException {@code settings-invalid} */
    X509Certificate issuer() {
        try {
            List<X509Certificate> found = Certificates.fromPem(Files.readString(certificate));
            if (found.size() == 1) {
                return found.getFirst();
            }
            throw new IllegalArgumentException("it holds " + found.size() + " certificates, not one");
        } catch (IOException | IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID,
                    "The file of entente.revocation.authorities." + name + ".certificate cannot be used: "
                            + e.getMessage() + ".",
                    e);
        }
    }
}
