package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.entente.gateway.base.Listeners;

/** Style and scripts of the public pages; all of them lie in the program. */
@Controller(port = Listeners.PUBLIC, value = "/site")
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class SiteFiles {
    static final String SHORT = "public, max-age=60";

    private static final String HOUR = "public, max-age=3600";
    private static final String SCRIPT = "text/javascript;charset=utf-8";
    private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.min.js";

    @Get("/style.css")
    @Produces("text/css")
    HttpResponse<byte[]> style(HttpRequest<?> request) {
        return SitePages.known(request, own("style.css"), "text/css;charset=utf-8", HOUR);
    }

    /** Draws tables that stand on a page. */
    @Get("/charts.js")
    @Produces("text/javascript")
    HttpResponse<byte[]> charts(HttpRequest<?> request) {
        return SitePages.known(request, own("charts.js"), SCRIPT, HOUR);
    }

    /** Apache ECharts as its makers built it; its licence stands at its head. */
    @Get("/echarts.js")
    @Produces("text/javascript")
    HttpResponse<byte[]> echarts(HttpRequest<?> request) {
        return SitePages.known(request, own(ECHARTS), SCRIPT, HOUR);
    }

    static byte[] own(String name) {
        try (InputStream in = Objects.requireNonNull(SiteFiles.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
