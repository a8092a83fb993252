package org.entente.gateway.base;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;

/**
 * Another shape for errors than problem+json, for the routes of a standard that prescribes its own (SDMX). A bean of this
 * type is asked for every error response before it is written.
 */
public interface ErrorShape {

    /** Whether errors of this request take this shape. */
    boolean appliesTo(HttpRequest<?> request);

    /** Sets body and content type of the response, which has its status and headers already. */
    MutableHttpResponse<?> shape(HttpRequest<?> request, Problem problem, MutableHttpResponse<?> response);
}
