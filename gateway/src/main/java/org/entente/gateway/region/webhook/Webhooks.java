package org.entente.gateway.region.webhook;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.region.programme.Programmes;
import org.jspecify.annotations.Nullable;

/** The addresses outside that are told of new public editions; an administrator keeps them. */
@Singleton
public class Webhooks {
    private static final String ADDED = "webhook-added";
    private static final String ENDED = "webhook-ended";
    private static final int LONGEST_URL = 1000;
    private static final int LONGEST_REASON = 2000;

    private final WebhookTables tables;
    private final Postman postman;
    private final Programmes programmes;
    private final Journal journal;
    private final Uuids uuids;
    private final Clock clock;

    Webhooks(WebhookTables tables, Postman postman, Programmes programmes, Journal journal, Uuids uuids, Clock clock) {
        this.tables = tables;
        this.postman = postman;
        this.programmes = programmes;
        this.journal = journal;
        this.uuids = uuids;
        this.clock = clock;
    }

    /**
     * Registers an address. It is told of what is published from now on.
     *
     * @param programme of which it is told; null for all
     * @throws EntenteException {@code forbidden}; {@code request-malformed} for an address that may not be called; {@code not-found} for a
     *     programme that is not declared here, of which nothing would ever be told
     */
    public Webhook add(String url, @Nullable String programme, StaffUser by) {
        by.require(Roles.ADMINISTRATOR);
        if (url.length() > LONGEST_URL) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "An address has up to " + LONGEST_URL + " characters.");
        }
        try {
            postman.check(url);
        } catch (Postman.NotAllowedException e) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "This address is not called: " + e.getMessage() + ".", e);
        }
        if (programme != null) {
            programmes.get(programme);
        }
        Instant now = now();
        Webhook hook = new Webhook(uuids.next(), url, programme, by.name(), now, null, null);
        Map<String, Object> record = record(ADDED, hook.id(), now, by.pseudonym());
        record.put("url", url);
        if (programme != null) {
            record.put("programme", programme);
        }
        journal.append(new Draft(ADDED, record, hook.id().toString(), List.of(WebhookTables.insert(hook))));
        return hook;
    }

    /**
     * Ends it; what waits for it is not sent.
     *
     * @throws EntenteException {@code not-found}, {@code forbidden}; {@code request-decided} if it has ended
     */
    public Webhook end(UUID id, String reason, StaffUser by) {
        by.require(Roles.ADMINISTRATOR);
        get(id);
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "Say why, in 1 to 2000 characters.");
        }
        end(id, reason, by.pseudonym());
        return get(id);
    }

    void end(UUID id, String reason, String by) {
        Instant now = now();
        Map<String, Object> record = record(ENDED, id, now, by);
        record.put("reason", reason);
        try {
            journal.append(new Draft(ENDED, record, id.toString(), List.of(WebhookTables.end(id, reason, now))));
        } catch (ConflictingWriteException e) {
            throw new EntenteException(ErrorCode.REQUEST_DECIDED, "The webhook has ended already.", e);
        }
    }

    /** All of them, newest first. */
    public List<Webhook> list() {
        return tables.all();
    }

    /**
     * Its messages, newest first.
     *
     * @throws EntenteException {@code not-found}
     */
    public List<Webhook.Delivery> deliveries(UUID id) {
        return tables.deliveries(get(id).id());
    }

    /** @throws EntenteException {@code not-found} */
    public Webhook get(UUID id) {
        return tables.find(id)
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "There is no webhook " + id + "."));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static Map<String, Object> record(String kind, UUID hook, Instant now, String by) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("by", by);
        record.put("webhook", hook.toString());
        return record;
    }
}
