package org.entente.gateway.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One HTML page that verifies evidence files in a browser, for people who will not install anything. It loads nothing, sends
 * nothing and may be kept on a disk; its checks are a second implementation of docs/evidence.md.
 */
public final class BrowserVerifier {
    /** Its scripts, in the order in which each uses those before it. */
    private static final List<String> SCRIPTS = List.of(
            "basics", "mldsa", "documents", "messages", "journal", "steps", "exchange", "pack", "kinds", "page");

    private static final String PLACE = "/* scripts */";

    private BrowserVerifier() {}

    /** The page with its scripts in it, HTML in UTF-8. */
    public static byte[] page() {
        String scripts =
                SCRIPTS.stream().map(name -> read("browser/" + name + ".js")).collect(Collectors.joining("\n"));
        return read("verify.html").replace(PLACE, scripts).getBytes(UTF_8);
    }

    private static String read(String name) {
        try (InputStream in = BrowserVerifier.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the page is not whole in this build: " + name + " is missing");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
