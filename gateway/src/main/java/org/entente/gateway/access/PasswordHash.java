package org.entente.gateway.access;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with 19 MiB, two passes and one lane, kept as a PHC string. At most two are computed at a time, so
 * that signing in cannot use up the node's memory.
 */
@Singleton
final class PasswordHash {

    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String PREFIX = "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$";

    private final SecureRandom random;
    private final Semaphore atOnce = new Semaphore(2);

    PasswordHash(SecureRandom random) {
        this.random = random;
    }

    /** The PHC string of a password with a fresh salt. */
    String of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return PREFIX + base64.encodeToString(salt) + "$" + base64.encodeToString(compute(password, salt));
    }

    /** Whether the password is the one that was hashed; false too for a string of other parameters. */
    boolean fits(String password, String phc) {
        if (!phc.startsWith(PREFIX)) {
            return false;
        }
        int dollar = phc.indexOf('$', PREFIX.length());
        if (dollar < 0) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(phc.substring(PREFIX.length(), dollar));
        byte[] wanted = Base64.getDecoder().decode(phc.substring(dollar + 1));
        return MessageDigest.isEqual(wanted, compute(password, salt));
    }

    private byte[] compute(String password, byte[] salt) {
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        byte[] hash = new byte[HASH_BYTES];
        atOnce.acquireUninterruptibly();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(MEMORY_KIB)
                    .withIterations(PASSES)
                    .withParallelism(LANES)
                    .withSalt(salt)
                    .build());
            generator.generateBytes(secret, hash);
            return hash;
        } finally {
            atOnce.release();
            Arrays.fill(secret, (byte) 0);
        }
    }
}
