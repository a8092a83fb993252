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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.entente.gateway.access.StaffUser;
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
import org.entente.gateway.statistics.CubeUnion;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Dataflows;

/**
 * Which data there are, for the node's own staff (REST 2, {@code /availability}; REST 1, {@code /availableconstraint}): of this
 * node's published releases, and of partners' answers that it holds and may show to who asks. No partner is asked; what a partner would give
 * is told by its provision agreement's constraint.
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
    private final Asking asking;
    private final Askers askers;
    private final Cubes cubes;

    AvailabilityController(
            Structures structures,
            StructureAnswers answers,
            Releases releases,
            Recalls recalls,
            Dataflows dataflows,
            Asking asking,
            Askers askers,
            Cubes cubes) {
        this.structures = structures;
        this.answers = answers;
        this.releases = releases;
        this.recalls = recalls;
        this.dataflows = dataflows;
        this.asking = asking;
        this.askers = askers;
        this.cubes = cubes;
    }

    @Get("/sdmx/v2/availability/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> availability(HttpRequest<?> request, String path, StaffUser user) {
        AvailabilityQuery query = AvailabilityQuery.parse(
                request.getUri().getRawPath().substring(V2.length()),
                request.getUri().getRawQuery());
        return answer(request, query, user, StructureFormat.offered()).orElseGet(HttpResponse::noContent);
    }

    @Get("/sdmx/v1/availableconstraint/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> firstVersion(HttpRequest<?> request, String path, StaffUser user) {
        RestV1 translated = RestV1.translate(
                request.getUri().getRawPath().substring(V1.length()),
                request.getUri().getRawQuery());
        AvailabilityQuery query = AvailabilityQuery.parse(translated.rawPath(), translated.rawQuery());
        return answer(request, query, user, StructureFormat.offeredFirstInVersion1())
                .orElseThrow(
                        () -> new EntenteException(ErrorCode.NOT_FOUND, "This node has no data that the query means."));
    }

    private Optional<HttpResponse<byte[]>> answer(
            HttpRequest<?> request, AvailabilityQuery query, StaffUser user, List<StructureFormat> offered) {
        StructureFormat format = Negotiation.choose(offered, StructureAnswers.accept(request), query.format());
        Languages languages = StructureAnswers.languages(request, query.format());
        StructureMessage message = AvailabilityAnswer.of(query, structures.catalogue(), flow -> cubes(flow, user));
        return message.isEmpty()
                ? Optional.empty()
                : Optional.of(answers.answer(request, format, header -> format.bytes(message, header, languages)));
    }

    /**
     * What is at hand of a dataflow: under it and, in its region, under flows of the same structure; this node's releases, and of each partner
     * the newest answer about each cell.
     */
    private List<Cube> cubes(Dataflow flow, StaffUser user) {
        List<Cube> found = new ArrayList<>();
        Map<String, List<Cube>> held = new TreeMap<>();
        for (Dataflow other : dataflows.all()) {
            if (!other.structure().id().equals(flow.structure().id())) {
                continue;
            }
            for (PublishedRelease release : releases.current(other.id())) {
                if (recalls.own(release.id()).isEmpty()) {
                    found.add(release.cube());
                }
            }
            for (Asking.Figures figures : asking.atHand(other, askers.of(user))) {
                held.computeIfAbsent(figures.provider(), provider -> new ArrayList<>())
                        .add(cubes.read(other, figures.bodyDigest(), figures.content()));
            }
        }
        held.values().forEach(answers -> found.add(CubeUnion.overlay(flow.structure(), answers)));
        return found.stream().map(cube -> cube.slice(flow.region().selection())).toList();
    }
}
