package org.entente.gateway.bench;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.crypto.keys.KeyRing;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.entente.crypto.keys.SignatureVerifier;
import org.entente.crypto.keys.SigningKey;

/**
 * How many exchanges a second the signatures alone would allow, on all processors: request and answer signed and verified
 * (ECDSA P-256), and for each side's journal entry that the other side checks a checkpoint signed and verified (Ed25519).
 */
final class SignatureLimit {
    private static final int BASE_BYTES = 700;
    private static final int CHECKPOINT_BYTES = 120;

    private final SigningKey message;
    private final SigningKey journal;
    private final AtomicLong counter = new AtomicLong();

    SignatureLimit() {
        KeyRing keys = KeyRing.generate("PHL", Instant.now(), Duration.ofDays(1), new SecureRandom());
        this.message = keys.signing().key();
        this.journal = keys.journal();
    }

    double perSecond(Duration warmUp, Duration measured) throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        Load.run(processors, warmUp, this::signaturesOfOneExchange);
        return Load.run(processors, measured, this::signaturesOfOneExchange).perSecond();
    }

    private void signaturesOfOneExchange() {
        signAndVerify(message, BASE_BYTES);
        signAndVerify(message, BASE_BYTES);
        signAndVerify(journal, CHECKPOINT_BYTES);
        signAndVerify(journal, CHECKPOINT_BYTES);
    }

    private void signAndVerify(SigningKey key, int bytes) {
        byte[] data = new byte[bytes];
        byte[] distinct = Long.toString(counter.incrementAndGet()).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(distinct, 0, data, 0, distinct.length);
        SignatureAlgorithm algorithm = key.algorithm();
        if (!SignatureVerifier.verify(algorithm, key.publicKey(), data, key.sign(data))) {
            throw new IllegalStateException("a signature of " + algorithm + " does not hold");
        }
    }
}
