package org.entente.crypto.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signature that was verified under the gateway profile.
 *
 * @param keyid card digest and key name
 * @param nonce of a request; null for a response
 * @param created when the signer says it signed
 * @param expires end of a request's life; null for a response
 * @param signature its bytes
 * @param base the signature base, rebuilt from the message
 */
@SuppressWarnings("ArrayRecordComponent")
public record VerifiedSignature(
        String keyid,
        @Nullable String nonce,
        Instant created,
        @Nullable Instant expires,
        byte[] signature,
        byte[] base) {}
