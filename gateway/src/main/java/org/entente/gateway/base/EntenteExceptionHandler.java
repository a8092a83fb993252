package org.entente.gateway.base;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Refusals and failures with a code of the catalogue. */
@Singleton
@Produces
final class EntenteExceptionHandler implements ExceptionHandler<EntenteException, HttpResponse<?>> {

    private final ErrorResponses responses;

    EntenteExceptionHandler(ErrorResponses responses) {
        this.responses = responses;
    }

    @Override
    public HttpResponse<?> handle(HttpRequest request, EntenteException exception) {
        return responses.of(request, exception);
    }
}
