package org.entente.gateway.region.site;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.base.EntenteSettings;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.PublicListenerSettings;
import org.entente.gateway.partners.NodeIdentity;

/**
 * Renders the public pages. Scripts come from this site and nothing else does anything: every page forbids foreign sources of any kind,
 * inline scripts and styles, framing, and forms that lead elsewhere. Answers may be kept by anybody for a short time, and are asked for again by their tag.
 */
@Singleton
@Requires(property = Listeners.PUBLIC_PORT)
class SitePages {
    static final String HTML = "text/html;charset=utf-8";

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final String SHORT = "public, max-age=60";

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final NodeIdentity identity;
    private final EntenteSettings settings;
    private final PublicListenerSettings listener;
    private final SiteParts parts;

    SitePages(NodeIdentity identity, EntenteSettings settings, PublicListenerSettings listener, SiteParts parts) {
        this.identity = identity;
        this.settings = settings;
        this.listener = listener;
        this.parts = parts;
        templates.setBinaryStaticContent(false);
    }

    /** A page, or that the caller has it already. */
    MutableHttpResponse<byte[]> page(HttpRequest<?> request, Reader reader, SitePage page) {
        byte[] content = render(
                "page",
                reader,
                page.path(),
                parts.links(reader),
                Map.of("page", page, "languageChosen", reader.chosen()));
        return known(request, content, HTML, SHORT)
                .header(HttpHeaders.CONTENT_LANGUAGE, reader.say().language());
    }

    /** The library, or that the caller has it already. */
    MutableHttpResponse<byte[]> library(HttpRequest<?> request, Reader reader, LibraryPage page) {
        String language = reader.chosen() ? reader.say().language() : "";
        byte[] content =
                render("library", reader, "/library", parts.links(reader), Map.of("page", page, "chosen", language));
        return known(request, content, HTML, SHORT)
                .header(HttpHeaders.CONTENT_LANGUAGE, reader.say().language());
    }

    /** A page that says what is wrong. */
    MutableHttpResponse<byte[]> error(HttpStatus status, Reader reader, String title, String detail, String remedy) {
        byte[] content = render(
                "error", reader, "/profiles", List.of(), Map.of("title", title, "detail", detail, "remedy", remedy));
        return secured(HttpResponse.<byte[]>status(status).body(content))
                .contentType(HTML)
                .header(HttpHeaders.CONTENT_LANGUAGE, reader.say().language())
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** The page of a link for deposits; nobody keeps it, and no search engine names it. */
    MutableHttpResponse<byte[]> deposit(HttpStatus status, Reader reader, DepositPage page) {
        String action = page.path().substring(0, page.path().lastIndexOf('/'));
        String query = reader.chosen() ? "?lang=" + reader.say().language() : "";
        byte[] content = render(
                "deposit", reader, page.path(), List.of(), Map.of("page", page, "action", action, "query", query));
        return ofLink(status, reader, content);
    }

    /** The page of a link for comments; nobody keeps it, and no search engine names it. */
    MutableHttpResponse<byte[]> comment(HttpStatus status, Reader reader, CommentPage page) {
        return ofLink(
                status,
                reader,
                render(
                        "consultation",
                        reader,
                        page.path(),
                        List.of(),
                        Map.of("page", page, "action", reader.at(page.path()))));
    }

    private static MutableHttpResponse<byte[]> ofLink(HttpStatus status, Reader reader, byte[] content) {
        MutableHttpResponse<byte[]> response = secured(
                        HttpResponse.<byte[]>status(status).body(content))
                .contentType(HTML)
                .header("X-Robots-Tag", "noindex")
                .header(HttpHeaders.CONTENT_LANGUAGE, reader.say().language())
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
        // A browser that may not say where it comes from posts a form with the origin "null", which is refused as a
        // foreign one.
        response.getHeaders().set("Referrer-Policy", "same-origin");
        return response;
    }

    /** A page as a text that can be laid out as pages of paper: well-formed XML with its style in it. */
    String print(Reader reader, SitePage page, String style) {
        return new String(
                render("print", reader, page.path(), List.of(), Map.of("page", page, "style", style)),
                java.nio.charset.StandardCharsets.UTF_8);
    }

    private byte[] render(
            String template, Reader reader, String path, List<SiteTable.Link> ways, Map<String, Object> values) {
        SiteTexts say = reader.say();
        List<SiteTable.Link> languages = SiteTexts.LANGUAGES.stream()
                .map(language -> new SiteTable.Link(
                        Locale.of(language).getDisplayLanguage(Locale.of(language)),
                        new Reader(SiteTexts.in(language), true).at(path)))
                .toList();
        Map<String, Object> all = new java.util.HashMap<>(values);
        all.put("say", say);
        all.put(
                "frame",
                new SiteFrame(
                        settings.party(), partyName(say), reader.at("/"), ways, languages, listener.baseUri() + path));
        Utf8ByteOutput out = new Utf8ByteOutput();
        templates.render("site/" + template + ".jte", all, out);
        return out.toByteArray();
    }

    String partyName(SiteTexts say) {
        Map<String, String> names = identity.card().name();
        return names.getOrDefault(say.language(), names.getOrDefault("en", settings.party()));
    }

    /** Content with its tag, or that the caller has it already (RFC 9110, section 13.1.2). */
    static MutableHttpResponse<byte[]> known(HttpRequest<?> request, byte[] content, String type, String keep) {
        String tag = "\"" + Base64Url.encode(Digests.sha256(content)) + "\"";
        String had = String.join(",", request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH));
        boolean same = List.of(had.split(",", -1)).stream()
                .map(String::strip)
                .map(one -> one.startsWith("W/") ? one.substring(2) : one)
                .anyMatch(one -> one.equals(tag) || one.equals("*"));
        MutableHttpResponse<byte[]> response =
                same ? HttpResponse.notModified() : HttpResponse.ok(content).contentType(type);
        return secured(response)
                .header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, keep)
                .header(HttpHeaders.VARY, "Accept-Language");
    }

    static <B> MutableHttpResponse<B> secured(MutableHttpResponse<B> response) {
        return response.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin");
    }
}
