package org.entente.gateway.releases;

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
import java.util.Optional;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.sdmx.Catalogue;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.Negotiation;
import org.entente.gateway.sdmx.RestV1;
import org.entente.gateway.sdmx.SchemaAnswer;
import org.entente.gateway.sdmx.SchemaFormat;
import org.entente.gateway.sdmx.SchemaQuery;
import org.entente.gateway.sdmx.StructureFormat;
import org.entente.gateway.sdmx.StructureMessage;
import org.entente.gateway.sdmx.StructureQuery;

/**
 * SDMX structures and schemas for the node's own staff (REST 2, {@code /structure} and {@code /schema}; REST 1, the artefact
 * types), so that tools can read what data they may ask for. The path bound by the framework is not used: it turns the version
 * {@code +} into a space.
 */
@Controller(port = Listeners.STAFF)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StructureController {

    private static final String V2 = "/sdmx/v2";
    private static final String V1 = "/sdmx/v1";

    private final Structures structures;
    private final StructureAnswers answers;

    StructureController(Structures structures, StructureAnswers answers) {
        this.structures = structures;
        this.answers = answers;
    }

    /** Everything that is held. */
    @Get("/sdmx/v2/structure")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> everything(HttpRequest<?> request) {
        return structure(request);
    }

    @Get("/sdmx/v2/structure/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> some(HttpRequest<?> request, String path) {
        return structure(request);
    }

    private HttpResponse<byte[]> structure(HttpRequest<?> request) {
        StructureQuery query = StructureQuery.parse(
                request.getUri().getRawPath().substring(V2.length()),
                request.getUri().getRawQuery());
        return structure(request, query, structures.catalogue(), StructureFormat.offered())
                .orElseGet(HttpResponse::noContent);
    }

    private Optional<HttpResponse<byte[]>> structure(
            HttpRequest<?> request,
            StructureQuery query,
            Catalogue catalogue,
            java.util.List<StructureFormat> offered) {
        StructureFormat format = Negotiation.choose(offered, StructureAnswers.accept(request), query.format());
        Languages languages = StructureAnswers.languages(request, query.format());
        StructureMessage message = query.select(catalogue);
        if (message.isEmpty()) {
            return Optional.empty();
        }
        if (!format.canShow(message)) {
            throw new EntenteException(
                    ErrorCode.NOT_ACCEPTABLE,
                    "SDMX-ML " + format.version() + " has no maps of tables; ask for SDMX-ML 3.0 or SDMX-JSON.");
        }
        return Optional.of(answers.answer(request, format, header -> format.bytes(message, header, languages)));
    }

    @Get("/sdmx/v2/schema/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> schema(HttpRequest<?> request, String path) {
        SchemaQuery query = SchemaQuery.parse(
                request.getUri().getRawPath().substring(V2.length()),
                request.getUri().getRawQuery());
        SchemaFormat format =
                Negotiation.choose(SchemaFormat.offered(), StructureAnswers.accept(request), query.format());
        Languages languages = StructureAnswers.languages(request, query.format());
        Optional<SchemaAnswer> answer = SchemaAnswer.of(query, structures.catalogue());
        return answer.isEmpty()
                ? HttpResponse.noContent()
                : answers.answer(request, format, header -> answer.get().bytes(format, header, languages));
    }

    /** @param path what is asked for; none of it is kept */
    @Get("/sdmx/v2/registration/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> registration(String path) {
        throw new EntenteException(
                ErrorCode.NOT_IMPLEMENTED, "This node is no registry: its data are registered by agreements.");
    }

    /**
     * REST 1: the type of artefact is the first part of the path, SDMX-ML 2.1 the default, and nothing found is 404. Each dimension has
     * a code list here, since widespread tools of this version read no other.
     */
    @Get("/sdmx/v1/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> firstVersion(HttpRequest<?> request, String path) {
        RestV1 translated = RestV1.translate(
                request.getUri().getRawPath().substring(V1.length()),
                request.getUri().getRawQuery());
        StructureQuery query = StructureQuery.parse(translated.rawPath(), translated.rawQuery());
        return structure(
                        request,
                        query,
                        structures.catalogue().withListedDimensions(),
                        StructureFormat.offeredFirstInVersion1())
                .orElseThrow(() ->
                        new EntenteException(ErrorCode.NOT_FOUND, "This node holds no artefact that the query means."));
    }
}
