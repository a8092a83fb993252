package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
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
import jakarta.inject.Named;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.BodyStream;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Gzip;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.Problem;
import org.entente.gateway.base.Validators;
import org.entente.gateway.exchange.notices.Notices;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.sdmx.DataFormat;
import org.entente.gateway.sdmx.DataMessage;
import org.entente.gateway.sdmx.DataOptions;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.Negotiation;
import org.entente.gateway.sdmx.NextPage;
import org.entente.gateway.sdmx.WorkbookPages;
import org.jspecify.annotations.Nullable;

/** SDMX data for the node's own staff (REST 2, {@code /data}). Where each partner's figures came from is said in {@code Entente-} fields. */
@Controller(port = Listeners.STAFF)
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class DataController {
    private static final String BASE = "/sdmx/v2";
    private static final int ACCEPTED = 202;

    private final StaffData data;
    private final Askers askers;
    private final FigureNotes notes;
    private final Exports exports;
    private final Notices notices;
    private final WorkbookNotes workbooks;
    private final NodeIdentity identity;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final ExecutorService executor;

    DataController(
            StaffData data,
            Askers askers,
            FigureNotes notes,
            Exports exports,
            Notices notices,
            WorkbookNotes workbooks,
            NodeIdentity identity,
            ObjectMapper mapper,
            Clock clock,
            @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
        this.data = data;
        this.askers = askers;
        this.notes = notes;
        this.exports = exports;
        this.notices = notices;
        this.workbooks = workbooks;
        this.identity = identity;
        this.mapper = mapper;
        this.clock = clock;
        this.executor = executor;
    }

    @Get("/sdmx/v2/data/{+path}")
    @Produces(MediaType.ALL)
    HttpResponse<?> data(HttpRequest<?> request, String path, StaffUser user) throws IOException {
        String rawPath = request.getUri().getRawPath().substring(BASE.length());
        DataQuery query = DataQuery.parse(rawPath, request.getUri().getRawQuery(), StaffData.PARAMETERS);
        Negotiation.Choice<DataFormat> chosen = Negotiation.negotiate(
                DataFormat.offered(),
                String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT)),
                query.extensions());
        DataOptions options = DataOptions.of(chosen.parameters(), languages(request, query));
        StaffData.Found found;
        try {
            found = data.find(query, askers.of(user));
        } catch (EntenteException e) {
            if (e.code() == ErrorCode.ANSWER_WAITS) {
                return waits(e);
            }
            throw e;
        }
        MutableHttpResponse<?> response = answer(request, found, new Form(chosen.format(), options), user);
        origins(found, response);
        if (found.goesOn()) {
            NextPage.link(query, request.getUri().getRawQuery())
                    .ifPresent(link -> response.header(HttpHeaders.LINK, link));
        }
        return response.header(HttpHeaders.VARY, "Accept, Accept-Encoding, Accept-Language, Authorization, Cookie");
    }

    /** How an answer is written. */
    private record Form(DataFormat format, DataOptions options) {}

    private static Languages languages(HttpRequest<?> request, DataQuery query) {
        String wanted = query.extensions().get("lang");
        return Languages.accepted(wanted == null ? request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE) : wanted);
    }

    private MutableHttpResponse<?> answer(HttpRequest<?> request, StaffData.Found found, Form form, StaffUser user)
            throws IOException {
        if (found.isEmpty()) {
            return HttpResponse.noContent();
        }
        DataFormat format = form.format();
        // A workbook is compressed as it is.
        boolean gzip = format.isText() && Gzip.wanted(request);
        WorkbookPages pages = format == DataFormat.XLSX ? workbooks.of(found) : null;
        Validators validators = validators(request, found, form, gzip, pages);
        if (validators.had(request)) {
            return validators.on(HttpResponse.notModified());
        }
        MutableHttpResponse<?> response = validators.on(HttpResponse.ok());
        if (gzip) {
            response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        boolean export = "true".equals(found.query().query().extensions().get("export"));
        if (export || !format.isText()) {
            response.header(
                    HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"figures." + format.extension() + "\"");
        }
        if (request.getMethod() == HttpMethod.HEAD) {
            return response.contentType(format.contentType());
        }
        DataMessage message = found.message(
                        new MessageHeader(UUID.randomUUID().toString(), clock.instant(), identity.party()))
                .withOptions(form.options());
        DataMessage written = pages == null ? message : message.withWorkbook(pages);
        BodyStream body = BodyStream.begin(executor, out -> write(format, written, out, gzip));
        if (export) {
            // The copy is recorded with the person who takes it before it is handed over.
            exports.record(found.figures(), user).forEach(id -> response.header("Entente-Export", id.toString()));
        }
        return response.body(body).contentType(format.contentType());
    }

    private static void write(DataFormat format, DataMessage message, OutputStream out, boolean gzip)
            throws IOException {
        if (gzip) {
            try (OutputStream compressed = Gzip.over(out)) {
                format.write(message, compressed);
            }
        } else {
            format.write(message, out);
        }
    }

    /** What stands beside the figures in a workbook may change while they do not: a report that comes late, a recall. */
    private static Validators validators(
            HttpRequest<?> request, StaffData.Found found, Form form, boolean gzip, @Nullable WorkbookPages pages) {
        String content =
                found.sources() + request.getUri() + "\n" + form + "\n" + gzip + (pages == null ? "" : "\n" + pages);
        byte[] digest = Digests.sha256(content.getBytes(StandardCharsets.UTF_8));
        return Validators.of(Base64Url.encode(digest), found.changed());
    }

    /** A partner lets a person decide: no figures yet, and where to ask after them. */
    private HttpResponse<byte[]> waits(EntenteException e) {
        String exchange = String.valueOf(e.members().get("exchange"));
        Problem notice = new Problem(
                e.code().type(),
                e.code().title(),
                ACCEPTED,
                e.detail(),
                e.code().remedy(),
                e.members());
        try {
            return HttpResponse.<byte[]>accepted()
                    .body(mapper.writeValueAsBytes(notice))
                    .contentType(MediaType.APPLICATION_JSON_PROBLEM)
                    .header("Location", "/api/exchanges/" + exchange + "/status")
                    .header("Entente-Exchange", exchange);
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void origins(StaffData.Found found, MutableHttpResponse<?> response) {
        for (StaffData.Missing missing : found.missing()) {
            response.header("Entente-Missing", unheard(missing.party(), missing.code(), missing.sentence()));
        }
        for (Asking.Figures figures : found.figures()) {
            Duration age = Duration.between(figures.received(), clock.instant());
            response.header("Entente-Exchange", figures.exchange().toString());
            response.header(
                    "Entente-Source",
                    figures.provider() + ";exchange=" + figures.exchange() + ";leg=" + figures.leg() + ";held="
                            + (figures.held() ? "?1" : "?0") + ";age=" + Math.max(0, age.toSeconds()));
            Asking.Failure failure = figures.failure();
            if (failure != null) {
                response.header("Entente-Failure", unheard(figures.provider(), failure.code(), failure.sentence()));
            }
            notices.outdated(figures.exchange()).ifPresent(newer -> response.header("Entente-Outdated", newer.field()));
            Duties duties = figures.duties();
            if (duties != null) {
                response.header("Entente-Obligations", duties.field(figures.provider()));
            }
            int said = notes.count(figures.agreement(), figures.release());
            if (said > 0) {
                response.header(
                        "Entente-Notes",
                        figures.provider() + ";count=" + said + ";at=\"/api/exchanges/" + figures.exchange()
                                + "/notes\"");
            }
        }
    }

    private static String unheard(String party, String code, String sentence) {
        return party + ";code=" + code + ";detail*=UTF-8''"
                + URLEncoder.encode(sentence, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
