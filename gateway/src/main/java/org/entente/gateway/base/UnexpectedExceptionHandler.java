package org.entente.gateway.base;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Everything that nobody foresaw: logged with its stack trace, shown as an incident number only. */
@Singleton
@Produces
final class UnexpectedExceptionHandler implements ExceptionHandler<Throwable, HttpResponse<?>> {

    private final ErrorResponses responses;

    UnexpectedExceptionHandler(ErrorResponses responses) {
        this.responses = responses;
    }

    @Override
    public HttpResponse<?> handle(HttpRequest request, Throwable exception) {
        return responses.of(request, exception);
    }
}
