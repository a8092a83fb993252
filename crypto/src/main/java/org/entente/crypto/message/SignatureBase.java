package org.entente.crypto.message;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.message.SignatureInput.Component;
import org.jspecify.annotations.Nullable;

/** The signature base (RFC 9421 section 2.5): the exact bytes that are signed. */
final class SignatureBase {
    private final @Nullable HttpResponseMessage response;
    private final @Nullable HttpRequestMessage request;

    private SignatureBase(@Nullable HttpResponseMessage response, @Nullable HttpRequestMessage request) {
        this.response = response;
        this.request = request;
    }

    /** The base of a request's signature. */
    static byte[] of(SignatureInput input, HttpRequestMessage request) throws VerificationException {
        return new SignatureBase(null, request).build(input);
    }

    /** The base of a response's signature; the request is needed where components are bound with {@code ;req}. */
    static byte[] of(SignatureInput input, HttpResponseMessage response, @Nullable HttpRequestMessage request)
            throws VerificationException {
        return new SignatureBase(response, request).build(input);
    }

    private byte[] build(SignatureInput input) throws VerificationException {
        StringBuilder base = new StringBuilder(1024);
        for (Component component : input.components()) {
            for (String value : values(component)) {
                checkLine(component, value);
                base.append(component.write()).append(": ").append(value).append('\n');
            }
        }
        base.append("\"@signature-params\": ").append(input.signatureParams());
        return base.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A line break in a value would forge the next line. */
    private static void checkLine(Component component, String value) throws VerificationException {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0x7e || (c < 0x20 && c != '\t')) {
                throw new VerificationException(
                        Reason.MALFORMED,
                        "the covered component " + component + " holds characters outside printable ASCII");
            }
        }
    }

    private List<String> values(Component component) throws VerificationException {
        boolean ofRequest = component.isOfRequest();
        if (ofRequest && response == null) {
            throw new VerificationException(
                    Reason.COMPONENTS_UNEXPECTED,
                    "the request covers " + component + ", but ;req belongs to responses");
        }
        checkParameters(component);
        HttpResponseMessage answer = ofRequest ? null : response;
        if (!component.name().startsWith("@")) {
            return List.of(field(component, answer));
        }
        if (component.name().equals("@status")) {
            if (answer == null) {
                throw missing(component, "a request has no status");
            }
            return List.of(Integer.toString(answer.status()));
        }
        if (answer != null) {
            throw missing(component, "a response has no such component of its own");
        }
        if (request == null) {
            throw missing(component, "the request is not at hand");
        }
        return ofRequestLine(component, request);
    }

    /** Only {@code req} and, for a query parameter, {@code name}: the others of section 2.1 change the value and are not understood. */
    private static void checkParameters(Component component) throws VerificationException {
        Set<String> known = component.name().equals("@query-param") ? Set.of("req", "name") : Set.of("req");
        for (Map.Entry<String, Object> parameter : component.parameters().entrySet()) {
            if (!known.contains(parameter.getKey())
                    || (parameter.getKey().equals("req") && !Boolean.TRUE.equals(parameter.getValue()))) {
                throw new VerificationException(
                        Reason.COMPONENTS_UNEXPECTED,
                        "the component " + component + " has a parameter that is not understood");
            }
        }
    }

    private String field(Component component, @Nullable HttpResponseMessage answer) throws VerificationException {
        if (!component.name().equals(component.name().toLowerCase(Locale.ROOT))) {
            throw new VerificationException(Reason.MALFORMED, "the component " + component + " is not in lower case");
        }
        Headers headers;
        if (answer != null) {
            headers = answer.headers();
        } else if (request != null) {
            headers = request.headers();
        } else {
            throw missing(component, "the request is not at hand");
        }
        return headers.get(component.name()).orElseThrow(() -> missing(component, "the message has no such field"));
    }

    private static List<String> ofRequestLine(Component component, HttpRequestMessage request)
            throws VerificationException {
        String target = request.targetUri();
        return switch (component.name()) {
            case "@method" -> List.of(request.method());
            case "@target-uri" -> List.of(target);
            case "@scheme" -> List.of(uri(target).getScheme().toLowerCase(Locale.ROOT));
            case "@authority" -> List.of(authority(uri(target)));
            case "@path" -> List.of(path(uri(target)));
            case "@query" -> List.of("?" + orEmpty(uri(target).getRawQuery()));
            case "@request-target" -> {
                URI uri = uri(target);
                yield List.of(path(uri) + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
            }
            case "@query-param" -> queryParameter(component, uri(target));
            default ->
                throw new VerificationException(
                        Reason.COMPONENTS_UNEXPECTED, "the component " + component + " is not understood");
        };
    }

    /** Section 2.2.3: the default port is left out, letters are lower case. */
    private static String authority(URI uri) {
        String authority = orEmpty(uri.getRawAuthority()).toLowerCase(Locale.ROOT);
        boolean defaultPort = (uri.getPort() == 443 && "https".equalsIgnoreCase(uri.getScheme()))
                || (uri.getPort() == 80 && "http".equalsIgnoreCase(uri.getScheme()));
        return defaultPort ? authority.substring(0, authority.lastIndexOf(':')) : authority;
    }

    /** Section 2.2.6: an empty path is "/". */
    private static String path(URI uri) {
        String path = orEmpty(uri.getRawPath());
        return path.isEmpty() ? "/" : path;
    }

    /** Section 2.2.8: decoded as a form field and encoded again; every occurrence, in order. */
    private static List<String> queryParameter(Component component, URI uri) throws VerificationException {
        if (!(component.parameters().get("name") instanceof String encodedName)) {
            throw new VerificationException(Reason.MALFORMED, component + " names no parameter");
        }
        List<String> found = new ArrayList<>();
        for (String pair : orEmpty(uri.getRawQuery()).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = recode(equals < 0 ? pair : pair.substring(0, equals));
            if (name.equals(encodedName)) {
                found.add(equals < 0 ? "" : recode(pair.substring(equals + 1)));
            }
        }
        if (found.isEmpty()) {
            throw missing(component, "the query has no such parameter");
        }
        return found;
    }

    private static String recode(String encoded) throws VerificationException {
        try {
            String decoded = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
            return URLEncoder.encode(decoded, StandardCharsets.UTF_8).replace("+", "%20");
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "the query is not percent-encoded", e);
        }
    }

    private static URI uri(String target) throws VerificationException {
        try {
            URI uri = new URI(target);
            if (!uri.isAbsolute() || uri.isOpaque()) {
                throw new VerificationException(Reason.MALFORMED, "the target URI is not absolute: " + target);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw new VerificationException(Reason.MALFORMED, "the target URI cannot be read: " + target, e);
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static VerificationException missing(Component component, String why) {
        return new VerificationException(Reason.COMPONENTS_MISSING, "the covered component " + component + ": " + why);
    }
}
