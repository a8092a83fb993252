package org.entente.gateway.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer's look-out for answers that a person of the provider decides: asks the status resource, ever more rarely, and fetches the
 * answer once there is one. Everything about the answer itself is as for any other.
 */
@Singleton
public class DeferralWatch {
    private static final Logger LOG = LoggerFactory.getLogger(DeferralWatch.class);

    private final DeferredExchanges deferred;
    private final Asking asking;
    private final Partners partners;
    private final PartnerClient client;
    private final ObjectMapper mapper;
    private final Clock clock;

    DeferralWatch(
            DeferredExchanges deferred,
            Asking asking,
            Partners partners,
            PartnerClient client,
            ObjectMapper mapper,
            Clock clock) {
        this.deferred = deferred;
        this.asking = asking;
        this.partners = partners;
        this.client = client;
        this.mapper = mapper;
        this.clock = clock;
    }

    /**
     * Where an exchange stands that waits for a person of the provider, or has waited.
     *
     * @param state {@code waiting}, {@code received}, {@code rejected} or {@code never-received}
     * @param outcome {@code permit} or {@code refusal} once received
     * @param overdue whether the due day has passed by this node's clock (UTC)
     * @param looks how often this node has looked whether it is decided
     * @param problem why the last look failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(
            String exchange,
            String partner,
            String agreement,
            String leg,
            String purpose,
            Instant since,
            String state,
            @Nullable String outcome,
            String due,
            int persons,
            boolean overdue,
            long looks,
            @Nullable Instant nextLook,
            @Nullable String problem) {}

    /** The exchanges whose answer waits for a person. */
    public List<Status> waiting() {
        return deferred.open().stream().map(this::status).toList();
    }

    /**
     * Where one of them stands.
     *
     * @throws EntenteException {@code not-found}
     */
    public Status status(UUID exchange) {
        return status(require(exchange));
    }

    /**
     * Looks now, and fetches the answer if there is one.
     *
     * @throws EntenteException {@code answer-waits} while there is none; else as {@link Asking#ask}
     */
    public Asking.Figures fetch(UUID exchange) {
        DeferredExchanges.Deferred row = require(exchange);
        if (row.isOpen() && !isAnswered(row)) {
            throw deferred.waits(row);
        }
        return asking.ask(deferred.question(row));
    }

    @Scheduled(fixedDelay = "5s", initialDelay = "5s")
    void look() {
        try {
            deferred.due().forEach(this::look);
        } catch (EntenteException e) {
            LOG.warn("exchanges that wait could not be looked at: {}", e.getMessage());
        }
    }

    private void look(DeferredExchanges.Deferred row) {
        try {
            fetch(row.id());
        } catch (EntenteException e) {
            // Waiting is no problem; a refusal has closed the exchange; anything else is tried again.
            deferred.later(row, e.code() == ErrorCode.ANSWER_WAITS ? null : e.detail());
        }
    }

    private boolean isAnswered(DeferredExchanges.Deferred row) {
        Partner partner = partners.require(row.partner());
        PartnerClient.Answered answer = client.call(
                partner,
                "GET",
                DeferralNotice.path(row.id().toString()),
                Headers.of("accept", DeferralNotice.MEDIA_TYPE),
                new byte[0],
                false);
        try {
            DeferralNotice notice = mapper.readValue(answer.body(), DeferralNotice.class);
            if (answer.response().status() == 200
                    && notice.exchange().equals(row.id().toString())) {
                return notice.state().equals(DeferralNotice.ANSWERED);
            }
        } catch (IOException e) {
            throw invalid(row, e);
        }
        throw invalid(row, null);
    }

    private static EntenteException invalid(DeferredExchanges.Deferred row, @Nullable Exception cause) {
        return new EntenteException(
                ErrorCode.PARTNER_ANSWER_INVALID,
                row.partner() + " does not say where the request " + row.id() + " stands.",
                cause);
    }

    private DeferredExchanges.Deferred require(UUID exchange) {
        Optional<DeferredExchanges.Deferred> row = deferred.find(exchange);
        return row.orElseThrow(() ->
                new EntenteException(ErrorCode.NOT_FOUND, "No answer to the exchange " + exchange + " was deferred."));
    }

    private Status status(DeferredExchanges.Deferred row) {
        boolean late = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).isAfter(LocalDate.parse(row.dueDay()));
        return new Status(
                row.id().toString(),
                row.partner(),
                row.agreement(),
                row.leg(),
                row.kept().purpose(),
                row.since(),
                row.state(),
                row.outcome(),
                row.dueDay(),
                row.persons(),
                row.isOpen() && late,
                row.attempts(),
                row.isOpen() ? row.next() : null,
                row.problem());
    }
}
