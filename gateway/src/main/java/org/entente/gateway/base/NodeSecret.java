package org.entente.gateway.base;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One random secret per node, made by {@code init}, from which keys for purposes inside the node are derived: staff tokens,
 * pseudonyms. It proves nothing to partners and is lost with the home directory.
 */
@Singleton
public final class NodeSecret {

    /** The file's name in the home directory. */
    public static final String FILE = "node.secret";

    /** Its length in bytes. */
    public static final int LENGTH = 32;

    private final NodeHome home;

    NodeSecret(NodeHome home) {
        this.home = home;
    }

    /** 32 bytes for one purpose: HMAC-SHA-256 of the purpose's name under the secret. */
    public byte[] derive(String purpose) {
        byte[] secret = home.readSecret(FILE);
        if (secret.length != LENGTH) {
            throw new EntenteException(
                    ErrorCode.NODE_NOT_INITIALISED, "The file " + home.file(FILE) + " does not hold 32 bytes.");
        }
        return hmac(secret, purpose.getBytes(StandardCharsets.UTF_8));
    }

    /** HMAC-SHA-256 (RFC 2104). */
    public static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
