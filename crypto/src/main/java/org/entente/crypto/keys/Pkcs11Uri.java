package org.entente.crypto.keys;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The address of a key on a PKCS#11 token (RFC 7512), as far as it is used here: {@code
 * pkcs11:token=LABEL;object=LABEL?module-path=FILE&pin-source=FILE}, or with the vendor's attribute {@code x-config=FILE} in place of
 * {@code token} and {@code module-path}: a configuration file of the JDK's SunPKCS11 provider.
 *
 * @param token label of the token (section 2.3, {@code token}); null with a configuration
 * @param object label of the key and its certificate ({@code object}); null if the token holds only one
 * @param module the token's PKCS#11 library (section 2.4, {@code module-path}); null with a configuration
 * @param pinSource file whose first line is the PIN ({@code pin-source}); null if the PIN comes in another way
 * @param configuration of the provider; null with token and module
 */
public record Pkcs11Uri(
        @Nullable String token,
        @Nullable String object,
        @Nullable Path module,
        @Nullable Path pinSource,
        @Nullable Path configuration) {
    private static final String SCHEME = "pkcs11:";
    private static final Set<String> PATH_NAMES = Set.of("token", "object");
    private static final Set<String> QUERY_NAMES = Set.of("module-path", "pin-source", "x-config");

    /** Checks that it names a token and a library, or a configuration, and not both. */
    public Pkcs11Uri {
        boolean named = token != null && module != null && configuration == null;
        boolean configured = configuration != null && token == null && module == null;
        if (!named && !configured) {
            throw new IllegalArgumentException("a PKCS#11 key is named by token and module-path, or by x-config");
        }
    }

    /** Whether the text is meant as one. */
    public static boolean is(String text) {
        return text.startsWith(SCHEME);
    }

    /**
     * Reads the address.
     *
     * @throws IllegalArgumentException naming what is wrong; an attribute that is not used here is refused, so that nobody relies on it
     */
    public static Pkcs11Uri parse(String text) {
        if (!is(text)) {
            throw new IllegalArgumentException("the address of a PKCS#11 key begins with " + SCHEME);
        }
        String rest = text.substring(SCHEME.length());
        int mark = rest.indexOf('?');
        Map<String, String> path = attributes(mark < 0 ? rest : rest.substring(0, mark), ";", PATH_NAMES);
        Map<String, String> query = attributes(mark < 0 ? "" : rest.substring(mark + 1), "&", QUERY_NAMES);
        return new Pkcs11Uri(
                path.get("token"),
                path.get("object"),
                file(query.get("module-path")),
                file(query.get("pin-source")),
                file(query.get("x-config")));
    }

    private static Map<String, String> attributes(String text, String separator, Set<String> known) {
        Map<String, String> found = new TreeMap<>();
        for (String attribute : text.isEmpty() ? new String[0] : text.split(separator, -1)) {
            int equals = attribute.indexOf('=');
            String name = equals < 0 ? attribute : attribute.substring(0, equals);
            if (equals < 0 || !known.contains(name)) {
                throw new IllegalArgumentException("a PKCS#11 address has no attribute '" + name
                        + "' here; it may have " + String.join(", ", known));
            }
            // A plus sign stands for itself in RFC 7512, unlike in forms.
            String value =
                    URLDecoder.decode(attribute.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            if (value.isEmpty() || found.put(name, value) != null) {
                throw new IllegalArgumentException("the attribute " + name + " is empty or stands twice");
            }
        }
        return found;
    }

    /** A path, or a {@code file:} URI as section 2.4 has it for {@code pin-source}. */
    private static @Nullable Path file(@Nullable String value) {
        if (value == null) {
            return null;
        }
        String path =
                value.startsWith("file:") ? value.substring("file:".length()).replaceFirst("^//", "") : value;
        return Path.of(path);
    }
}
