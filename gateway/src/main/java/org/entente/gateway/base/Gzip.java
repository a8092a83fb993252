package org.entente.gateway.base;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Content coding of responses (RFC 9110 section 8.4.1). */
public final class Gzip {
    private static final int BUFFER = 1 << 16;

    private Gzip() {}

    /** Whether the caller takes gzip at least as gladly as the plain content (section 12.5.3). */
    public static boolean wanted(HttpRequest<?> request) {
        double gzip = -1;
        double any = -1;
        double identity = -1;
        String accepted = String.join(",", request.getHeaders().getAll(HttpHeaders.ACCEPT_ENCODING));
        for (String part : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] pieces = part.strip().split(";", 2);
            double quality = quality(pieces.length == 2 ? pieces[1].strip() : "");
            switch (pieces[0].strip()) {
                case "gzip", "x-gzip" -> gzip = quality;
                case "*" -> any = quality;
                case "identity" -> identity = quality;
                default -> {}
            }
        }
        double wanted = gzip >= 0 ? gzip : any;
        return wanted > 0 && wanted >= identity;
    }

    private static double quality(String parameter) {
        try {
            return parameter.startsWith("q=")
                    ? Double.parseDouble(parameter.substring(2).strip())
                    : 1;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A stream that compresses quickly rather than tightly: tables of figures shrink to a tenth either way. */
    public static OutputStream over(OutputStream out) throws IOException {
        return new GZIPOutputStream(out, BUFFER) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        };
    }
}
