package org.entente.gateway.base;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.Map;

/** A problem document of RFC 9457; {@code remedy} and the other members are extensions in the sense of its section 3.2. */
@JsonPropertyOrder({"type", "title", "status", "detail", "remedy"})
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String remedy,
        @JsonIgnore Map<String, Object> members) {

    /** The media type {@code application/problem+json}. */
    public static final String MEDIA_TYPE = MediaType.APPLICATION_JSON_PROBLEM;

    public static Problem of(EntenteException e) {
        return of(e.code(), e.detail(), e.members());
    }

    public static Problem of(ErrorCode code, String detail, Map<String, Object> members) {
        return new Problem(code.type(), code.title(), code.status(), detail, code.remedy(), members);
    }

    @JsonAnyGetter
    Map<String, Object> extensions() {
        return members;
    }

    /** The problem as a response, with {@code Retry-After} where the code wants the caller to wait. */
    public MutableHttpResponse<Problem> toResponse() {
        MutableHttpResponse<Problem> response = HttpResponse.<Problem>status(HttpStatus.valueOf(status))
                .body(this)
                .contentType(MEDIA_TYPE);
        if (members.get("retryAfterSeconds") instanceof Number seconds) {
            response.header("Retry-After", Long.toString(seconds.longValue()));
        }
        return response;
    }
}
