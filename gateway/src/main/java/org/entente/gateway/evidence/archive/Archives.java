package org.entente.gateway.evidence.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.HashReader;
import org.entente.crypto.journal.SaltedRecord;
import org.entente.crypto.journal.TileHashReader;
import org.entente.crypto.journal.TileId;
import org.entente.crypto.journal.Tiles;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Bodies;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.JournalEntry;
import org.entente.gateway.journal.JournalTiles;
import org.entente.gateway.partners.CardDocument;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partner;
import org.entente.gateway.partners.Partners;

/** Makes archives of this node's journal and takes them back. */
@Singleton
public final class Archives {
    /** Entries in one file. */
    private static final int ENTRIES = 10_000;

    private static final int READ = 500;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Database database;
    private final Journal journal;
    private final JournalTiles tiles;
    private final Bodies bodies;
    private final NodeIdentity identity;
    private final Partners partners;
    private final Clock clock;

    Archives(
            Database database,
            Journal journal,
            JournalTiles tiles,
            Bodies bodies,
            NodeIdentity identity,
            Partners partners,
            Clock clock) {
        this.database = database;
        this.journal = journal;
        this.tiles = tiles;
        this.bodies = bodies;
        this.identity = identity;
        this.partners = partners;
        this.clock = clock;
    }

    /** What an archive holds, or what was taken back of it. */
    public record Summary(String party, String from, String until, long first, long end, long withoutRecord) {}

