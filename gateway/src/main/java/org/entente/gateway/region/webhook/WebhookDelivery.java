package org.entente.gateway.region.webhook;

import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.entente.crypto.Base64Url;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.Content;
import org.entente.crypto.message.GatewayProfile;
import org.entente.crypto.message.Headers;
import org.entente.crypto.message.HttpRequestMessage;
import org.entente.crypto.message.Signed;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.base.PublicListenerSettings;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.PublicEditions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells registered addresses of new public editions: each message signed by the node (RFC 9421) anew at every try, tried with growing
 * pauses, and given up in the end. How each ended stands in the journal.
 */
@Singleton
class WebhookDelivery {
    static final String DELIVERED = "webhook-delivered";
    static final String GIVEN_UP = "webhook-given-up";
    static final String EVENT = "profile.published";

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);
    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofSeconds(15), Duration.ofHours(6));
    private static final int NONCE_BYTES = 16;
    private static final int GONE = 410;

    private final Webhooks webhooks;
    private final WebhookTables tables;
    private final Postman postman;
    private final PublicEditions editions;
    private final PublicListenerSettings listener;
    private final WebhookSettings settings;
    private final NodeIdentity identity;
    private final Journal journal;
    private final ExecutorService executor;
    private final SecureRandom random;
    private final Uuids uuids;
    private final Clock clock;

    WebhookDelivery(
            Webhooks webhooks,
            WebhookTables tables,
            Postman postman,
            PublicEditions editions,
            PublicListenerSettings listener,
            WebhookSettings settings,
            NodeIdentity identity,
            Journal journal,
            @Named(TaskExecutors.BLOCKING) ExecutorService executor,
            SecureRandom random,
            Uuids uuids,
            Clock clock) {
        this.webhooks = webhooks;
        this.tables = tables;
        this.postman = postman;
        this.editions = editions;
        this.listener = listener;
        this.settings = settings;
        this.identity = identity;
        this.journal = journal;
        this.executor = executor;
        this.random = random;
        this.uuids = uuids;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = "15s", initialDelay = "15s")
    void look() {
        try {
            owe();
            for (Webhook.Delivery delivery : tables.due()) {
                // Longer than a try takes, so that no second process tries beside this one.
                if (tables.lease(
                        delivery, clock.instant().plus(settings.timeout().multipliedBy(2)))) {
                    executor.execute(() -> send(delivery));
                }
            }
        } catch (EntenteException e) {
            LOG.warn("webhooks wait: {}", e.getMessage());
        }
    }

    /** What was published since a webhook was registered is owed to it, once. */
    private void owe() {
        List<Webhook> standing =
                webhooks.list().stream().filter(hook -> hook.ended() == null).toList();
        for (ProfileEdition edition : standing.isEmpty() ? List.<ProfileEdition>of() : editions.all()) {
            Instant published = edition.published();
            standing.stream()
                    .filter(hook -> published != null && !published.isBefore(hook.made()))
                    .filter(hook -> hook.programme() == null || hook.programme().equals(edition.programme()))
                    .filter(hook -> !tables.owed(hook.id(), edition.programme(), edition.edition()))
                    .forEach(hook -> tables.owe(uuids.next(), hook, edition.programme(), edition.edition()));
        }
    }

    private void send(Webhook.Delivery delivery) {
        try {
            Webhook hook = webhooks.get(delivery.webhook());
            if (hook.ended() != null) {
                giveUp(hook, delivery, "the webhook has ended");
                return;
            }
            ProfileEdition edition = editions.of(delivery.programme()).stream()
                    .filter(one -> one.edition() == delivery.edition())
                    .findFirst()
                    .orElse(null);
            if (edition == null) {
                giveUp(hook, delivery, "the edition is no longer public");
                return;
            }
            send(hook, delivery, edition);
        } catch (EntenteException e) {
            LOG.warn("the message {} waits: {}", delivery.id(), e.getMessage());
        }
    }

    private void send(Webhook hook, Webhook.Delivery delivery, ProfileEdition edition) {
        byte[] body = body(delivery, edition);
        String problem;
        try {
            int status = postman.post(hook.url(), signed(hook, delivery, body), body);
            if (status >= 200 && status < 300) {
                close(hook, delivery, Webhook.State.DELIVERED, "");
                return;
            }
            if (status == GONE) {
                giveUp(hook, delivery, "the receiver says that it is gone for good (410)");
                webhooks.end(hook.id(), "The receiver says that it is gone for good (410).", "node");
                return;
            }
            problem = "the receiver answered " + status;
        } catch (IOException e) {
            problem = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        if (delivery.made().plus(settings.giveUp()).isBefore(clock.instant())) {
            giveUp(hook, delivery, problem);
        } else {
            LOG.info("the webhook {} is tried again: {}", hook.id(), problem);
            tables.later(delivery, clock.instant().plus(PAUSE.after(delivery.tries())), problem);
        }
    }

    /** The message: what was published, and where it stands. */
    private byte[] body(Webhook.Delivery delivery, ProfileEdition edition) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("party", identity.party());
        data.put("programme", edition.programme());
        data.put("edition", edition.edition());
        data.put("published", String.valueOf(edition.published()));
        data.put("profileSha256", edition.digest());
        if (listener.open()) {
            data.put("page", listener.baseUri() + "/profiles/" + edition.programme() + "/" + edition.edition());
            data.put("feed", listener.baseUri() + "/profiles/" + edition.programme() + "/feed");
            data.put("card", listener.baseUri() + PublicCardController.PATH);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", delivery.id().toString());
        body.put("type", EVENT);
        body.put("timestamp", delivery.made().toString());
        body.put("data", data);
        return CanonicalJson.encode(body);
    }

    private Headers signed(Webhook hook, Webhook.Delivery delivery, byte[] body) {
        Instant now = clock.instant();
        Headers unsigned = Headers.of(
                "content-type",
                "application/json",
                "webhook-id",
                delivery.id().toString(),
                "webhook-timestamp",
                String.valueOf(now.getEpochSecond()),
                "user-agent",
                "Entente");
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Signed signed = GatewayProfile.signRequest(
                new HttpRequestMessage("POST", hook.url(), unsigned, Content.of(body)),
                false,
                identity.signers(),
                now,
                Base64Url.encode(nonce));
        return unsigned.plus(signed.headers());
    }

    private void giveUp(Webhook hook, Webhook.Delivery delivery, String problem) {
        close(hook, delivery, Webhook.State.GIVEN_UP, problem);
    }

    private void close(Webhook hook, Webhook.Delivery delivery, Webhook.State state, String problem) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String kind = state == Webhook.State.DELIVERED ? DELIVERED : GIVEN_UP;
        Map<String, Object> record = Webhooks.record(kind, hook.id(), now, "node");
        record.put("message", delivery.id().toString());
        record.put("programme", delivery.programme());
        record.put("edition", delivery.edition());
        record.put("tries", delivery.tries() + 1);
        if (!problem.isEmpty()) {
            record.put("reason", problem);
        }
        try {
            journal.append(new Draft(
                    kind,
                    record,
                    hook.id().toString(),
                    List.of(WebhookTables.close(delivery.id(), state, problem, now))));
        } catch (ConflictingWriteException e) {
            LOG.debug("the message {} was closed meanwhile", delivery.id(), e);
        }
    }
}
