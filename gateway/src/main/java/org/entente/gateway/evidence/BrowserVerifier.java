package org.entente.gateway.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * One HTML page that verifies evidence files in a browser, for people who will not install anything. It loads nothing, sends
 * nothing and may be kept on a disk; its checks are a second implementation of docs/evidence.md.
 */
public final class BrowserVerifier {
    private BrowserVerifier() {}

    /** The page, HTML in UTF-8. */
    public static byte[] page() {
        try (InputStream in = BrowserVerifier.class.getResourceAsStream("verify.html")) {
            if (in == null) {
                throw new IllegalStateException("the page is missing in this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
