package org.entente.gateway.releases;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.ErrorShape;
import org.entente.gateway.base.Problem;
import org.entente.gateway.base.PublicListenerSettings;
import org.entente.gateway.base.StaffListenerSettings;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.sdmx.MessageHeader;
import org.entente.gateway.sdmx.SdmxError;

/**
 * Errors of SDMX addresses on the staff and the public listener take SDMX's shape, unless the caller asks for problem+json by name.
 * Between nodes every error is problem+json.
 */
@Singleton
final class SdmxErrorShape implements ErrorShape {

    private static final int UNAUTHENTICATED = 401;

    private final StaffListenerSettings staff;
    private final PublicListenerSettings everybody;
    private final EntenteSettings settings;
    private final Clock clock;
    private final Uuids ids;

    SdmxErrorShape(
            StaffListenerSettings staff,
            PublicListenerSettings everybody,
            EntenteSettings settings,
            Clock clock,
            Uuids ids) {
        this.staff = staff;
        this.everybody = everybody;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public boolean appliesTo(HttpRequest<?> request) {
        return request.getPath().startsWith("/sdmx/")
                && (request.getServerAddress().getPort() == staff.port() || everybody.received(request))
                && !String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT))
                        .contains(Problem.MEDIA_TYPE);
    }

    @Override
    public MutableHttpResponse<?> shape(HttpRequest<?> request, Problem problem, MutableHttpResponse<?> response) {
        if (problem.status() == UNAUTHENTICATED) {
            // Spreadsheets ask for name and key only when they are told to.
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Entente\", charset=\"UTF-8\"");
        }
        MessageHeader header = new MessageHeader(ids.next().toString(), clock.instant(), settings.party());
        SdmxError error = SdmxError.forRequest(
                request.getPath(),
                StructureAnswers.accept(request),
                request.getParameters().get("format"));
        return response.body(error.body(
                        problem.status(), problem.type(), problem.title(), problem.detail(), problem.remedy(), header))
                .contentType(error.contentType());
    }
}
