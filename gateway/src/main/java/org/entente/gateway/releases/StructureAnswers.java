package org.entente.gateway.releases;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.sdmx.Format;
import org.entente.gateway.sdmx.Languages;
import org.entente.gateway.sdmx.MessageHeader;
import org.jspecify.annotations.Nullable;

/**
 * Answers with structures: the language that the caller wants, the fields by which caches know an answer again (RFC 9110,
 * section 8.8), and {@code 304} for a caller who has it already. The content, not the message's own id and time, makes the tag.
 */
@Singleton
public class StructureAnswers {

    private static final int REMEMBERED = 10_000;
    private static final String SAME = "same";

    private final EntenteSettings settings;
    private final Clock clock;
    private final Uuids ids;
    private final Cache<String, Instant> since;

    StructureAnswers(EntenteSettings settings, Clock clock, Uuids ids) {
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
        this.since = Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    }

    /** The Accept field of a request, all its lines together. */
    public static @Nullable String accept(HttpRequest<?> request) {
        String accept = String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT));
        return accept.isBlank() ? null : accept;
    }

    /** The languages that a request wants. */
    public static Languages languages(HttpRequest<?> request, Map<String, String> parameters) {
        return Languages.of(
                String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT_LANGUAGE)), parameters.get("lang"));
    }

    /**
     * The answer.
     *
     * @param writer makes the body with the header that it is given
     */
    public MutableHttpResponse<byte[]> answer(
            HttpRequest<?> request, Format format, Function<MessageHeader, byte[]> writer) {
        byte[] content = writer.apply(new MessageHeader(SAME, Instant.EPOCH, settings.party()));
        String tag = "W/\"" + digest(format.contentType(), content) + "\"";
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant changed = since.get(tag, key -> now);
        MutableHttpResponse<byte[]> response = has(request, tag, changed)
                ? HttpResponse.status(HttpStatus.NOT_MODIFIED)
                : HttpResponse.ok(writer.apply(
                                new MessageHeader(ids.next().toString(), clock.instant(), settings.party())))
                        .contentType(format.contentType());
        return response.header(HttpHeaders.ETAG, tag)
                .header(
                        HttpHeaders.LAST_MODIFIED,
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(changed.atZone(ZoneOffset.UTC)))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, "Accept, Accept-Encoding, Accept-Language, Authorization");
    }

    private static boolean has(HttpRequest<?> request, String tag, Instant changed) {
        String known = String.join(",", request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH));
        if (!known.isBlank()) {
            for (String one : known.split(",")) {
                String stripped = one.strip();
                if (stripped.equals("*") || stripped.equals(tag) || ("W/" + stripped).equals(tag)) {
                    return true;
                }
            }
            return false;
        }
        String field = request.getHeaders().get(HttpHeaders.IF_MODIFIED_SINCE);
        try {
            return field != null
                    && !changed.isAfter(ZonedDateTime.parse(field, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            // A date that is none is as good as no field (RFC 9110, section 13.1.3).
            return false;
        }
    }

    private static String digest(String type, byte[] content) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(type.getBytes(StandardCharsets.UTF_8));
            return Base64Url.encode(sha.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
