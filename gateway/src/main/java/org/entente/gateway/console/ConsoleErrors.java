package org.entente.gateway.console;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Map;
import org.entente.gateway.access.SessionCookie;
import org.entente.gateway.base.ErrorShape;
import org.entente.gateway.base.Problem;
import org.entente.gateway.base.StaffListenerSettings;

/** Errors of the pages are pages; whoever is not signed in is asked to. */
@Singleton
final class ConsoleErrors implements ErrorShape {
    private static final int UNAUTHENTICATED = 401;

    private final Provider<Pages> pages;
    private final StaffListenerSettings staff;

    ConsoleErrors(Provider<Pages> pages, StaffListenerSettings staff) {
        this.pages = pages;
        this.staff = staff;
    }

    @Override
    public boolean appliesTo(HttpRequest<?> request) {
        return (request.getPath().equals(SessionCookie.PAGES)
                        || request.getPath().startsWith(SessionCookie.PAGES + "/"))
                && request.getServerAddress().getPort() == staff.port();
    }

    @Override
    public MutableHttpResponse<?> shape(HttpRequest<?> request, Problem problem, MutableHttpResponse<?> response) {
        Messages say = Pages.messages(request);
        HttpStatus status = HttpStatus.valueOf(problem.status());
        if (problem.status() == UNAUTHENTICATED) {
            return pages.get()
                    .page(
                            status,
                            "signin",
                            say,
                            say.get("sign-in.title"),
                            null,
                            Map.of("problem", say.get("sign-in.again")));
        }
        return pages.get()
                .page(
                        status,
                        "error",
                        say,
                        problem.title(),
                        null,
                        Map.of("title", problem.title(), "detail", problem.detail(), "remedy", problem.remedy()));
    }
}
