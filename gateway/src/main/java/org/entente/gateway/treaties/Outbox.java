package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.Base64Url;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts on their way to partners. A row is written with the act itself, so that nothing is forgotten when the partner or this node is
 * down; each act is sent until the partner acknowledges it, the acts on one text in their order.
 */
@Singleton
class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final String INSERT = "INSERT INTO treaty_outbox (act, partner, digest, position, tries, next_us,"
            + " last_error, delivered_us) VALUES (?, ?, ?, ?, 0, ?, NULL, NULL)";
    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofSeconds(2), Duration.ofMinutes(10));
    private static final int LONGEST_ERROR = 1000;

    private final Database database;
    private final Partners partners;
    private final PartnerClient client;
    private final ExecutorService executor;
    private final Clock clock;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    Outbox(
            Database database,
            Partners partners,
            PartnerClient client,
            @Named(TaskExecutors.BLOCKING) ExecutorService executor,
            Clock clock) {
        this.executor = executor;
        this.database = database;
        this.partners = partners;
        this.client = client;
        this.clock = clock;
    }

    private record Waiting(
            byte[] act,
            String digest,
            String author,
            byte[] message,
            int tries,
            Instant next,
            @Nullable String error) {
        /** What became of the last try; only of an act that has been tried. */
        Outcome last() {
            return outcome(error == null ? "" : error);
        }
    }

    /** What became of a try. */
    private enum Outcome {
        DELIVERED,
        /** Nothing on this text can go before it. */
        FAILED,
        /** Only what the same party has done after it must wait for it. */
        AUTHOR_UNCONFIRMED
    }

    /** The writes that put an act on its way to these parties. */
    List<Write> towards(List<String> parties, Instrument act, Instant now) {
        return parties.stream()
                .map(party -> (Write) new Write.Insert(
                        INSERT, UuidUrn.parse(act.id()), party, Base64Url.decode(act.digest()), Write.INDEX, now))
                .toList();
    }

    /** The writes that send acts from before to a party that has joined since, as far as they are not on their way to it already. */
    List<Write> before(String party, List<HeldAct> acts, Instant now) {
        Set<String> onTheirWay = new HashSet<>(database.query(
                "SELECT act FROM treaty_outbox WHERE partner = ?", row -> UuidUrn.of(row.uuid("act")), party));
        return acts.stream()
                .filter(act -> !onTheirWay.contains(act.instrument().id()))
                .map(act -> (Write) new Write.Insert(
                        INSERT,
                        UuidUrn.parse(act.instrument().id()),
                        party,
                        Base64Url.decode(act.instrument().digest()),
                        act.position(),
                        now))
                .toList();
    }

    /** What waits for a partner, due or not, oldest first: each as it is sent. */
    List<byte[]> waiting(String partner) {
        return waitingFor(partner).stream().map(Waiting::message).toList();
    }

    /**
     * Takes a partner's receipt for an act that reached it in another way than by {@link #send}.
     *
     * @throws EntenteException {@code partner-answer-invalid} if the receipt is for another text
     */
    void delivered(String partner, byte[] message, byte[] receipt) {
        waitingFor(partner).stream()
                .filter(act -> Arrays.equals(act.message(), message))
                .forEach(act -> {
                    requireSameText(partner, act.digest(), receipt);
                    noteDelivered(partner, act);
                });
    }

    private void noteDelivered(String partner, Waiting act) {
        database.update(
                "UPDATE treaty_outbox SET delivered_us = ?, tries = tries + 1, last_error = NULL"
                        + " WHERE act = ? AND partner = ?",
                clock.instant(),
                act.act(),
                partner);
    }

    /** Deliveries of the acts on a text, in order. */
    List<Delivery> deliveries(String digest) {
        return database.query(
                "SELECT act, partner, tries, delivered_us, last_error FROM treaty_outbox WHERE digest = ?"
                        + " ORDER BY position, partner",
                row -> new Delivery(
                        UuidUrn.of(row.uuid("act")),
                        row.string("partner"),
                        digest,
                        row.intValue("tries"),
                        row.instantOrNull("delivered_us"),
                        row.stringOrNull("last_error")),
                Base64Url.decode(digest));
    }

    /** The partners to whom acts on a text are on their way. */
    List<String> receivers(String digest) {
        return database.query(
                "SELECT DISTINCT partner FROM treaty_outbox WHERE digest = ? AND delivered_us IS NULL",
                row -> row.string("partner"),
                Base64Url.decode(digest));
    }

    @Scheduled(fixedDelay = "2s", initialDelay = "2s")
    void sendDue() {
        try {
            List<String> due = database.query(
                    "SELECT DISTINCT partner FROM treaty_outbox WHERE delivered_us IS NULL AND next_us <= ?",
                    row -> row.string("partner"),
                    clock.instant());
            due.forEach(this::sendApart);
        } catch (EntenteException e) {
            LOG.debug("the outbox could not be read: {}", e.getMessage());
        }
    }

    /** One partner that does not answer must not keep the others waiting. */
    private void sendApart(String partner) {
        if (!busy.add(partner)) {
            return;
        }
        executor.execute(() -> {
            try {
                send(partner, false);
            } catch (EntenteException e) {
                LOG.debug("the outbox could not be read: {}", e.getMessage());
            } finally {
                busy.remove(partner);
            }
        });
    }

    /**
     * Sends what waits for a partner.
     *
     * @param all also what is not due yet
     */
    void send(String partner, boolean all) {
        Instant now = clock.instant();
        Set<String> stuck = new HashSet<>();
        for (Waiting act : waitingFor(partner)) {
            String ofAuthor = act.digest() + " " + act.author();
            if (!stuck.contains(act.digest()) && !stuck.contains(ofAuthor)) {
                // What has to go after an act that pauses pauses with it, whenever it came.
                boolean pauses = !all && act.next().isAfter(now);
                Outcome outcome = pauses ? act.last() : send(partner, act);
                if (outcome != Outcome.DELIVERED) {
                    stuck.add(outcome == Outcome.FAILED ? act.digest() : ofAuthor);
                }
            }
        }
    }

    private List<Waiting> waitingFor(String partner) {
        return database.query(
                "SELECT o.act, o.digest, o.tries, o.next_us, o.last_error, a.message, JSON_VALUE(CONVERT(a.instrument"
                        + " USING utf8mb4), '$.party') AS author FROM treaty_outbox o JOIN treaty_act a ON a.id = o.act"
                        + " WHERE o.partner = ? AND o.delivered_us IS NULL ORDER BY o.position",
                row -> new Waiting(
                        row.bytes("act"),
                        Base64Url.encode(row.bytes("digest")),
                        row.string("author"),
                        row.bytes("message"),
                        row.intValue("tries"),
                        row.instant("next_us"),
                        row.stringOrNull("last_error")),
                partner);
    }

    private Outcome send(String partner, Waiting act) {
        String error;
        try {
            Partner to = partners.require(partner);
            PartnerClient.Answered answer = client.call(
                    to,
                    "POST",
                    "/agreements/acts",
                    Headers.of("content-type", ActMessage.MEDIA_TYPE),
                    act.message(),
                    false);
            if (answer.response().status() == 200) {
                requireSameText(partner, act.digest(), answer.body());
                noteDelivered(partner, act);
                return Outcome.DELIVERED;
            }
            error = partner + " refused: " + said(answer.body());
        } catch (EntenteException e) {
            error = e.getMessage() == null ? e.code().code() : e.getMessage();
        }
        LOG.info("an act was not delivered to {} and is tried again: {}", partner, error);
        database.update(
                "UPDATE treaty_outbox SET tries = tries + 1, next_us = ?, last_error = ? WHERE act = ? AND partner = ?",
                clock.instant().plus(PAUSE.after(act.tries())),
                error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) : error,
                act.act(),
                partner);
        return outcome(error);
    }

    private static Outcome outcome(String error) {
        boolean card =
                error.contains(ErrorCode.CARD_UNCONFIRMED.type()) || error.contains(ErrorCode.SIGNATORY_UNKNOWN.type());
        return card ? Outcome.AUTHOR_UNCONFIRMED : Outcome.FAILED;
    }

    static void requireSameText(String partner, String digest, byte[] receipt) {
        String theirs = "";
        try {
            theirs = CanonicalJson.parseStrict(receipt).path("digest").asText();
        } catch (IllegalArgumentException e) {
            LOG.debug("a receipt that is no JSON", e);
        }
        if (!theirs.equals(digest)) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    partner + " acknowledges the digest '" + theirs + "' instead of " + digest + ".");
        }
    }

    /** The detail of a signed problem document. */
    private static String said(byte[] body) {
        try {
            JsonNode problem = CanonicalJson.parseStrict(body);
            return problem.path("type").asText() + " " + problem.path("detail").asText();
        } catch (IllegalArgumentException e) {
            return "without a reason that can be read";
        }
    }
}
