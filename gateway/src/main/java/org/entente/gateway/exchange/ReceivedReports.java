package org.entente.gateway.exchange;

import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.GrowingPause;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.releases.MetadataSource;
import org.entente.gateway.sdmx.MetadataDocument;
import org.entente.gateway.statistics.MetadataSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports that belong to partners' figures (docs/protocol.md section 16). An answer's record names the digest of the report of its release;
 * the report is fetched once for each release, held against that digest, and kept as long as figures of the release are.
 */
@Singleton
public class ReceivedReports implements MetadataSource {
    /** Where a provider gives the report of a release to who has figures of it. */
    static final String PATH = "/metadata/";

    static final String MEDIA_TYPE = "application/vnd.sdmx.metadata+json;version=2.0.0";

    private static final String INSERT =
            "INSERT IGNORE INTO received_metadata (partner, release_id, digest, next_us) VALUES (?, ?, ?, ?)";
    private static final String HELD = " EXISTS (SELECT 1 FROM holding h WHERE h.partner = received_metadata.partner"
            + " AND h.release_id = received_metadata.release_id AND (h.retain_until_us IS NULL OR h.retain_until_us > ?)"
            + " AND NOT EXISTS (SELECT 1 FROM holding_deletion d WHERE d.exchange = h.exchange))";
    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofSeconds(30), Duration.ofSeconds(30 << 10));
    private static final int AT_ONCE = 50;
    private static final int OK = 200;
    private static final Logger LOG = LoggerFactory.getLogger(ReceivedReports.class);

    private final Database database;
    private final Partners partners;
    private final PartnerClient client;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();

    ReceivedReports(Database database, Partners partners, PartnerClient client, Clock clock) {
        this.database = database;
        this.partners = partners;
        this.client = client;
        this.clock = clock;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Wanted(String partner, String release, byte[] digest, int attempts) {}

    /**
     * The write that remembers, together with the figures, which report belongs to them.
     *
     * @param digest base64url of the document's digest, from the provider's record; null if the release has no report
     */
    static List<Write> expect(String partner, @Nullable String release, @Nullable String digest, Instant now) {
        return release == null || digest == null
                ? List.of()
                : List.of(new Write.Insert(INSERT, partner, release, bytes(digest), now));
    }

    private static byte[] bytes(String digest) {
        try {
            return Base64Url.decode(digest);
        } catch (IllegalArgumentException e) {
            // What cannot be a digest is never met by a document; the figures stand for themselves.
            return new byte[Digests.sha256(new byte[0]).length];
        }
    }

    /** Fetches the report of a release unless it is here; if that fails it is tried again later, and the figures are shown without it. */
    void fetch(String partner, @Nullable String release) {
        if (release != null) {
            missing(partner, release).forEach(this::tryOnce);
        }
    }

    /** Tries again what could not be fetched, and drops what no figures need any more. */
    @Scheduled(fixedDelay = "30s", initialDelay = "30s")
    void fetchDue() {
        if (!fetching.tryLock()) {
            return;
        }
        try {
            Instant now = clock.instant();
            database.update("DELETE FROM received_metadata WHERE NOT" + HELD, now);
            database.query(
                            "SELECT * FROM received_metadata WHERE document IS NULL AND next_us <= ? ORDER BY next_us LIMIT ?",
                            ReceivedReports::wanted,
                            now,
                            AT_ONCE)
                    .forEach(this::tryOnce);
        } catch (EntenteException e) {
            LOG.warn("partners' reports are fetched later: {}", e.getMessage());
        } finally {
            fetching.unlock();
        }
    }

    private static Wanted wanted(org.entente.gateway.base.Row row) throws java.sql.SQLException {
        return new Wanted(
                row.string("partner"), row.string("release_id"), row.bytes("digest"), row.intValue("attempts"));
    }

    private void tryOnce(Wanted wanted) {
        try {
            keep(wanted, fetched(wanted));
        } catch (EntenteException e) {
            LOG.warn("the report of {}'s release {} is not here: {}", wanted.partner, wanted.release, e.getMessage());
            database.update(
                    "UPDATE received_metadata SET attempts = attempts + 1, next_us = ?"
                            + " WHERE partner = ? AND release_id = ? AND digest = ?",
                    clock.instant().plus(PAUSE.after(wanted.attempts)),
                    wanted.partner,
                    wanted.release,
                    wanted.digest);
        }
    }

    private byte[] fetched(Wanted wanted) {
        PartnerClient.Answered answer = client.call(
                partners.require(wanted.partner),
                "GET",
                PATH + wanted.release,
                Headers.of("accept", MEDIA_TYPE),
                new byte[0],
                false);
        if (answer.response().status() != OK) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    wanted.partner + " does not give the report that its answer named (HTTP "
                            + answer.response().status() + ").");
        }
        return checked(wanted, answer.body());
    }

    private static byte[] checked(Wanted wanted, byte[] document) {
        if (!Arrays.equals(Digests.sha256(document), wanted.digest)) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    wanted.partner + " gives another report than the one that its answer named.");
        }
        MetadataSet set = MetadataDocument.read(document);
        if (!set.id().agency().equals(wanted.partner)) {
            throw new EntenteException(
                    ErrorCode.PARTNER_ANSWER_INVALID,
                    "The report of " + wanted.partner + " names " + set.id().agency() + " as who reports.");
        }
        return document;
    }

    /**
     * Takes in the report that came in a file beside an answer. One that is here already, or that no answer has named, is left aside.
     *
     * @throws EntenteException {@code partner-answer-invalid} if it is not the one that the answer's record names; the figures stand for
     *     themselves
     */
    void take(String partner, @Nullable String release, byte[] document) {
        if (release != null) {
            missing(partner, release).forEach(wanted -> keep(wanted, checked(wanted, document)));
        }
    }

    private List<Wanted> missing(String partner, String release) {
        return database.query(
                "SELECT * FROM received_metadata WHERE document IS NULL AND partner = ? AND release_id = ?",
                ReceivedReports::wanted,
                partner,
                release);
    }

    private void keep(Wanted wanted, byte[] document) {
        database.update(
                "UPDATE received_metadata SET document = ? WHERE partner = ? AND release_id = ? AND digest = ?",
                document,
                wanted.partner,
                wanted.release,
                wanted.digest);
    }

    /** The report that belongs to figures, if there is one and it is here. */
    public Optional<MetadataSet> of(Asking.Figures figures) {
        return figures.release() == null
                ? Optional.empty()
                : database.one(
                                "SELECT document FROM received_metadata WHERE document IS NOT NULL AND partner = ?"
                                        + " AND release_id = ? LIMIT 1",
                                row -> row.bytes("document"),
                                figures.provider(),
                                figures.release())
                        .map(MetadataDocument::read);
    }

    /** The reports of all partners' figures that are held. */
    @Override
    public List<MetadataSet> metadataSets() {
        return database
                .query(
                        "SELECT document FROM received_metadata WHERE document IS NOT NULL AND" + HELD
                                + " ORDER BY partner, release_id",
                        row -> row.bytes("document"),
                        clock.instant())
                .stream()
                .map(MetadataDocument::read)
                .toList();
    }
}
