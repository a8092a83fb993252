package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.life.Instrument;
import org.entente.crypto.Base64Url;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Row;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** The rows behind treaties: what is read, and the writes that go with a journal entry. */
@Singleton
final class TreatyTables implements TextShelf {
    private static final String INSERT_TREATY =
            "INSERT INTO treaty (digest, agreement_id, version, document, received_us,"
                    + " revision) VALUES (?, ?, ?, ?, ?, 0)";
    private static final String INSERT_ACT =
            "INSERT INTO treaty_act (id, digest, position, instrument, message, source, received_us) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final String NEXT_REVISION =
            "UPDATE treaty SET revision = revision + 1 WHERE digest = ? AND revision = ?";
    private static final String ADOPT = "INSERT INTO treaty_adopted (agreement_id, version, digest) VALUES (?, ?, ?)";
    private static final String COUNT = "UPDATE treaty_change SET version = version + 1 WHERE id = 1";
    private static final String KEPT = "SELECT a.id, a.message, a.received_us, t.agreement_id, t.version, t.digest"
            + " FROM treaty_act a JOIN treaty t ON t.digest = a.digest";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Texts that are read for every act about them; a digest stands for one text for ever. */
    private static final int TEXTS = 64;

    private final Database database;
    private final Cache<String, Agreement> texts =
            Caffeine.newBuilder().maximumSize(TEXTS).build();

    TreatyTables(Database database) {
        this.database = database;
    }

    long version() {
        return database.one("SELECT version FROM treaty_change WHERE id = 1", row -> row.longValue("version"))
                .orElseThrow(() -> new IllegalStateException("the table treaty_change is empty"));
    }

    /** All treaties. The version is read first, so that a change while reading is noticed at the next look. */
    TreatyBook read(@Nullable TreatyBook before) {
        long version = version();
        Map<ByteBuffer, List<HeldAct>> acts = new HashMap<>();
        database.query(
                "SELECT digest, instrument, position, source, received_us FROM treaty_act ORDER BY position",
                row -> acts.computeIfAbsent(ByteBuffer.wrap(row.bytes("digest")), d -> new ArrayList<>())
                        .add(act(row)));
        List<Treaty> all = database.query(
                "SELECT digest, document, revision FROM treaty ORDER BY agreement_id, version, received_us, digest",
                row -> treaty(row, acts.getOrDefault(ByteBuffer.wrap(row.bytes("digest")), List.of()), before));
        return new TreatyBook(version, Treaty.linked(all));
    }

    /** As it stands in the database at this moment. */
    @Override
    public Optional<Treaty> read(byte[] digest) {
        return database.one(
                        "SELECT agreement_id FROM treaty WHERE digest = ?", row -> row.string("agreement_id"), digest)
                .flatMap(id -> ofAgreement(id).stream()
                        .filter(treaty -> treaty.file().digest().equals(Base64Url.encode(digest)))
                        .findFirst());
    }

    /** As they stand in the database at this moment. */
    @Override
    public List<Treaty> ofAgreement(String id) {
        Map<ByteBuffer, List<HeldAct>> acts = new HashMap<>();
        database.query(
                "SELECT a.digest, a.instrument, a.position, a.source, a.received_us FROM treaty_act a"
                        + " JOIN treaty t ON t.digest = a.digest WHERE t.agreement_id = ? ORDER BY a.position",
                row -> acts.computeIfAbsent(ByteBuffer.wrap(row.bytes("digest")), d -> new ArrayList<>())
                        .add(act(row)),
                id);
        return Treaty.linked(database.query(
                "SELECT digest, document, revision FROM treaty WHERE agreement_id = ?"
                        + " ORDER BY version, received_us, digest",
                row -> treaty(row, acts.getOrDefault(ByteBuffer.wrap(row.bytes("digest")), List.of()), null),
                id));
    }

