package org.entente.gateway.releases;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.MetadataFormat;
import org.entente.gateway.sdmx.MetadataQuery;
import org.entente.gateway.sdmx.Negotiation;
import org.entente.gateway.statistics.MetadataSet;
import org.jspecify.annotations.Nullable;

/** Reports about data for the node's own staff: by SDMX (REST 2, {@code /metadata}), and as they are brought and kept. */
@Controller(port = Listeners.STAFF)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class MetadataController {

    private static final String V2 = "/sdmx/v2";
    private static final String DOCUMENT = "application/vnd.sdmx.metadata+json;version=2.0.0";

    private final DatasetMetadata metadata;
    private final Datasets datasets;
    private final List<MetadataSource> sources;
    private final StructureAnswers answers;

    MetadataController(
            DatasetMetadata metadata, Datasets datasets, List<MetadataSource> sources, StructureAnswers answers) {
        this.metadata = metadata;
        this.datasets = datasets;
        this.sources = sources;
        this.answers = answers;
    }

    /** Refused with the forms that a query may have. */
    @Get("/sdmx/v2/metadata")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> unspecific(HttpRequest<?> request) {
        return query(request);
    }

    /** @param path read from the request as it came */
    @Get("/sdmx/v2/metadata/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> some(HttpRequest<?> request, String path) {
        return query(request);
    }

    private HttpResponse<byte[]> query(HttpRequest<?> request) {
        MetadataQuery query = MetadataQuery.parse(
                request.getUri().getRawPath().substring(V2.length()),
                request.getUri().getRawQuery());
        MetadataFormat format =
                Negotiation.choose(MetadataFormat.offered(), StructureAnswers.accept(request), query.format());
        Languages languages = StructureAnswers.languages(request, query.format());
        List<MetadataSet> held = new ArrayList<>();
        sources.forEach(source -> held.addAll(source.metadataSets()));
        List<MetadataSet> found = query.select(held);
        return found.isEmpty()
                ? HttpResponse.noContent()
                : answers.answer(request, format, header -> format.bytes(found, query.stubs(), header, languages));
    }

    /**
     * The body is a report in YAML or JSON.
     *
     * @param flow metadataflow, {@code AGENCY:ID(VERSION)}; without it the one that ships
     * @param language of texts that name none; without it English
     */
    @Post(value = "/api/datasets/{id}/metadata", consumes = MediaType.ALL)
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    DatasetMetadata.Described describe(
            String id,
            @Nullable @QueryValue String flow,
            @Nullable @QueryValue String language,
            @Body byte[] report,
            StaffUser by) {
        return metadata.describe(id, report, flow, language, by);
    }

    /** The report that the next release would be published with. */
    @Get("/api/datasets/{id}/metadata")
    @Produces(DOCUMENT)
    byte[] newest(String id) {
        datasets.get(id);
        return metadata.newest(id)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "Nothing is said of the dataset " + id + " by any headings."));
    }

    /** The report that a release was published with. */
    @Get("/api/releases/{id}/metadata")
    @Produces(DOCUMENT)
    byte[] ofRelease(UUID id) {
        return metadata.ofRelease(id)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "The release " + id + " was published without a report."));
    }
}
