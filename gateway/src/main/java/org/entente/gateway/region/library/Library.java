package org.entente.gateway.region.library;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.PublicListenerSettings;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.exchange.Bodies;
import org.entente.gateway.exchange.Holdings;
import org.entente.gateway.journal.ConflictingWriteException;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;

/** The library of this node: what its staff has entered, and what was harvested from partners. */
@Singleton
public class Library {
    /** Bytes of a file. */
    public static final int MOST_BYTES = LibraryFiles.MOST_BYTES;

    /** Entries of one list. */
    static final int PAGE = 100;

    private static final String ADDED = "library-added";
    private static final String WITHDRAWN = "library-withdrawn";
    private static final int LONGEST_REASON = 400;
    private static final UUID FIRST = new UUID(0, 0);

    private final LibraryTables tables;
    private final Bodies bodies;
    private final Holdings holdings;
    private final Journal journal;
    private final NodeIdentity identity;
    private final PublicListenerSettings listener;
    private final Uuids uuids;
    private final Clock clock;

    Library(
            LibraryTables tables,
            Bodies bodies,
            Holdings holdings,
            Journal journal,
            NodeIdentity identity,
            PublicListenerSettings listener,
            Uuids uuids,
            Clock clock) {
        this.tables = tables;
        this.bodies = bodies;
        this.holdings = holdings;
        this.journal = journal;
        this.identity = identity;
        this.listener = listener;
        this.uuids = uuids;
        this.clock = clock;
    }

    /**
     * An entry, and whose it is.
     *
     * @param party whose library it is from
     * @param site public address of that party's node; empty if it has none
     * @param own whether this node has entered it
     */
    public record Held(String party, String site, boolean own, LibraryEntry.Listed listed) {}

    /**
     * Enters a profile that is to be had elsewhere.
     *
     * @throws EntenteException {@code library-entry-invalid}, {@code forbidden}
     */
    public LibraryEntry.Listed add(LibraryEntry entry, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        if (entry.file() != null) {
            throw new EntenteException(ErrorCode.LIBRARY_ENTRY_INVALID, "file: is handed in, and not described.");
        }
        return enter(entry, by);
    }

    /**
     * Enters a profile with its file.
     *
     * @param entry without link and file
     * @throws EntenteException {@code library-entry-invalid}, {@code forbidden}
     */
    public LibraryEntry.Listed add(LibraryEntry entry, String name, byte[] content, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        String type = LibraryFiles.type(name, content);
        byte[] digest = Digests.sha256(content);
        LibraryEntry whole = new LibraryEntry(
                entry.title(),
                entry.producer(),
                entry.year(),
                entry.countries(),
                entry.languages(),
                entry.link(),
                new LibraryEntry.File(name, type, Base64Url.encode(digest), content.length),
                entry.rights());
        whole.check();
        bodies.restore(digest, content);
        return enter(whole, by);
    }

    private LibraryEntry.Listed enter(LibraryEntry entry, StaffUser by) {
        entry.check();
        Instant now = now();
        LibraryEntry.Listed one = new LibraryEntry.Listed(uuids.next(), now, null, entry);
        Map<String, Object> record = record(ADDED, one.id(), by, now);
        record.put("entry", Base64Url.encode(Digests.sha256(LibraryList.encode(entry))));
        journal.append(new Draft(ADDED, record, one.id().toString(), List.of(LibraryTables.insert(one, by.name()))));
        return one;
    }

