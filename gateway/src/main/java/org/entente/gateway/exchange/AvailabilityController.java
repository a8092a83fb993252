package org.entente.gateway.exchange;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.releases.PublishedRelease;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.releases.StructureAnswers;
import org.entente.gateway.releases.Structures;
import org.entente.gateway.sdmx.AvailabilityAnswer;
import org.entente.gateway.sdmx.AvailabilityQuery;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.Negotiation;
import org.entente.gateway.sdmx.RestV1;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.sdmx.StructureMessage;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;

/**
 * Which data there are, for the node's own staff (REST 2, {@code /availability}; REST 1, {@code /availableconstraint}): of this
 * node's published releases. No partner is asked; what a partner would give is told by its provision agreement's constraint.
 */
@Controller(port = Listeners.STAFF)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class AvailabilityController {

    private static final String V2 = "/sdmx/v2";
    private static final String V1 = "/sdmx/v1";

    private final Structures structures;
    private final StructureAnswers answers;
    private final Releases releases;
    private final Recalls recalls;
    private final Dataflows dataflows;

    AvailabilityController(
            Structures structures, StructureAnswers answers, Releases releases, Recalls recalls, Dataflows dataflows) {
        this.structures = structures;
        this.answers = answers;
        this.releases = releases;
        this.recalls = recalls;
        this.dataflows = dataflows;
    }

    @Get("/sdmx/v2/availability/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> availability(HttpRequest<?> request, String path) {
        AvailabilityQuery query = AvailabilityQuery.parse(
                request.getUri().getRawPath().substring(V2.length()),
                request.getUri().getRawQuery());
        return answer(request, query, StructureFormat.offered()).orElseGet(HttpResponse::noContent);
    }

    @Get("/sdmx/v1/availableconstraint/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> firstVersion(HttpRequest<?> request, String path) {
        RestV1 translated = RestV1.translate(
                request.getUri().getRawPath().substring(V1.length()),
                request.getUri().getRawQuery());
        AvailabilityQuery query = AvailabilityQuery.parse(translated.rawPath(), translated.rawQuery());
        return answer(request, query, StructureFormat.offeredFirstInVersion1())
                .orElseThrow(
                        () -> new EntenteException(ErrorCode.NOT_FOUND, "This node has no data that the query means."));
    }

    private Optional<HttpResponse<byte[]>> answer(
            HttpRequest<?> request, AvailabilityQuery query, List<StructureFormat> offered) {
        StructureFormat format = Negotiation.choose(offered, StructureAnswers.accept(request), query.format());
        Languages languages = StructureAnswers.languages(request, query.format());
        StructureMessage message = AvailabilityAnswer.of(query, structures.catalogue(), this::cubes);
        return message.isEmpty()
                ? Optional.empty()
                : Optional.of(answers.answer(request, format, header -> format.bytes(message, header, languages)));
    }

    /** What this node's releases hold of a dataflow: those under it and, in its region, those under flows of the same structure. */
    private List<Cube> cubes(Dataflow flow) {
        List<Cube> cubes = new ArrayList<>();
        for (Dataflow other : dataflows.all()) {
            if (other.structure().id().equals(flow.structure().id())) {
                for (PublishedRelease release : releases.current(other.id())) {
                    if (recalls.own(release.id()).isEmpty()) {
                        cubes.add(release.cube().slice(flow.region().selection()));
                    }
                }
            }
        }
        return cubes;
    }
}
