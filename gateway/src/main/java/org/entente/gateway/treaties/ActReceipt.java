package org.entente.gateway.treaties;

import java.time.Instant;
import org.entente.agreements.Iso;

/**
 * What this node says about an act that it holds. The same act gets the same receipt however often it is sent.
 *
 * @param act id of the act
 * @param agreement id of the agreement
 * @param digest base64url digest of the text the act is about
 * @param received when this node first got it, by its own clock
 */
public record ActReceipt(
        String act,
        String agreement,
        int version,
        String digest,
        @Iso Instant received) {}
