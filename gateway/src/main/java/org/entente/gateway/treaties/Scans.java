package org.entente.gateway.treaties;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.agreements.life.Conclusion;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;

/**
 * Scans of signatures on paper. The act of the attesting officer carries the digest in any case; the scan itself is kept where an office
 * wants that, and only if an act names it.
 */
@Singleton
public class Scans {
    private static final String KIND = "scan-stored";
    private static final String INSERT =
            "INSERT INTO treaty_scan (digest, media, bytes, stored_by, stored_us, entry) VALUES (?, ?, ?, ?, ?, ?)";
    private static final int MOST_BYTES = 32 << 20;
    private static final String MEDIA = "(application/pdf|image/(png|jpeg|tiff))";

    private final Database database;
    private final TreatyDirectory directory;
    private final Journal journal;
    private final Clock clock;

    Scans(Database database, TreatyDirectory directory, Journal journal, Clock clock) {
        this.database = database;
        this.directory = directory;
        this.journal = journal;
        this.clock = clock;
    }

    /** A scan. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Scan(String media, byte[] bytes) {}

    /**
     * Keeps a scan that a {@code signed-on-paper} act names. The same scan twice is one.
     *
     * @param media PDF, PNG, JPEG or TIFF
     * @return its digest, base64url
     * @throws EntenteException {@code scan-unknown} if no act names this digest; {@code request-malformed}, {@code body-too-large}
     */
    public String store(byte[] bytes, String media, String by) {
        if (!media.matches(MEDIA)) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "A scan is PDF, PNG, JPEG or TIFF, and not " + media + ".");
        }
        if (bytes.length > MOST_BYTES) {
            throw new EntenteException(
                    ErrorCode.BODY_TOO_LARGE,
                    "A scan has at most " + MOST_BYTES + " bytes; this one has " + bytes.length + ".");
        }
        byte[] digest = Digests.sha256(bytes);
        String name = Base64Url.encode(digest);
        boolean named = directory.reload().all().stream()
                .flatMap(treaty -> treaty.file().instruments().stream())
                .anyMatch(act -> act instanceof Conclusion.SignedOnPaper paper
                        && paper.scan().equals(name));
        if (!named) {
            throw new EntenteException(
                    ErrorCode.SCAN_UNKNOWN,
                    "No act of a signature on paper names a scan with the digest " + name + ".");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", KIND);
        record.put("time", now.toString());
        record.put("scan", name);
        record.put("bytes", bytes.length);
        record.put("by", by);
        try {
            journal.append(new Draft(
                    KIND, record, name, List.of(new Write.Insert(INSERT, digest, media, bytes, by, now, Write.INDEX))));
        } catch (DuplicateWriteException e) {
            return name; // it is kept already
        }
        return name;
    }

    /** The scan with this digest (base64url), if it is kept here. */
    public Optional<Scan> find(String digest) {
        return database.one(
                "SELECT media, bytes FROM treaty_scan WHERE digest = ?",
                row -> new Scan(row.string("media"), row.bytes("bytes")),
                TextRules.bytes(digest));
    }
}
