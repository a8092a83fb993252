package org.entente.gateway.base;

import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The error catalogue as a page for people, {@code docs/errors.md}. */
final class ErrorCatalogue {

    private static final String HEAD = """
            # Error catalogue

            Written from the code (`ErrorCode`); a test keeps the two alike. Outside SDMX routes, which answer in SDMX's
            own shape, every error is a problem document (RFC 9457, `application/problem+json`):

            ```json
            {"type":"https://w3id.org/entente/errors/nonce-replayed","title":"The message was already seen","status":409,
             "detail":"...","remedy":"..."}
            ```

            The code is the last part of `type`. Codes are stable; titles and sentences may be improved.

            """;

    private ErrorCatalogue() {}

    /** The whole page, in the order of the codes. */
    static String markdown() {
        return Stream.of(ErrorCode.values())
                .sorted(Comparator.comparing(ErrorCode::code))
                .map(ErrorCatalogue::section)
                .collect(Collectors.joining("\n", HEAD, ""));
    }

    private static String section(ErrorCode error) {
        return "## " + error.code() + "\n\n"
                + error.title() + " (HTTP " + error.status() + ").\n\n"
                + "- Cause: " + error.cause() + "\n"
                + "- Remedy: " + error.remedy() + "\n";
    }
}
