package org.entente.gateway.partners;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.VerifiedSignature;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.DuplicateRowException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.journal.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nonces of partners' messages. The table remembers them across restarts and processes, in the transaction of the
 * journal entry that the message leads to; the memory refuses a copy early.
 */
@Singleton
public class Nonces {
    private static final Logger LOG = LoggerFactory.getLogger(Nonces.class);
    private static final String INSERT = "INSERT INTO nonce (keyid_digest, nonce, expires_us) VALUES (?, ?, ?)";
    private static final int MOST_IN_MEMORY = 50_000;
    private static final int PRUNED_AT_ONCE = 10_000;

    private final Database database;
    private final Clock clock;
    private final Duration skew;
    private final Cache<String, Boolean> seen;

    Nonces(Database database, EntenteSettings settings, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.skew = settings.clockSkew();
        this.seen = Caffeine.newBuilder()
                .expireAfterWrite(GatewayProfile.LONGEST_LIFE.plus(skew.multipliedBy(2)))
                .maximumSize(MOST_IN_MEMORY)
                .build();
    }

    /** Refuses a message whose nonce this process has seen. The table has the last word. */
    void refuseSeen(VerifiedSignature signature) {
        if (seen.asMap().putIfAbsent(signature.keyid() + " " + nonce(signature), Boolean.TRUE) != null) {
            throw replayed(signature);
        }
    }

    /**
     * The row that remembers the nonce, for the journal entry that the message leads to. A duplicate there means {@link
     * #replayed}.
     */
    public Write write(VerifiedSignature signature) {
        return new Write.Insert(INSERT, keyidDigest(signature), nonceBytes(signature), forgottenAt(signature));
    }

    /**
     * Remembers the nonce by itself, for a message that leads to no journal entry.
     *
     * @throws EntenteException {@code nonce-replayed} if it is remembered already
     */
    public void remember(VerifiedSignature signature) {
        try {
            database.update(INSERT, keyidDigest(signature), nonceBytes(signature), forgottenAt(signature));
        } catch (DuplicateRowException e) {
            throw replayed(signature);
        }
    }

    /** As above, for a call; the nonce of a message from a sealed file has long expired and means nothing. */
    public void remember(AuthenticatedCall call) {
        if (!call.isFiled()) {
            remember(call.signature());
        }
    }

    /** The refusal of a message whose nonce is remembered. */
    public EntenteException replayed(VerifiedSignature signature) {
        return new EntenteException(
                ErrorCode.NONCE_REPLAYED,
                "A message signed by " + signature.keyid() + " with the nonce " + nonce(signature)
                        + " has been here already.");
    }

    /** Forgets nonces whose messages would be refused as expired anyway. */
    @Scheduled(fixedDelay = "30s", initialDelay = "30s")
    void prune() {
        try {
            long now = Micros.of(clock.instant());
            while (database.update("DELETE FROM nonce WHERE expires_us < ? LIMIT " + PRUNED_AT_ONCE, now)
                    == PRUNED_AT_ONCE) {
                LOG.debug("more nonces to forget");
            }
        } catch (EntenteException e) {
            LOG.warn("nonces could not be pruned: {}", e.getMessage());
        }
    }

    private static byte[] keyidDigest(VerifiedSignature signature) {
        return Digests.sha256(signature.keyid().getBytes(StandardCharsets.UTF_8));
    }

    /** The text's own bytes: the profile has checked that it is base64url in its one form, at most 64 bytes when decoded. */
    private static byte[] nonceBytes(VerifiedSignature signature) {
        return Base64Url.decode(nonce(signature));
    }

    private static String nonce(VerifiedSignature signature) {
        return Objects.requireNonNull(signature.nonce(), "only requests have nonces");
    }

    /** One second more than the last instant at which the message could be accepted. */
    private Instant forgottenAt(VerifiedSignature signature) {
        return Objects.requireNonNull(signature.expires()).plus(skew).plusSeconds(1);
    }
}