    private Treaty treaty(Row row, List<HeldAct> acts, @Nullable TreatyBook before) throws java.sql.SQLException {
        String digest = Base64Url.encode(row.bytes("digest"));
        Optional<Treaty> known = before == null ? Optional.empty() : before.find(digest);
        Agreement agreement = known.isPresent() ? known.get().file().agreement() : text(digest, row);
        return Treaty.of(agreement, digest, acts, row.longValue("revision"));
    }

    private Agreement text(String digest, Row row) throws java.sql.SQLException {
        Agreement known = texts.getIfPresent(digest);
        if (known == null) {
            known = agreement(row.bytes("document"));
            texts.put(digest, known);
        }
        return known;
    }

    private static Agreement agreement(byte[] document) {
        try {
            return Agreement.parse(document);
        } catch (InvalidAgreementException e) {
            throw new IllegalStateException("an agreement in the database cannot be read", e);
        }
    }

    private static HeldAct act(Row row) throws java.sql.SQLException {
        try {
            return new HeldAct(
                    JSON.readValue(row.bytes("instrument"), Instrument.class),
                    row.longValue("position"),
                    row.stringOrNull("source"),
                    row.instant("received_us"));
        } catch (IOException e) {
            throw new IllegalStateException("an act in the database cannot be read", e);
        }
    }

    @Override
    public List<String> textsOf(String agreement, int version) {
        return database.query(
                "SELECT digest FROM treaty WHERE agreement_id = ? AND version = ? ORDER BY received_us, digest",
                row -> Base64Url.encode(row.bytes("digest")),
                agreement,
                version);
    }

    @Override
    public Optional<String> adopted(String agreement, int version) {
        return database.one(
                "SELECT digest FROM treaty_adopted WHERE agreement_id = ? AND version = ?",
                row -> Base64Url.encode(row.bytes("digest")),
                agreement,
                version);
    }

    @Override
    public Optional<Kept> kept(String act) {
        return database.one(KEPT + " WHERE a.id = ?", TreatyTables::kept, UuidUrn.parse(act));
    }

    @Override
    public Optional<Kept> proposal(byte[] digest) {
        return database.one(KEPT + " WHERE a.digest = ? ORDER BY a.position LIMIT 1", TreatyTables::kept, digest);
    }

    private static Kept kept(Row row) throws java.sql.SQLException {
        return new Kept(
                row.bytes("message"),
                new ActReceipt(
                        UuidUrn.of(row.uuid("id")),
                        row.string("agreement_id"),
                        row.intValue("version"),
                        Base64Url.encode(row.bytes("digest")),
                        row.instant("received_us")));
    }

    /** The acts on a text as nodes exchange them, in order. */
    List<byte[]> messages(String digest) {
        return database.query(
                "SELECT message FROM treaty_act WHERE digest = ? ORDER BY position",
                row -> row.bytes("message"),
                Base64Url.decode(digest));
    }

    static Write insert(Agreement agreement, String digest, Instant now) {
        return new Write.Insert(
                INSERT_TREATY,
                Base64Url.decode(digest),
                agreement.id(),
                agreement.version(),
                agreement.canonical(),
                now);
    }

    static Write insert(Instrument instrument, byte[] message, @Nullable String source, Instant now) {
        return new Write.Insert(
                INSERT_ACT,
                UuidUrn.parse(instrument.id()),
                Base64Url.decode(instrument.digest()),
                Write.INDEX,
                CanonicalJson.encode(instrument),
                message,
                source,
                now);
    }

    /** Lets the act pass only if no other act came in between. */
    static Write nextRevision(Treaty treaty) {
        return new Write.Update(NEXT_REVISION, 1, Base64Url.decode(treaty.file().digest()), treaty.revision());
    }

    static Write adopt(Agreement agreement, String digest) {
        return new Write.Insert(ADOPT, agreement.id(), agreement.version(), Base64Url.decode(digest));
    }

    /** Tells the other processes. */
    static Write count() {
        return new Write.Update(COUNT, 1);
    }
}
