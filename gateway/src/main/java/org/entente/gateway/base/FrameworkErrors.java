package org.entente.gateway.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the framework itself refuses (no such route, wrong method, unreadable body, ...) in the same shape as all the rest. */
@Singleton
final class FrameworkErrors implements ErrorResponseProcessor<Object> {

    private final ErrorResponses responses;

    FrameworkErrors(ErrorResponses responses) {
        this.responses = responses;
    }

    @Override
    @SuppressWarnings("unchecked")
    public MutableHttpResponse<Object> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
        int status = base.code();
        Problem problem = status >= 500 && status != 501 && status != 503
                ? responses.problem(
                        context.getRequest(),
                        context.getRootCause().orElseGet(() -> new IllegalStateException(said(context))))
                : refusal(status, context);
        return (MutableHttpResponse<Object>) responses.write(context.getRequest(), problem, base);
    }

    private static Problem refusal(int status, ErrorContext context) {
        ErrorCode code = codeFor(status);
        String detail = context.getRootCause()
                .flatMap(FrameworkErrors::unreadableJson)
                .orElseGet(() -> switch (code) {
                    case NOT_FOUND ->
                        "There is nothing at " + context.getRequest().getPath() + ".";
                    default -> said(context);
                });
        return new Problem(code.type(), code.title(), status, detail, code.remedy(), Map.of());
    }

    private static ErrorCode codeFor(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 406 -> ErrorCode.NOT_ACCEPTABLE;
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ErrorCode.TOO_MANY_REQUESTS;
            case 431 -> ErrorCode.HEADERS_TOO_LARGE;
            case 501 -> ErrorCode.NOT_IMPLEMENTED;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> ErrorCode.REQUEST_MALFORMED;
        };
    }

    private static String said(ErrorContext context) {
        String messages = context.getErrors().stream().map(Error::getMessage).collect(Collectors.joining("; "));
        return messages.isEmpty() ? "The request was refused." : messages;
    }

    /** Where a JSON body is wrong, without the names of our classes, which Jackson's own message would show. */
    private static Optional<String> unreadableJson(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof JsonProcessingException json) {
                String place = json.getLocation() == null
                        ? ""
                        : " (line " + json.getLocation().getLineNr() + ", column "
                                + json.getLocation().getColumnNr() + ")";
                return Optional.of(what(json) + place + ".");
            }
        }
        return Optional.empty();
    }

    private static String what(JsonProcessingException json) {
        if (json instanceof UnrecognizedPropertyException unknown) {
            return "The body has a member that is not known here: " + unknown.getPropertyName();
        }
        if (json instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String path = mapping.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                    .collect(Collectors.joining("/"));
            return "The body's member " + path + " has no usable value";
        }
        return "The body is not readable JSON";
    }
}