    /**
     * Archives a period: its entries with salts and records, messages, receipts, bodies that are still kept, timestamps, and all cards.
     * The same period of the same state yields the same bytes.
     *
     * @param from its beginning
     * @param until its end, exclusive; in the past
     * @param file to write; replaced if it is there
     * @param by who does it, for the journal
     */
    public Summary export(Instant from, Instant until, Path file, String by) {
        if (!from.isBefore(until) || until.isAfter(clock.instant())) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "A period begins before it ends, and ends in the past.");
        }
        long first = boundary(from);
        long end = boundary(until);
        if (first == end) {
            throw new EntenteException(ErrorCode.NOT_FOUND, "The journal has no entries in that period.");
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Manifest manifest;
            try (ArchiveWriter writer = new ArchiveWriter(new BufferedOutputStream(Files.newOutputStream(
                    fresh,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)))) {
                writer.add("cards.json", cards());
                journal(writer, first, end);
                rows(writer, first, end);
                bodies(writer, first, end);
                manifest = new Manifest(
                        Manifest.FORMAT,
                        identity.party(),
                        originAt(end),
                        from.toString(),
                        until.toString(),
                        first,
                        end,
                        writer.digests());
                writer.finish(manifest, identity.signing(), signedAt(until));
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            record("archive-exported", manifest, by, Map.of());
            return summary(manifest, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("The archive " + file + " cannot be written", e);
        }
    }

    /** The name under which the checkpoint at the end of the period was signed: the journal may have had another one then. */
    private String originAt(long end) {
        try {
            return Checkpoint.parse(journal.checkpointAt(end).text()).origin();
        } catch (VerificationException e) {
            throw new IllegalStateException("a stored note is no checkpoint", e);
        }
    }

    /** The end of the period, so that the signature is the same each time; the key may be younger than that. */
    private Instant signedAt(Instant until) {
        Instant begins = identity.signing().certificate().getNotBefore().toInstant();
        Instant at = until.truncatedTo(ChronoUnit.SECONDS);
        return at.isBefore(begins) ? begins : at;
    }

    /** The smallest signed checkpoint that holds every entry from before a time: periods that follow each other meet there. */
    private long boundary(Instant time) {
        long entries = database.one(
                        "SELECT COALESCE(MAX(idx) + 1, 0) AS n FROM journal_entry WHERE appended_us < ?",
                        row -> row.longValue("n"),
                        time)
                .orElse(0L);
        return database.one(
                        "SELECT COALESCE(MIN(size), 0) AS n FROM journal_checkpoint WHERE size >= ?",
                        row -> row.longValue("n"),
                        entries)
                .orElse(0L);
    }

    private byte[] cards() {
        ObjectNode node = MAPPER.createObjectNode();
        put(node, identity.party(), identity.chain());
        for (Partner partner : partners.all()) {
            put(node, partner.party(), partner.chain());
        }
        return CanonicalJson.encode(node);
    }

    private static void put(ObjectNode node, String party, List<CardDocument> chain) {
        var array = node.putArray(party);
        chain.forEach(card -> array.add(tree(card.toJson())));
    }

    private static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void journal(ArchiveWriter writer, long first, long end) throws IOException {
        ObjectNode edge = MAPPER.createObjectNode();
        for (TileId tile : Tiles.partial(first)) {
            byte[] hashes = tiles.tile(tile).orElseThrow(() -> missing(tile.path()));
            edge.put(String.valueOf(tile.level()), Base64Url.encode(hashes));
        }
        writer.add("journal/edge.json", CanonicalJson.encode(edge));
        writer.add("journal/checkpoint", journal.checkpointAt(end).encode());
        HashReader leaves = leaves(end);
        for (long from = first; from < end; from += ENTRIES) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            long to = Math.min(end, from + ENTRIES);
            for (long next = from; next < to; next += READ) {
                for (JournalEntry entry : journal.entries(next, (int) Math.min(READ, to - next))) {
                    lines.writeBytes(ArchivedEntry.of(entry, leaves.read(0, entry.index()))
                            .line());
                    lines.write('\n');
                }
            }
            writer.add(String.format(Locale.ROOT, "journal/entries-%012d.jsonl", from), lines.toByteArray());
        }
    }

    /** Leaf hashes of the tree of that size. */
    private HashReader leaves(long size) {
        return new TileHashReader(size, id -> tiles.tile(id).orElseThrow(() -> missing(id.path())));
    }

    private static EntenteException missing(String what) {
        return new EntenteException(ErrorCode.EVIDENCE_INVALID, "The journal lacks " + what + "; run `journal fsck`.");
    }

    private void rows(ArchiveWriter writer, long first, long end) throws IOException {
        for (String table : ArchiveRows.tables()) {
            writer.add(
                    "rows/" + table + ".jsonl", database.withConnection(c -> ArchiveRows.lines(c, table, first, end)));
        }
    }

    private void bodies(ArchiveWriter writer, long first, long end) throws IOException {
        Set<String> digests = new TreeSet<>();
        for (String table : List.of("answered_exchange", "closed_exchange")) {
            digests.addAll(database.query(
                    "SELECT body_digest FROM " + table
                            + " WHERE journal_index >= ? AND journal_index < ? AND body_digest IS NOT NULL",
                    row -> HexFormat.of().formatHex(row.bytes("body_digest")),
                    first,
                    end));
        }
        for (String digest : digests) {
            Optional<byte[]> body = bodies.find(HexFormat.of().parseHex(digest));
            if (body.isPresent()) {
                writer.add("bodies/" + digest, body.get());
            }
        }
    }

    /**
     * Verifies an archive offline.
     *
     * @throws EntenteException {@code evidence-invalid} naming what does not hold
     */
    public static Summary verify(Path file, String rootFingerprint) {
        try (ArchiveReader reader = ArchiveReader.open(file, rootFingerprint)) {
            return summary(reader.manifest(), reader.withoutRecord());
        } catch (VerificationException e) {
            throw invalid(e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** What was put back. */
    public record Restored(Summary summary, long records, long rows, long bodies) {}

    /**
     * Takes back what this node has lost: entries of which it knows the leaf hash alone, records of entries that it still has, messages,
     * receipts, timestamps, and bodies that were not deleted on purpose. What is there is not changed.
     *
     * @throws EntenteException {@code evidence-invalid} if the archive does not hold or is of another journal
     */
    public Restored restore(Path file, String by) {
        String root = identity.chain().getFirst().fingerprint().toString();
        try (ArchiveReader reader = ArchiveReader.open(file, root)) {
            if (!journal.isNamed(reader.manifest().origin())) {
                throw new EntenteException(
                        ErrorCode.EVIDENCE_INVALID,
                        "The archive is of the journal " + reader.manifest().origin() + ".");
            }
            requireSameEntries(reader);
            Set<String> deleted = deletedBodies();
            long records = restoreRecords(reader);
            long rows = 0;
            for (String table : ArchiveRows.tables()) {
                byte[] lines = reader.file("rows/" + table + ".jsonl");
                rows += database.inTransaction(c -> {
                    try {
                        return ArchiveRows.restore(c, table, lines);
                    } catch (VerificationException e) {
                        throw invalid(e);
                    }
                });
            }
            long restored = 0;
            for (String name : reader.manifest().files().keySet()) {
                if (name.startsWith("bodies/") && !deleted.contains(name.substring(7))) {
                    byte[] digest = HexFormat.of().parseHex(name.substring(7));
                    restored += bodies.restore(digest, reader.file(name)) ? 1 : 0;
                }
            }
            record(
                    "archive-restored",
                    reader.manifest(),
                    by,
                    Map.of("records", records, "rows", rows, "bodies", restored));
            return new Restored(summary(reader.manifest(), reader.withoutRecord()), records, rows, restored);
        } catch (VerificationException e) {
            throw invalid(e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private void requireSameEntries(ArchiveReader reader) throws IOException, VerificationException {
        long size = journal.size();
        HashReader leaves = leaves(size);
        for (String name : reader.journalFiles()) {
            for (ArchivedEntry entry : reader.entries(name)) {
                boolean same =
                        entry.index() < size && leaves.read(0, entry.index()).equals(entry.leafHash());
                if (!same) {
                    throw new EntenteException(
                            ErrorCode.EVIDENCE_INVALID,
                            "Entry " + entry.index() + " of this journal is not that of the archive.");
                }
            }
        }
    }

    private long restoreRecords(ArchiveReader reader) throws IOException, VerificationException {
        long records = 0;
        for (String name : reader.journalFiles()) {
            for (ArchivedEntry entry : reader.entries(name)) {
                SaltedRecord salted = entry.checked();
                byte[] bytes = entry.entryBytes();
                if (bytes != null) {
                    records += database.update(
                            "UPDATE journal_entry SET kind = ?, subject = ?, appended_us = ?, entry = ?, salt = ?, record = ?"
                                    + " WHERE idx = ? AND entry IS NULL",
                            entry.kind(),
                            entry.subject(),
                            Instant.parse(entry.appended()),
                            bytes,
                            salted == null ? null : salted.salt(),
                            salted == null ? null : salted.record(),
                            entry.index());
                }
                if (salted != null) {
                    records += database.update(
                            "UPDATE journal_entry SET salt = ?, record = ? WHERE idx = ? AND record IS NULL",
                            salted.salt(),
                            salted.record(),
                            entry.index());
                }
            }
        }
        return records;
    }

    /** Bodies that this node has deleted under an agreement, which no archive brings back: SHA-256 in hexadecimal. */
    private Set<String> deletedBodies() {
        Set<String> digests = new TreeSet<>();
        for (String json : database.query(
                "SELECT record FROM journal_entry WHERE kind = 'deleted' AND record IS NOT NULL",
                row -> new String(row.bytes("record"), java.nio.charset.StandardCharsets.UTF_8))) {
            String content = tree(json.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .path("content")
                    .asText();
            if (content.matches("sha-256=:[A-Za-z0-9+/]{43}=:")) {
                byte[] digest = Base64.getDecoder().decode(content.substring(9, content.length() - 1));
                digests.add(HexFormat.of().formatHex(digest));
            }
        }
        return digests;
    }

    private void record(String kind, Manifest manifest, String by, Map<String, Object> more) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", clock.instant().toString());
        record.put("by", by);
        record.put("from", manifest.from());
        record.put("until", manifest.until());
        record.put("first", manifest.first());
        record.put("end", manifest.end());
        record.put("manifest", ArchiveWriter.digest(manifest.encode()));
        record.putAll(more);
        journal.append(new Draft(kind, record, identity.party(), List.of()));
    }

    private static Summary summary(Manifest manifest, long withoutRecord) {
        return new Summary(
                manifest.party(), manifest.from(), manifest.until(), manifest.first(), manifest.end(), withoutRecord);
    }

    private static EntenteException invalid(VerificationException e) {
        return new EntenteException(ErrorCode.EVIDENCE_INVALID, Objects.requireNonNullElse(e.getMessage(), ""), e);
    }

    private static EntenteException unreadable(Path file, IOException e) {
        return new EntenteException(ErrorCode.FILE_UNUSABLE, "The archive " + file + " cannot be read.", e);
    }
}
