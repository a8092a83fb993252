package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.entente.gateway.base.ErrorShape;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.Problem;
import org.entente.gateway.base.PublicListenerSettings;

/** Errors on the public listener are pages, but for SDMX's addresses and deposits by a link. */
@Singleton
@Requires(property = Listeners.PUBLIC_PORT)
final class SiteErrors implements ErrorShape {
    private final Provider<SitePages> pages;
    private final PublicListenerSettings listener;

    SiteErrors(Provider<SitePages> pages, PublicListenerSettings listener) {
        this.pages = pages;
        this.listener = listener;
    }

    @Override
    public boolean appliesTo(HttpRequest<?> request) {
        return listener.received(request)
                && !request.getPath().startsWith("/sdmx/")
                && !request.getPath().startsWith(ReadOnlyDoor.DEPOSITS);
    }

    @Override
    public MutableHttpResponse<?> shape(HttpRequest<?> request, Problem problem, MutableHttpResponse<?> response) {
        Reader reader = Reader.of(request);
        String code = problem.type().substring(problem.type().lastIndexOf('/') + 1);
        return pages.get()
                .error(
                        HttpStatus.valueOf(problem.status()),
                        reader,
                        reader.say().find("code." + code).orElse(problem.title()),
                        problem.detail(),
                        problem.remedy());
    }
}
