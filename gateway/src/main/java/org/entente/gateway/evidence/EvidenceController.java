package org.entente.gateway.evidence;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.exchange.AnsweredExchanges;
import org.entente.gateway.exchange.AskedExchanges;
import org.entente.gateway.exchange.ExchangeHeaders;
import org.jspecify.annotations.Nullable;

/** The exchanges of this node and their evidence, for its own staff. */
@Controller(port = Listeners.STAFF, value = "/api/exchanges")
@Secured({Roles.STATISTICIAN, Roles.TREATY_OFFICER, Roles.AUDITOR, Roles.ADMINISTRATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
class EvidenceController {
    private static final int MOST = 1_000;

    private final Evidence evidence;
    private final DeliveredPacks packs;
    private final AskedExchanges asked;
    private final AnsweredExchanges answered;

    EvidenceController(Evidence evidence, DeliveredPacks packs, AskedExchanges asked, AnsweredExchanges answered) {
        this.evidence = evidence;
        this.packs = packs;
        this.asked = asked;
        this.answered = answered;
    }

    /** One exchange in a list; {@code side} is this node's. */
    record Line(
            String exchange,
            String side,
            String partner,
            String state,
            @Nullable String outcome,
            @Nullable String agreement,
            @Nullable String leg,
            Instant time) {}

    /** The latest exchanges that this node asked for. */
    @Get("/asked")
    List<Line> asked(@QueryValue(defaultValue = "100") int limit) {
        return asked.latest(Math.min(limit, MOST)).stream()
                .map(a -> new Line(
                        a.id().toString(),
                        "consumer",
                        a.partner(),
                        a.state().text(),
                        a.outcome(),
                        a.agreement(),
                        a.leg(),
                        a.asked()))
                .toList();
    }

    /** The latest exchanges that this node answered. */
    @Get("/answered")
    List<Line> answered(@QueryValue(defaultValue = "100") int limit) {
        return answered.latest(Math.min(limit, MOST)).stream()
                .map(a -> new Line(
                        a.id().toString(),
                        "provider",
                        a.partner(),
                        a.receipt() == null ? "answered" : a.receipt(),
                        a.outcome(),
                        a.agreement(),
                        a.leg(),
                        a.answered()))
                .toList();
    }

    /** The evidence file of an exchange that this node asked for, or, with {@code partner}, that it answered. */
    @Get("/{exchange}/evidence")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> evidence(String exchange, @Nullable @QueryValue String partner) {
        UUID id = ExchangeHeaders.exchangeId(exchange);
        EvidenceFile file = partner == null ? evidence.ofAsked(id) : evidence.ofAnswered(partner, id);
        return HttpResponse.ok(file.encode())
                .header("Content-Disposition", "attachment; filename=\"" + id + ".evidence.json\"");
    }

    /** The evidence file of the figures of an opened crisis pack, from this node's side: as its consumer, or as the provider that made it. */
    @Get("/packs/{pack}/evidence")
    @Produces(MediaType.APPLICATION_JSON)
    HttpResponse<byte[]> packEvidence(String pack) {
        UUID id = ExchangeHeaders.exchangeId(pack);
        return HttpResponse.ok(packs.fromThisSide(id))
                .header("Content-Disposition", "attachment; filename=\"" + id + ".pack.evidence.json\"");
    }
}
