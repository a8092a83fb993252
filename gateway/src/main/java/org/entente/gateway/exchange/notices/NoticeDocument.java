package org.entente.gateway.exchange.notices;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.ExchangeRecord.AgreementRef;
import org.entente.gateway.exchange.RecordCodec;
import org.jspecify.annotations.Nullable;

/**
 * A notice as it travels (docs/protocol.md section 17): canonical JSON (RFC 8785), signed with the request that carries it. It holds no
 * figures.
 *
 * @param type {@link #TYPE}
 * @param id the notice, a UUIDv7
 * @param event {@link #PUBLISHED} or {@link #RECALLED}
 * @param agreement under which the receiver has a right to the release
 * @param dataflow {@code AGENCY:ID(VERSION)}
 * @param at when the release was published or recalled, RFC 3339
 * @param periods what the leg gives of the release; absent from a recall
 * @param replaces ids of releases that the receiver knows and that the event makes out of date
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NoticeDocument(
        String type,
        int version,
        String id,
        String event,
        AgreementRef agreement,
        String leg,
        String dataflow,
        ReleaseNumber release,
        String at,
        @Nullable Periods periods,
        List<String> replaces) {
    static final String TYPE = "entente-notice";
    static final String MEDIA_TYPE = "application/json";
    static final String PUBLISHED = "published";
    static final String RECALLED = "recalled";
    /** A notice names the newest releases that it replaces, and no more. */
    static final int MOST_REPLACED = 500;

    private static final int VERSION = 1;
    private static final int LONGEST_ID = 64;

    NoticeDocument {
        replaces = List.copyOf(replaces);
    }

    /**
     * A release, by id and by its place among those of its dataset.
     *
     * @param status {@code PROVISIONAL} or {@code FINAL}
     */
    record ReleaseNumber(String id, int number, int edition, String status) {}

    /** The first and the last reference period, as SDMX writes them. */
    record Periods(String from, String to) {}

    static NoticeDocument of(
            UUID id,
            String event,
            AgreementRef agreement,
            String leg,
            String dataflow,
            ReleaseNumber release,
            Instant at,
            @Nullable Periods periods,
            List<String> replaces) {
        return new NoticeDocument(
                TYPE,
                VERSION,
                id.toString(),
                event,
                agreement,
                leg,
                dataflow,
                release,
                at.toString(),
                periods,
                replaces);
    }

    byte[] encode() {
        return CanonicalJson.encode(RecordCodec.tree(this));
    }

    /**
     * Reads a notice strictly.
     *
     * @throws VerificationException if it is not canonical, has other members, or says what no notice says
     */
    static NoticeDocument parse(byte[] canonical) throws VerificationException {
        JsonNode tree;
        try {
            tree = CanonicalJson.parseCanonical(canonical);
        } catch (IllegalArgumentException e) {
            throw new VerificationException(Reason.NOT_CANONICAL, "the document is not canonical JSON (RFC 8785)", e);
        }
        for (String member :
                List.of("type", "version", "id", "event", "agreement", "leg", "dataflow", "release", "at")) {
            if (!tree.hasNonNull(member)) {
                throw wrong("lacks " + member);
            }
        }
        if (!tree.path("replaces").isArray()) {
            throw wrong("lacks replaces");
        }
        NoticeDocument document = RecordCodec.value(tree, NoticeDocument.class);
        document.check();
        return document;
    }

    private void check() throws VerificationException {
        if (!type.equals(TYPE) || version != VERSION) {
            throw wrong("is " + type + " " + version + ", not " + TYPE + " " + VERSION);
        }
        if (!event.equals(PUBLISHED) && !event.equals(RECALLED)) {
            throw wrong("tells of '" + event + "', not of a release that was published or recalled");
        }
        if (event.equals(PUBLISHED) == (periods == null)) {
            throw wrong("names the periods of a release that was published, and of no other");
        }
        if (replaces.size() > MOST_REPLACED || replaces.stream().anyMatch(one -> isNoId(one))) {
            throw wrong("names up to " + MOST_REPLACED + " ids of releases that it replaces");
        }
        if (isNoId(release.id())) {
            throw wrong("names its release by an id of 1 to " + LONGEST_ID + " characters");
        }
        uuid();
        instant();
    }

    private static boolean isNoId(@Nullable String id) {
        return id == null || id.isEmpty() || id.length() > LONGEST_ID;
    }

    /** The id as a UUID. */
    UUID uuid() throws VerificationException {
        try {
            UUID uuid = UUID.fromString(id);
            if (Uuids.isVersion7(uuid) && uuid.toString().equals(id)) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            // refused below like any other text
        }
        throw wrong("has the id '" + id + "', which is no UUIDv7");
    }

    /** When the release was published or recalled. */
    Instant instant() throws VerificationException {
        try {
            return Instant.parse(at);
        } catch (DateTimeException e) {
            throw new VerificationException(Reason.MALFORMED, "the document has no time that can be read: " + at, e);
        }
    }

    private static VerificationException wrong(String what) {
        return new VerificationException(Reason.MALFORMED, "the document " + what);
    }
}
