package org.entente.gateway.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Write;

/** Journal entries and bodies of the size that an exchange has. */
final class StrippedEntries {
    static final String TABLE = "CREATE TABLE IF NOT EXISTS bench_body (digest BINARY(32) NOT NULL PRIMARY KEY,"
            + " bytes LONGBLOB NOT NULL) ENGINE = InnoDB";

    private static final String INSERT = "INSERT INTO bench_body (digest, bytes) VALUES (?, ?)";
    private static final int BODY_BYTES = 20_000;
    private static final String PADDING = "0123456789abcdef".repeat(50);

    private StrippedEntries() {}

    static Draft draft(String kind, String id, List<Write> writes) {
        return new Draft(kind, Map.of("kind", kind, "exchange", id, "content", PADDING), id, writes);
    }

    static Write body(byte[] digest, byte[] body) {
        return new Write.Insert(INSERT, digest, body);
    }

    static byte[] distinctBody(String id) {
        byte[] body = new byte[BODY_BYTES];
        Arrays.fill(body, (byte) '7');
        byte[] start = id.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, body, 0, start.length);
        return body;
    }
}