    /**
     * Withdraws an entry: it is shown no more, its file is deleted, and whoever harvests is told.
     *
     * @throws EntenteException {@code not-found}, {@code library-entry-invalid} if it is withdrawn already or there is no reason; {@code
     *     forbidden}
     */
    public void withdraw(UUID id, String reason, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        LibraryEntry.Listed one = own(id);
        if (one.withdrawn() != null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new EntenteException(
                    ErrorCode.LIBRARY_ENTRY_INVALID,
                    one.withdrawn() != null
                            ? "The entry was withdrawn at " + one.changed() + "."
                            : "reason: has 1 to " + LONGEST_REASON + " characters.");
        }
        Instant now = now();
        Map<String, Object> record = record(WITHDRAWN, id, by, now);
        record.put("reason", reason.strip());
        List<Write> writes = new ArrayList<>(List.of(LibraryTables.withdraw(id, reason.strip(), now)));
        LibraryEntry.File file = one.entry().file();
        if (file != null && !isNeeded(file, id)) {
            bodies.deletion(Base64Url.decode(file.digest())).ifPresent(writes::add);
        }
        try {
            journal.append(new Draft(WITHDRAWN, record, id.toString(), writes));
        } catch (ConflictingWriteException e) {
            throw new EntenteException(ErrorCode.LIBRARY_ENTRY_INVALID, "Meanwhile somebody else has withdrawn it.", e);
        }
    }

    private boolean isNeeded(LibraryEntry.File file, UUID id) {
        return holdings.needs(Base64Url.decode(file.digest()))
                || tables.own().stream()
                        .filter(other ->
                                other.withdrawn() == null && !other.id().equals(id))
                        .map(other -> other.entry().file())
                        .anyMatch(other -> other != null && other.digest().equals(file.digest()));
    }

    private static Map<String, Object> record(String kind, UUID id, StaffUser by, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("id", id.toString());
        return record;
    }

    /** Everything that stands: this node's own entries, then partners'. */
    public List<Held> standing() {
        return all().stream().filter(held -> held.listed().withdrawn() == null).toList();
    }

    /** The same with what was withdrawn. */
    public List<Held> all() {
        List<Held> all = new ArrayList<>();
        tables.own().forEach(one -> all.add(new Held(identity.party(), site(), true, one)));
        all.addAll(tables.harvested());
        return all;
    }

    private LibraryEntry.Listed own(UUID id) {
        return tables.own(id)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "This node has entered no profile " + id + " into the library."));
    }

    /**
     * The file of an own entry.
     *
     * @throws EntenteException {@code not-found} if it has none, or was withdrawn
     */
    public byte[] content(UUID id) {
        LibraryEntry.File file = file(id);
        return bodies.find(Base64Url.decode(file.digest()))
                .orElseThrow(() -> new EntenteException(ErrorCode.NOT_FOUND, "The file is not kept any more."));
    }

    /** What is known of the file of an own entry; errors as {@link #content}. */
    public LibraryEntry.File file(UUID id) {
        LibraryEntry.Listed one = own(id);
        LibraryEntry.File file = one.entry().file();
        if (file == null || one.withdrawn() != null) {
            throw new EntenteException(ErrorCode.NOT_FOUND, "The entry has no file, or was withdrawn.");
        }
        return file;
    }

    /** The signed list by which a partner's entry came: JWS, JSON serialisation. */
    public Optional<byte[]> proof(String party, UUID id) {
        return tables.list(party, id);
    }

    /**
     * A part of the own library, signed: JWS, JSON serialisation.
     *
     * @param resumption the token of the list before; empty for the beginning
     * @throws EntenteException {@code request-malformed} if it is no such token
     */
    public byte[] list(String resumption) {
        Instant now = now();
        long changed = -1;
        UUID id = FIRST;
        if (!resumption.isEmpty()) {
            String[] parts = resumption.split("~", -1);
            try {
                changed = Long.parseLong(parts[0]);
                id = UUID.fromString(parts[1]);
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new EntenteException(
                        ErrorCode.REQUEST_MALFORMED, "'" + resumption + "' is no token of a list of this library.", e);
            }
        }
        List<LibraryEntry.Listed> found = tables.after(changed, id, PAGE + 1);
        List<LibraryEntry.Listed> page = found.stream().limit(PAGE).toList();
        String next = page.isEmpty()
                ? resumption
                : Micros.of(page.getLast().changed()) + "~" + page.getLast().id();
        byte[] payload = new LibraryList(
                        LibraryList.FORMAT, identity.party(), now, site(), resumption, page, next, found.size() <= PAGE)
                .encode();
        return new SignedDocument(payload, List.of(SignedDocument.sign(payload, "json", identity.signing(), now)))
                .toJson();
    }

    private String site() {
        return listener.open() ? listener.baseUri() : "";
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
