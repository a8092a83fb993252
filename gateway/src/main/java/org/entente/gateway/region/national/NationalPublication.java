package org.entente.gateway.region.national;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.entente.agreements.Leg;
import org.entente.agreements.Onward;
import org.entente.crypto.Base64Url;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.exchange.Holdings;
import org.entente.gateway.exchange.Recalls;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.treaties.Treaties;

/**
 * Editions of the state's own profile that everybody may read. Of the annex they see the state's own figures, and a partner's only where
 * the leg that brought it lets figures go on to the public freely (clause 21) and its answer is still kept; every other row stays, with
 * its place in the annex and who has counted, and says why there is no figure.
 */
@Singleton
public class NationalPublication {
    /** In place of the status of a partner's figure that the agreement does not let go on to the public. */
    public static final String NOT_PUBLIC = "NOT_PUBLIC";

    /** In place of the status of a figure whose release was recalled. */
    public static final String RECALLED = "RECALLED";

    private static final String PUBLISHED = "national-profile-published";

    private final Database database;
    private final NationalProfiles profiles;
    private final Holdings holdings;
    private final Recalls recalls;
    private final Treaties treaties;
    private final Journal journal;
    private final NodeIdentity identity;
    private final Clock clock;

    NationalPublication(
            Database database,
            NationalProfiles profiles,
            Holdings holdings,
            Recalls recalls,
            Treaties treaties,
            Journal journal,
            NodeIdentity identity,
            Clock clock) {
        this.database = database;
        this.profiles = profiles;
        this.holdings = holdings;
        this.recalls = recalls;
        this.treaties = treaties;
        this.journal = journal;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * A published edition.
     *
     * @param profile as everybody may see it
     * @param digest of the signed edition, SHA-256, base64url
     */
    public record Published(NationalProfile profile, Instant at, String digest) {}

    /**
     * Publishes an edition for good; somebody else than who has made it does.
     *
     * @throws EntenteException {@code not-found}, {@code forbidden}; {@code edition-published} if it is published already
     */
    public void publish(int edition, StaffUser by) {
        by.require(Roles.APPROVER);
        profiles.signed(edition);
        if (madeBy(edition).equals(by.name())) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN, "A profile is published by somebody else than who has made it.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", PUBLISHED);
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("edition", edition);
        record.put("digest", digest(edition));
        try {
            journal.append(new Draft(
                    PUBLISHED,
                    record,
                    "national-profile",
                    List.of(new Write.Insert(
                            "INSERT INTO national_publication (edition, published_us, published_by, journal_index)"
                                    + " VALUES (?, ?, ?, ?)",
                            edition,
                            Micros.of(now),
                            by.name(),
                            Write.INDEX))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(ErrorCode.EDITION_PUBLISHED, "Edition " + edition + " is published already.", e);
        }
    }

    private String madeBy(int edition) {
        return database.one("SELECT made_by FROM national_profile WHERE edition = ?", r -> r.string("made_by"), edition)
                .orElseThrow();
    }

    private String digest(int edition) {
        return Base64Url.encode(
                database.one("SELECT digest FROM national_profile WHERE edition = ?", r -> r.bytes("digest"), edition)
                        .orElseThrow());
    }

    /** The numbers of the published editions, newest first. */
    public List<Integer> editions() {
        return database.query(
                "SELECT edition FROM national_publication ORDER BY edition DESC", r -> (int) r.longValue("edition"));
    }

    /** When the youngest edition was published; empty if none is. */
    public Optional<Instant> latest() {
        return database.one(
                "SELECT published_us FROM national_publication ORDER BY published_us DESC LIMIT 1",
                r -> Micros.toInstant(r.longValue("published_us")));
    }

    /**
     * A published edition.
     *
     * @throws EntenteException {@code not-found} if there is none, or it is not published
     */
    public Published get(int edition) {
        Instant at = database.one(
                        "SELECT published_us FROM national_publication WHERE edition = ?",
                        r -> Micros.toInstant(r.longValue("published_us")),
                        edition)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "No edition " + edition + " of a national profile is published here."));
        NationalProfile profile = profiles.get(edition);
        return new Published(
                profile.with(profile.annex().stream().map(this::visible).toList()), at, digest(edition));
    }

    private AnnexRow visible(AnnexRow row) {
        if (row.countedBy().equals(identity.party())) {
            return recalls.own(row.proof()).isPresent() ? row.with(null, RECALLED) : row;
        }
        if (row.status().equals(AnnexRow.DELETED)) {
            return row;
        }
        Holdings.Holding holding = holdings.find(UUID.fromString(row.proof())).orElse(null);
        if (holding == null || !mayBePublic(holding)) {
            return row.with(null, NOT_PUBLIC);
        }
        return recalls.of(holding.partner(), holding.release()).isPresent() ? row.with(null, RECALLED) : row;
    }

    private boolean mayBePublic(Holdings.Holding holding) {
        return treaties
                .find(holding.agreement())
                .flatMap(treaty -> treaty.file().agreement().legs().stream()
                        .filter(leg -> leg.id().equals(holding.leg()))
                        .findFirst())
                .map(Leg::onward)
                .stream()
                .flatMap(onward -> onward.allowed().stream())
                .anyMatch(rule ->
                        rule.recipient() == Onward.Recipient.PUBLIC && rule.condition() == Onward.Condition.FREE);
    }
}
