package org.entente.gateway.evidence.witness;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.partners.StartConfirmation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each partner once, since this process started, for the newest checkpoint of this node's journal that it has seen, and holds it
 * against the database. A partner that cannot be asked blocks only its own exchanges; one that has seen more stops the journal.
 */
@Singleton
public class StartCheck implements StartConfirmation {
    private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);
    private static final int NOT_FOUND = 404;
    /** A partner that did not answer at all is not asked again, on behalf of a waiting call, before this; any other refusal may be mended by now. */
    private static final long PAUSE_NANOS = 1_000_000_000L;

    private static final byte[] NO_CONTENT = {};

    private final Partners partners;
    private final PartnerClient client;
    private final Journal journal;
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final Map<String, Asking> asking = new ConcurrentHashMap<>();

    StartCheck(Partners partners, PartnerClient client, Journal journal) {
        this.partners = partners;
        this.client = client;
        this.journal = journal;
    }

    private static final class Asking {
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable EntenteException failure;
        private long failedAt;
    }

    @Override
    public void require(Partner partner) {
        if (confirmed.contains(partner.party())) {
            return;
        }
        Asking state = asking.computeIfAbsent(partner.party(), any -> new Asking());
        state.lock.lock();
        try {
            if (confirmed.contains(partner.party())) {
                return;
            }
            EntenteException failure = state.failure;
            if (failure != null
                    && failure.code() == ErrorCode.PARTNER_UNREACHABLE
                    && System.nanoTime() - state.failedAt < PAUSE_NANOS) {
                throw new EntenteException(failure.code(), failure.detail(), failure);
            }
            try {
                seen(partner).ifPresent(journal::compare);
                confirmed.add(partner.party());
                state.failure = null;
            } catch (EntenteException e) {
                state.failure = e;
                state.failedAt = System.nanoTime();
                throw e;
            }
        } finally {
            state.lock.unlock();
        }
    }

    /**
     * The newest checkpoint of this node's journal that a partner has seen; nothing if it has seen none.
     *
     * @throws EntenteException {@code partner-unreachable}, {@code partner-answer-invalid}
     */
    Optional<SignedNote> seen(Partner partner) {
        PartnerClient.Answered answer =
                client.call(partner, "GET", WitnessNodeController.SEEN, Headers.EMPTY, NO_CONTENT, false);
        int status = answer.response().status();
        if (status == NOT_FOUND) {
            return Optional.empty();
        }
        try {
            if (status == 200) {
                return Optional.of(SignedNote.parse(answer.body()));
            }
        } catch (VerificationException e) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    "What " + partner.party() + " has seen of this node's journal cannot be read: " + e.sentence(),
                    e);
        }
        throw new EntenteException(
                ErrorCode.PARTNER_ANSWER_INVALID,
                partner.party() + " does not say what it has seen of this node's journal (HTTP " + status + ").");
    }

    /** The partners that have not said it yet. */
    List<String> missing() {
        return partners.all().stream()
                .map(Partner::party)
                .filter(party -> !confirmed.contains(party))
                .toList();
    }

    /** Asks those that have not been asked; returns when all have answered or failed. */
    @Scheduled(fixedDelay = "2s", initialDelay = "100ms")
    public void askAll() {
        List<Thread> threads = new ArrayList<>();
        try {
            for (Partner partner : partners.all()) {
                if (!confirmed.contains(partner.party())) {
                    threads.add(Thread.ofVirtual()
                            .name("start check of " + partner.party())
                            .start(() -> ask(partner)));
                }
            }
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (EntenteException e) {
            LOG.debug("partners are asked later: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Partner partner) {
        try {
            require(partner);
        } catch (EntenteException e) {
            if (e.code() == ErrorCode.JOURNAL_UNAVAILABLE) {
                LOG.error("{} has seen more of this journal than the database holds: {}", partner.party(), e.detail());
            } else {
                LOG.debug("{} is not confirmed yet: {}", partner.party(), e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.debug("{} is not confirmed yet", partner.party(), e);
        }
    }
}
