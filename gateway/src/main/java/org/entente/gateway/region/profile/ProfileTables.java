package org.entente.gateway.region.profile;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.entente.crypto.Base64Url;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.Micros;
import org.entente.gateway.base.Row;
import org.entente.gateway.base.Uuids;
import org.entente.gateway.journal.Write;
import org.jspecify.annotations.Nullable;

/** Profiles in the database. */
@Singleton
final class ProfileTables {
    private static final String INSERT =
            "INSERT INTO profile_edition (programme, edition, round, document, digest, made_us, made_by, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String PUBLISH =
            "INSERT INTO profile_publication (programme, edition, published_us, published_by, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?)";
    private static final String SELECT =
            "SELECT e.programme, e.edition, e.round, e.digest, e.made_us, e.made_by, p.published_us"
                    + " FROM profile_edition e LEFT JOIN profile_publication p"
                    + " ON p.programme = e.programme AND p.edition = e.edition";

    private final Database database;

    ProfileTables(Database database) {
        this.database = database;
    }

    static Write insert(ProfileEdition edition, byte[] signed, UUID by) {
        return new Write.Insert(
                INSERT,
                edition.programme(),
                edition.edition(),
                Uuids.toBytes(edition.round()),
                signed,
                Base64Url.decode(edition.digest()),
                Micros.of(edition.made()),
                Uuids.toBytes(by),
                Write.INDEX);
    }

    static Write publish(ProfileEdition edition, Instant now, UUID by) {
        return new Write.Insert(
                PUBLISH, edition.programme(), edition.edition(), Micros.of(now), Uuids.toBytes(by), Write.INDEX);
    }

    /** What came of the comments on an edition's draft, signed. */
    static Write comments(ProfileEdition edition, byte[] signed) {
        return new Write.Insert(
                "INSERT INTO profile_comments (programme, edition, document) VALUES (?, ?, ?)",
                edition.programme(),
                edition.edition(),
                signed);
    }

    /** The same as kept; empty where nobody was asked, or the edition was published before such results were signed. */
    Optional<byte[]> comments(String programme, int edition) {
        return database.one(
                "SELECT document FROM profile_comments WHERE programme = ? AND edition = ?",
                r -> r.bytes("document"),
                programme,
                edition);
    }

    List<ProfileEdition> ofProgramme(String programme) {
        return database.query(SELECT + " WHERE e.programme = ? ORDER BY e.edition DESC", ProfileTables::row, programme);
    }

    /** The editions that the public may see, newest first. */
    List<ProfileEdition> published() {
        return database.query(
                SELECT + " WHERE p.published_us IS NOT NULL ORDER BY p.published_us DESC, e.edition DESC",
                ProfileTables::row);
    }

    Optional<ProfileEdition> find(String programme, int edition) {
        return database.one(
                SELECT + " WHERE e.programme = ? AND e.edition = ?", ProfileTables::row, programme, edition);
    }

    Optional<byte[]> document(String programme, int edition) {
        return database.one(
                "SELECT document FROM profile_edition WHERE programme = ? AND edition = ?",
                r -> r.bytes("document"),
                programme,
                edition);
    }

    private static ProfileEdition row(Row r) throws SQLException {
        @Nullable Instant published = r.instantOrNull("published_us");
        return new ProfileEdition(
                r.string("programme"),
                (int) r.longValue("edition"),
                r.uuid("round"),
                Base64Url.encode(r.bytes("digest")),
                r.instant("made_us"),
                r.uuid("made_by"),
                published);
    }
}
