package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.releases.StructureAnswers;
import org.entente.gateway.sdmx.AvailabilityAnswer;
import org.entente.gateway.sdmx.AvailabilityQuery;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.DataOptions;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.Negotiation;
import org.entente.gateway.sdmx.NextPage;
import org.entente.gateway.sdmx.RestV1;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.sdmx.StructureMessage;
import org.entente.gateway.sdmx.StructureQuery;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;

/**
 * SDMX for everybody over what published profiles show: REST 2 ({@code /structure}, {@code /data}, {@code /availability}), and REST 1 for
 * tools that speak nothing else, whose addresses are translated ({@link RestV1}) and answered as that version has it: SDMX-ML 2.1 unless
 * asked otherwise, code lists for all dimensions, and 404 where nothing is found.
 */
@Controller(port = Listeners.PUBLIC)
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class PublicSdmx {
    private static final String BASE = "/sdmx/v2";
    private static final String FIRST = "/sdmx/v1";
    private static final String GENERIC = "application/vnd.sdmx.genericdata+xml;version=2.1";

    private final PublishedData published;
    private final StructureAnswers answers;
    private final EntenteSettings settings;

    PublicSdmx(PublishedData published, StructureAnswers answers, EntenteSettings settings) {
        this.published = published;
        this.answers = answers;
        this.settings = settings;
    }

    /** Everything that is published. */
    @Get("/sdmx/v2/structure")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> structures(HttpRequest<?> request) {
        return structure(request);
    }

    /** @param path artefacts that are asked for; read from the request, since the framework turns a version's {@code +} into a space */
    @Get("/sdmx/v2/structure/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> structure(HttpRequest<?> request, String path) {
        return structure(request);
    }

    private HttpResponse<byte[]> structure(HttpRequest<?> request) {
        StructureQuery query =
                StructureQuery.parse(path(request), request.getUri().getRawQuery());
        return structure(request, query.format(), query.select(published.catalogue()), StructureFormat.offered())
                .orElseGet(HttpResponse::noContent);
    }

    private Optional<HttpResponse<byte[]>> structure(
            HttpRequest<?> request,
            Map<String, String> wanted,
            StructureMessage message,
            List<StructureFormat> offered) {
        StructureFormat format = Negotiation.choose(offered, StructureAnswers.accept(request), wanted);
        Languages languages = StructureAnswers.languages(request, wanted);
        return message.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        open(answers.answer(request, format, header -> format.bytes(message, header, languages))));
    }

    /** @param path see {@link #structure(HttpRequest, String)} */
    @Get("/sdmx/v1/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> firstVersion(HttpRequest<?> request, String path) throws IOException {
        RestV1 translated = RestV1.translate(
                request.getUri().getRawPath().substring(FIRST.length()),
                request.getUri().getRawQuery());
        Optional<HttpResponse<byte[]>> answer;
        if (translated.rawPath().startsWith("/data/")) {
            String accept = StructureAnswers.accept(request);
            boolean any = accept == null || accept.strip().equals("*/*");
            answer =
                    data(request, DataQuery.parse(translated.rawPath(), translated.rawQuery()), any ? GENERIC : accept);
        } else if (translated.rawPath().startsWith("/availability/")) {
            answer = availability(
                    request,
                    AvailabilityQuery.parse(translated.rawPath(), translated.rawQuery()),
                    StructureFormat.offeredFirstInVersion1());
        } else {
            StructureQuery query = StructureQuery.parse(translated.rawPath(), translated.rawQuery());
            answer = structure(
                    request,
                    query.format(),
                    query.select(published.catalogue().withListedDimensions()),
                    StructureFormat.offeredFirstInVersion1());
        }
        return answer.orElseThrow(() ->
                new EntenteException(ErrorCode.NOT_FOUND, "No published profile shows anything that the query means."));
    }

    private static String path(HttpRequest<?> request) {
        return request.getUri().getRawPath().substring(BASE.length());
    }

    /** @param path see {@link #structure(HttpRequest, String)} */
    @Get("/sdmx/v2/availability/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> availability(HttpRequest<?> request, String path) {
        AvailabilityQuery query =
                AvailabilityQuery.parse(path(request), request.getUri().getRawQuery());
        return availability(request, query, StructureFormat.offered()).orElseGet(HttpResponse::noContent);
    }

    private Optional<HttpResponse<byte[]>> availability(
            HttpRequest<?> request, AvailabilityQuery query, List<StructureFormat> offered) {
        StructureMessage message =
                AvailabilityAnswer.of(query, published.catalogue(), flow -> List.of(published.cube(flow)));
        return structure(request, query.format(), message, offered);
    }

    /** @param path see {@link #structure(HttpRequest, String)} */
    @Get("/sdmx/v2/data/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> data(HttpRequest<?> request, String path) throws IOException {
        DataQuery query = DataQuery.parse(path(request), request.getUri().getRawQuery());
        return data(request, query, StructureAnswers.accept(request)).orElseGet(HttpResponse::noContent);
    }

    private Optional<HttpResponse<byte[]>> data(HttpRequest<?> request, DataQuery query, @Nullable String accept)
            throws IOException {
        Negotiation.Choice<DataFormat> chosen = Negotiation.negotiate(DataFormat.offered(), accept, query.extensions());
        DataFormat format = chosen.format();
        Dataflow flow = flow(query);
        BoundQuery bound = query.bind(flow.structure());
        Cube cube = published.cube(flow).slice(bound.selection());
        if (!bound.paged(cube.cursor()).next()) {
            return Optional.empty();
        }
        // The message's own id and time follow from the publication, so that equal content has an equal tag.
        MessageHeader header = new MessageHeader(
                settings.party() + "-" + published.changed().toEpochMilli(), published.changed(), settings.party());
        DataOptions options =
                DataOptions.of(chosen.parameters(), StructureAnswers.languages(request, query.extensions()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(DataMessage.of(flow, cube, bound, header).withOptions(options), out);
        MutableHttpResponse<byte[]> response =
                open(SitePages.known(request, out.toByteArray(), format.contentType(), SiteFiles.SHORT));
        if (!format.isText()) {
            response.header(
                    HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"figures." + format.extension() + "\"");
        }
        if (bound.goesOn(cube.cursor())) {
            NextPage.link(query, request.getUri().getRawQuery())
                    .ifPresent(link -> response.header(HttpHeaders.LINK, link));
        }
        return Optional.of(response);
    }

    private Dataflow flow(DataQuery query) {
        List<Dataflow> all = published.flows();
        Set<Dataflow> meant = new LinkedHashSet<>();
        if (query.inContext(DataQuery.Context.DATAFLOW)) {
            meant.addAll(query.artefact().select(all, Dataflow::id));
        }
        if (query.inContext(DataQuery.Context.DATASTRUCTURE)) {
            meant.addAll(query.artefact().select(all, flow -> flow.structure().id()));
        }
        return switch (meant.size()) {
            case 0 ->
                throw new EntenteException(
                        ErrorCode.NOT_FOUND,
                        "No published profile shows figures of the artefact that the query names.");
            case 1 -> meant.iterator().next();
            default ->
                throw new EntenteException(
                        ErrorCode.QUERY_UNFIT, "The query means several dataflows; name one of them.");
        };
    }

    /** Public data may be read by pages of any origin, and kept for a short time by anybody. */
    private static MutableHttpResponse<byte[]> open(MutableHttpResponse<byte[]> response) {
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, SiteFiles.SHORT);
        response.getHeaders().set(HttpHeaders.VARY, "Accept, Accept-Language");
        response.getHeaders().set("Access-Control-Allow-Origin", "*");
        return response;
    }
}
