package org.entente.gateway.region.national;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.crypto.Base64Url;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Database;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Micros;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.region.profile.ConsultationSummary;
import org.jspecify.annotations.Nullable;

/** The editions of a state's own migration profile: signed by its node, journaled, never changed, compared with each other. */
@Singleton
public class NationalProfiles {
    private static final String MADE = "national-profile-made";
    private static final String INSERT =
            "INSERT INTO national_profile (edition, document, digest, made_us, made_by, journal_index)"
                    + " VALUES (?, ?, ?, ?, ?, ?)";

    private final Database database;
    private final NationalAnnex annex;
    private final Journal journal;
    private final NodeIdentity identity;
    private final Clock clock;

    NationalProfiles(Database database, NationalAnnex annex, Journal journal, NodeIdentity identity, Clock clock) {
        this.database = database;
        this.annex = annex;
        this.journal = journal;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * Makes the next edition from the working group's text; the annex is filled from own releases and holdings.
     *
     * @param text JSON or YAML
     * @throws EntenteException {@code national-profile-invalid}, {@code forbidden}
     */
    public NationalProfile make(byte[] text, StaffUser by) {
        return make(text, null, by);
    }

    /**
     * The same after comments were asked for on a draft.
     *
     * @param consultation what came of it; null if nobody was asked
     */
    public NationalProfile make(byte[] text, @Nullable ConsultationSummary consultation, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        NationalText written = NationalText.read(text);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        NationalProfile profile = new NationalProfile(
                NationalProfile.FORMAT,
                identity.party(),
                editions().stream().mapToInt(Integer::intValue).max().orElse(0) + 1,
                now.toString(),
                written,
                annex.rows(written.year()),
                consultation);
        byte[] payload = profile.with(annex.signed(profile.annex())).encode();
        byte[] digest = Digests.sha256(payload);
        byte[] signed = new SignedDocument(
                        payload, List.of(SignedDocument.sign(payload, "json", identity.signing(), now)))
                .toJson();
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", MADE);
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("edition", profile.edition());
        record.put("digest", Base64Url.encode(digest));
        try {
            journal.append(new Draft(
                    MADE,
                    record,
                    "national-profile",
                    List.of(new Write.Insert(
                            INSERT, profile.edition(), signed, digest, Micros.of(now), by.name(), Write.INDEX))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED, "Somebody else has just made edition " + profile.edition() + ".", e);
        }
        return profile;
    }

    /** The numbers of all editions, newest first. */
    public List<Integer> editions() {
        return database.query(
                "SELECT edition FROM national_profile ORDER BY edition DESC", r -> (int) r.longValue("edition"));
    }

    /**
     * An edition, with partners' figures as long as their answers may be kept.
     *
     * @throws EntenteException {@code not-found}
     */
    public NationalProfile get(int edition) {
        try {
            NationalProfile kept =
                    NationalProfile.decode(SignedDocument.parse(signed(edition)).payload());
            return kept.with(annex.filled(kept.annex(), kept.text().year()));
        } catch (VerificationException e) {
            throw new IllegalStateException("a stored national profile cannot be read", e);
        }
    }

    /**
     * An edition as it was signed: JWS, JSON serialisation.
     *
     * @throws EntenteException {@code not-found}
     */
    public byte[] signed(int edition) {
        return database.one(
                        "SELECT document FROM national_profile WHERE edition = ?", r -> r.bytes("document"), edition)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "There is no edition " + edition + " of a national profile here."));
    }
}
