package org.entente.crypto.message;

import java.time.Instant;

/**
 * The outcome of signing a message.
 *
 * @param headers to be added to the message: {@code content-digest}, {@code signature-input}, {@code signature}
 * @param base the signature base of the primary signature
 * @param signature the primary signature's bytes
 * @param keyid of the primary signature
 * @param created when, in whole seconds
 */
@SuppressWarnings("ArrayRecordComponent")
public record Signed(Headers headers, byte[] base, byte[] signature, String keyid, Instant created) {}
