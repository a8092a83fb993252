package org.entente.gateway.region.profile;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.entente.agreements.life.AgreementFile;
import org.entente.crypto.Digests;
import org.entente.crypto.VerificationException;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Draft;
import org.entente.gateway.journal.DuplicateWriteException;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.region.comparison.ComparabilityTable;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.statistics.AreaCodes;

/** Regional profiles: made of closed rounds, signed, kept in all editions, and published by a second person. */
@Singleton
public class Profiles {
    private static final String MADE = "profile-made";
    private static final String PUBLISHED = "profile-published";

    private final Rounds rounds;
    private final Programmes programmes;
    private final RoundAnswers answers;
    private final ProfileTables tables;
    private final Journal journal;
    private final NodeIdentity identity;
    private final AreaCodes areas;
    private final Clock clock;

    Profiles(
            Rounds rounds,
            Programmes programmes,
            RoundAnswers answers,
            ProfileTables tables,
            Journal journal,
            NodeIdentity identity,
            AreaCodes areas,
            Clock clock) {
        this.rounds = rounds;
        this.programmes = programmes;
        this.answers = answers;
        this.tables = tables;
        this.journal = journal;
        this.identity = identity;
        this.areas = areas;
        this.clock = clock;
    }

    /**
     * Makes the next edition of a programme's profile from a closed round.
     *
     * @throws EntenteException {@code not-found}; {@code request-malformed} while the round is open; {@code forbidden}
     */
    public ProfileEdition make(UUID round, StaffUser by) {
        by.require(Roles.STATISTICIAN);
        Rounds.Progress progress = rounds.progress(round);
        if (progress.round().closed() == null) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The round " + round + " is open; close it first.");
        }
        Programme programme = rounds.programme(progress.round());
        Optional<ProfileEdition> last =
                tables.ofProgramme(programme.id()).stream().findFirst();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ProfileMaking.Head head = new ProfileMaking.Head(
                identity.party(),
                last.map(ProfileEdition::edition).orElse(0) + 1,
                now.toString(),
                programmes
                        .find(programme.id(), programme.version())
                        .orElseThrow()
                        .digest(),
                round.toString(),
                progress.round().year());
        List<SourceFigures> sources = answers.sources(programme, progress);
        Profile profile = ProfileMaking.make(
                head,
                programme,
                RoundAnswers.members(progress, rounds.areas(progress.round()), sources),
                sources,
                last.map(edition -> answers.kept(programme, document(edition))).orElse(List.of()),
                area -> areas.partyOf(area).orElse(""));
        return keep(programme, profile, round, by, now);
    }

    private ProfileEdition keep(Programme programme, Profile profile, UUID round, StaffUser by, Instant now) {
        byte[] payload = ProfileCodec.encode(profile);
        byte[] signed = new SignedDocument(
                        payload, List.of(SignedDocument.sign(payload, "json", identity.signing(), now)))
                .toJson();
        ProfileEdition edition = new ProfileEdition(
                programme.id(), profile.edition(), round, text(Digests.sha256(payload)), now, by.id(), null);
        Map<String, Object> record = record(MADE, edition, by, now);
        record.put("round", round.toString());
        record.put("sources", profile.sources().stream().map(Source::exchange).toList());
        try {
            journal.append(
                    new Draft(MADE, record, programme.id(), List.of(ProfileTables.insert(edition, signed, by.id()))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "Somebody else has just made edition " + edition.edition() + " of " + programme.id() + ".",
                    e);
        }
        return edition;
    }

    private static Map<String, Object> record(String kind, ProfileEdition edition, StaffUser by, Instant now) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("kind", kind);
        record.put("time", now.toString());
        record.put("by", by.pseudonym());
        record.put("programme", edition.programme());
        record.put("edition", edition.edition());
        record.put("digest", edition.digest());
        return record;
    }

    /**
     * Publishes an edition: of each table what the programme, the framework and the members' legs allow. Somebody else than who has made it
     * does.
     *
     * @throws EntenteException {@code not-found}, {@code forbidden}; {@code request-malformed} if it is published already
     */
    public ProfileEdition publish(String programme, int edition, StaffUser by) {
        by.require(Roles.APPROVER);
        ProfileEdition known = get(programme, edition);
        if (known.madeBy().equals(by.id())) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN, "A profile is published by somebody else than who has made it.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = record(PUBLISHED, known, by, now);
        try {
            journal.append(
                    new Draft(PUBLISHED, record, programme, List.of(ProfileTables.publish(known, now, by.id()))));
        } catch (DuplicateWriteException e) {
            throw new EntenteException(
                    ErrorCode.REQUEST_MALFORMED,
                    "Edition " + edition + " of " + programme + " is published already.",
                    e);
        }
        return get(programme, edition);
    }

    /** The editions of a programme, newest first. */
    public List<ProfileEdition> of(String programme) {
        return tables.ofProgramme(programme);
    }

    /** The editions that the public may see, newest first. */
    public List<ProfileEdition> published() {
        return tables.published();
    }

    /**
     * An edition.
     *
     * @throws EntenteException {@code not-found}
     */
    public ProfileEdition get(String programme, int edition) {
        return tables.find(programme, edition)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "There is no edition " + edition + " of a profile " + programme + "."));
    }

    /** What an edition says. */
    public Profile document(ProfileEdition edition) {
        try {
            return ProfileCodec.profile(SignedDocument.parse(signed(edition)).payload());
        } catch (VerificationException e) {
            throw new IllegalStateException("a stored profile cannot be read", e);
        }
    }

    /** An edition as it was signed: JWS, JSON serialisation. */
    public byte[] signed(ProfileEdition edition) {
        return tables.document(edition.programme(), edition.edition()).orElseThrow();
    }

    /**
     * Both states' figures on a corridor side by side, different concepts included, because somebody asks for exactly that. The reasons
     * why they differ stand beside them.
     *
     * @param origin party that the people come from
     * @param destination party that they go to or live in
     */
    public List<Corridor> sideBySide(ProfileEdition edition, String origin, String destination) {
        Profile profile = document(edition);
        return CorridorIndex.of(
                        figures(edition, profile), area -> areas.partyOf(area).orElse(""))
                .sideBySide(origin, destination, ComparabilityTable.load(profile.comparability()));
    }

    /**
     * A member's own figure for the year of an edition.
     *
     * @param codes by dimension; whatever is left out of counterpart, regions and breakdowns is meant as a whole
     * @return empty if the member gives none that may be seen, or the figures are no longer kept
     */
    public OptionalDouble memberFigure(ProfileEdition edition, String party, String table, Map<String, String> codes) {
        Profile profile = document(edition);
        String year = String.valueOf(profile.year());
        return figures(edition, profile).stream()
                .filter(source -> source.source().party().equals(party)
                        && source.source().table().equals(table))
                .flatMap(source -> source.series().stream()
                        .filter(series -> Harmonised.isAt(source.cube().structure(), series.codes(), codes)))
                .map(series -> series.figures().get(year))
                .filter(figure -> figure != null && !Double.isNaN(figure.value()))
                .mapToDouble(Harmonised.Figure::value)
                .findFirst();
    }

    /** The figures behind an edition, as far as they are kept. */
    List<SourceFigures> figures(ProfileEdition edition, Profile profile) {
        return answers.kept(rounds.programme(rounds.progress(edition.round()).round()), profile);
    }

    /** The programme of an edition, in its version. */
    public Programme programme(ProfileEdition edition) {
        return rounds.programme(rounds.progress(edition.round()).round());
    }

    /** The framework of an edition as it stands now, if it still applies. */
    Optional<AgreementFile> framework(ProfileEdition edition) {
        return programmes.framework(programme(edition));
    }

    private static String text(byte[] digest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
