package org.entente.gateway.treaties;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.entente.agreements.Agreement;
import org.entente.agreements.prose.Difference;
import org.entente.agreements.prose.Prose;
import org.entente.agreements.prose.ProseDocument;
import org.entente.agreements.prose.ProseHtml;
import org.entente.agreements.prose.ProsePdf;
import org.entente.gateway.access.Roles;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.sdmx.Negotiation;
import org.jspecify.annotations.Nullable;

/**
 * Agreements in words, for staff: as text, as a page or as PDF, by the Accept header or {@code format=text|html|pdf}, in
 * the language of {@link ProseLanguage}.
 */
@Controller(port = Listeners.STAFF, value = "/api/agreements")
@Secured({Roles.TREATY_OFFICER, Roles.AUDITOR, Roles.STATISTICIAN, Roles.APPROVER, Roles.ADMINISTRATOR})
@ExecuteOn(TaskExecutors.BLOCKING)
final class AgreementProseController {
    /** The page holds what parties wrote, so a browser is told to run and load nothing whatever it finds in it. */
    private static final String NOTHING_ACTIVE =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

    private final Treaties treaties;

    AgreementProseController(Treaties treaties) {
        this.treaties = treaties;
    }

    /** The agreement in words. */
    @Get("/{id}/prose")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> prose(
            HttpRequest<?> request,
            String id,
            @Nullable @QueryValue String language,
            @Nullable @QueryValue String format) {
        ProseFormat chosen = choose(request, format);
        String spoken = ProseLanguage.of(request, language);
        ProseDocument prose = Prose.of(treaties.get(id).file().agreement(), spoken);
        byte[] body = switch (chosen) {
            case TEXT -> utf8(prose.plain());
            case HTML -> utf8(ProseHtml.of(prose));
            case PDF -> ProsePdf.of(prose);
        };
        return answer(chosen, spoken, body);
    }

    /**
     * What changes to this version, in words.
     *
     * @param since id or digest of the earlier version; without it the version that this one supersedes
     */
    @Get("/{id}/changes")
    @Produces(MediaType.ALL)
    HttpResponse<byte[]> changes(
            HttpRequest<?> request,
            String id,
            @Nullable @QueryValue String since,
            @Nullable @QueryValue String language,
            @Nullable @QueryValue String format) {
        ProseFormat chosen = choose(request, format);
        String spoken = ProseLanguage.of(request, language);
        Agreement after = treaties.get(id).file().agreement();
        String earlier = since == null ? after.supersedes() : since;
        if (earlier == null) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "This is the first version of the agreement; name with since= what it is to be compared with.");
        }
        Difference difference = Difference.between(treaties.get(earlier).file().agreement(), after, spoken);
        byte[] body = switch (chosen) {
            case TEXT -> utf8(difference.plain());
            case HTML -> utf8(ProseHtml.of(difference));
            case PDF -> ProsePdf.of(difference);
        };
        return answer(chosen, spoken, body);
    }

    private static ProseFormat choose(HttpRequest<?> request, @Nullable String format) {
        return Negotiation.choose(
                ProseFormat.offered(),
                String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT)),
                format == null ? Map.of() : Map.of("format", format));
    }

    private static HttpResponse<byte[]> answer(ProseFormat format, String language, byte[] body) {
        return HttpResponse.ok(body)
                .contentType(format.contentType())
                .header(HttpHeaders.CONTENT_LANGUAGE, language)
                .header(HttpHeaders.VARY, "Accept, Accept-Language, Authorization")
                .header("Content-Security-Policy", NOTHING_ACTIVE)
                .header("X-Content-Type-Options", "nosniff");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
