package org.entente.gateway.base;

import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes every error response: in the shape that the route's standard prescribes, else as problem+json. */
@Singleton
public final class ErrorResponses {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);

    private final List<ErrorShape> shapes;
    private final SecureRandom random;

    ErrorResponses(List<ErrorShape> shapes, SecureRandom random) {
        this.shapes = shapes;
        this.random = random;
    }

    /** The response for a refusal or failure. Anything without a code of its own is logged and shown as an incident number. */
    public MutableHttpResponse<?> of(HttpRequest<?> request, Throwable failure) {
        return write(request, problem(request, failure));
    }

    /** The response for a problem. */
    public MutableHttpResponse<?> write(HttpRequest<?> request, Problem problem) {
        return write(request, problem, HttpResponse.status(HttpStatus.valueOf(problem.status())));
    }

    MutableHttpResponse<?> write(HttpRequest<?> request, Problem problem, MutableHttpResponse<?> response) {
        if (problem.members().get("retryAfterSeconds") instanceof Number seconds) {
            response.header("Retry-After", Long.toString(seconds.longValue()));
        }
        if (request.getMethod() == HttpMethod.HEAD) {
            return response;
        }
        for (ErrorShape shape : shapes) {
            if (shape.appliesTo(request)) {
                return shape.shape(request, problem, response);
            }
        }
        return response.body(problem).contentType(Problem.MEDIA_TYPE);
    }

    /** The problem for a failure, without a response: for the signed answers of the node listener and for logs. */
    public Problem problem(HttpRequest<?> request, Throwable failure) {
        if (failure instanceof EntenteException known) {
            if (known.code() == ErrorCode.PARTNER_UNREACHABLE) {
                // No defect of this node, and its sentence says all; in a crisis it comes often.
                LOG.warn("{} {}: {}", request.getMethodName(), request.getPath(), known.getMessage());
                LOG.debug("the partner was not reached", known.getCause());
            } else if (known.code().status() >= 500) {
                LOG.warn("{} {}: {}", request.getMethodName(), request.getPath(), known.getMessage(), known.getCause());
            }
            if (known.code() != ErrorCode.INTERNAL_ERROR) {
                return Problem.of(known);
            }
        }
        byte[] number = new byte[6];
        random.nextBytes(number);
        String incident = HexFormat.of().formatHex(number);
        LOG.error("incident {}: {} {}", incident, request.getMethodName(), request.getPath(), failure);
        return Problem.of(
                ErrorCode.INTERNAL_ERROR,
                "The request failed inside the gateway; the log has the reason under incident " + incident + ".",
                Map.of("incident", incident));
    }
}
