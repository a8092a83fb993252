package org.entente.gateway.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.entente.gateway.access.SessionCookie;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.partners.NodeIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Renders the pages from templates that were compiled with the program. Every page forbids scripts, foreign sources of any kind, framing and
 * forms that go elsewhere.
 */
@Singleton
class Pages {
    static final String HTML = "text/html;charset=utf-8";

    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    /** Paths of the pages that every page leads to, by their templates. */
    private static final SequencedMap<String, String> PLACES = new LinkedHashMap<>();

    static {
        PLACES.put("ask", "");
        PLACES.put("notices", "/notices");
        PLACES.put("library", "/library");
        PLACES.put("consultations", "/consultations");
    }

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final NodeIdentity identity;
    private final EntenteSettings settings;

    Pages(NodeIdentity identity, EntenteSettings settings) {
        this.identity = identity;
        this.settings = settings;
        templates.setBinaryStaticContent(false);
    }

    /** The texts that the caller wants: {@code lang=}, else what the browser prefers. */
    static Messages messages(HttpRequest<?> request) {
        String wanted = request.getParameters().get("lang");
        return wanted != null && Messages.LANGUAGES.contains(wanted)
                ? Messages.in(wanted)
                : Messages.accepted(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE));
    }

    /**
     * A page.
     *
     * @param template name below {@code console/}, without its ending
     * @param user who is signed in, or null
     */
    MutableHttpResponse<byte[]> page(
            HttpStatus status,
            String template,
            Messages say,
            String title,
            @Nullable String user,
            Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("say", say);
        List<Choice> places = user == null ? List.of() : places(template, say);
        all.put("frame", new PageFrame(title, settings.party(), partyName(say), user, places));
        Utf8ByteOutput out = new Utf8ByteOutput();
        templates.render("console/" + template + ".jte", all, out);
        return secured(HttpResponse.<byte[]>status(status).body(out.toByteArray()))
                .contentType(HTML)
                .header(HttpHeaders.CONTENT_LANGUAGE, say.language())
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static List<Choice> places(String template, Messages say) {
        return PLACES.entrySet().stream()
                .map(place -> new Choice(
                        SessionCookie.PAGES + place.getValue(),
                        say.get("place." + place.getKey()),
                        place.getKey().equals(template)))
                .toList();
    }

    private String partyName(Messages say) {
        Map<String, String> names = identity.card().name();
        return names.getOrDefault(say.language(), names.getOrDefault("en", settings.party()));
    }

    static <B> MutableHttpResponse<B> secured(MutableHttpResponse<B> response) {
        return response.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
