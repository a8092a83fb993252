/**
 * The mathematics and the text formats of a verifiable journal, without storage: Merkle hashes and proofs (RFC 6962,
 * RFC 9162), tiles (C2SP tlog-tiles), signed notes, checkpoints, cosignatures and offline proofs (C2SP signed-note,
 * tlog-checkpoint, tlog-cosignature, tlog-proof).
 *
 * <p>Everything here is a pure function or an immutable value, so an offline verifier needs nothing else. What is
 * read from others is parsed first and verified second; every failure is a {@link
 * org.entente.crypto.VerificationException} that says which rule was broken.
 */
@NullMarked
package org.entente.crypto.journal;

import org.jspecify.annotations.NullMarked;
