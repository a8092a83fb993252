package org.entente.gateway.access;

import io.micronaut.context.annotation.Factory;
import io.micronaut.security.token.jwt.signature.SignatureGeneratorConfiguration;
import io.micronaut.security.token.jwt.signature.secret.SecretSignature;
import io.micronaut.security.token.jwt.signature.secret.SecretSignatureConfiguration;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Base64;
import org.entente.gateway.base.NodeSecret;

/** Staff tokens are JWTs (RFC 7519) under HMAC-SHA-256 with a key derived from the node's secret. */
@Factory
final class StaffTokens {

    @Singleton
    @Named("generator")
    SignatureGeneratorConfiguration signature(NodeSecret secret) {
        SecretSignatureConfiguration configuration = new SecretSignatureConfiguration("generator");
        configuration.setBase64(true);
        configuration.setSecret(Base64.getEncoder().encodeToString(secret.derive("staff tokens")));
        return new SecretSignature(configuration);
    }
}
