package org.entente.gateway.region.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.UUID;
import org.entente.agreements.Leg;
import org.entente.agreements.Onward;
import org.entente.agreements.life.AgreementFile;
import org.entente.crypto.Base64Url;
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
import org.entente.gateway.journal.Write;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.region.comparison.ComparabilityTable;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.indicator.ReferenceSource;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Rounds;
import org.entente.gateway.statistics.AreaCodes;
import org.jspecify.annotations.Nullable;

/** Regional profiles: made of closed rounds, signed, kept in all editions, and published by a second person. */
@Singleton
public class Profiles {
    private static final String MADE = "profile-made";
    private static final String PUBLISHED = "profile-published";

    private static final int DOCUMENTS = 16;
    private static final int MOST_NAMED = 100;
    private static final Duration FIGURES_KEPT = Duration.ofMinutes(1);

    private final Rounds rounds;
    private final Programmes programmes;
    private final RoundAnswers answers;
    private final References references;
    private final ReconciliationConsents consents;
    private final EditionConsultations consultations;
    private final ProfileTables tables;
    private final Journal journal;
    private final NodeIdentity identity;
    private final AreaCodes areas;
    private final Clock clock;

    /** Editions never change, so one that was read is not read again. */
    private final Cache<String, Profile> documents =
            Caffeine.newBuilder().maximumSize(DOCUMENTS).build();

    /** Figures are let go soon after they were wanted, and at once when one of their sources is deleted. */
    private final Cache<Behind, List<SourceFigures>> behind =
            Caffeine.newBuilder().maximumSize(2).expireAfterAccess(FIGURES_KEPT).build();

    Profiles(
            Rounds rounds,
            Programmes programmes,
            RoundAnswers answers,
            References references,
            ReconciliationConsents consents,
            EditionConsultations consultations,
            ProfileTables tables,
            Journal journal,
            NodeIdentity identity,
            AreaCodes areas,
            Clock clock) {
        this.rounds = rounds;
        this.programmes = programmes;
        this.answers = answers;
        this.references = references;
        this.consents = consents;
        this.consultations = consultations;
        this.tables = tables;
        this.journal = journal;
        this.identity = identity;
        this.areas = areas;
        this.clock = clock;
    }

    /** Makes the next edition of a programme's profile from a closed round, on which nobody is asked for comments. */
    public ProfileEdition make(UUID round, StaffUser by) {
        return make(round, false, by);
    }

    /**
     * Makes the next edition of a programme's profile from a closed round.
     *
     * @param forComments whether comments are asked for before it is published; signed with the edition, which can then neither be published
     *     nor proved without what came of them
     * @throws EntenteException {@code not-found}; {@code request-malformed} while the round is open; {@code forbidden}
     */
    public ProfileEdition make(UUID round, boolean forComments, StaffUser by) {
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
                progress.round().year(),
                forComments);
        List<SourceFigures> sources = answers.sources(programme, progress);
        List<Profile.Member> members = RoundAnswers.members(progress, rounds.areas(progress.round()), sources);
        ReferenceSource reference = references.current(programme);
        Profile profile = ProfileMaking.make(
                head,
                programme,
                members,
                sources,
                last.map(edition -> answers.kept(programme, document(edition))).orElse(List.of()),
                area -> areas.partyOf(area).orElse(""),
                ProfileMaking.reference(
                        programme,
                        reference,
                        reference == null ? new byte[0] : references.csv(reference),
                        members,
                        sources,
                        progress.round().year()),
                consents.of(programme));
        return keep(programme, profile, round, by, now);
    }

    private ProfileEdition keep(Programme programme, Profile profile, UUID round, StaffUser by, Instant now) {
        byte[] payload = ProfileCodec.encode(profile);
        byte[] signed = sign(payload, now);
        ProfileEdition edition = new ProfileEdition(
                programme.id(),
                profile.edition(),
                round,
                Base64Url.encode(Digests.sha256(payload)),
                now,
                by.id(),
                null);
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

    /** JWS, JSON serialisation, by the node's signing key. */
    private byte[] sign(byte[] payload, Instant now) {
        return new SignedDocument(payload, List.of(SignedDocument.sign(payload, "json", identity.signing(), now)))
                .toJson();
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
     * does. What came of the comments on its draft is signed with that. Before, all that it shows is audited together with the editions that are published already.
     *
     * @throws EntenteException {@code not-found}, {@code forbidden}; {@code edition-published} if it is published already; {@code
     *     consultation-not-possible} while comments on it may come or wait, or nobody was asked for those that it speaks of; {@code profile-unsafe} naming every figure of a member that could be inferred, or a table that may not be public
     */
    public ProfileEdition publish(String programme, int edition, StaffUser by) {
        by.require(Roles.APPROVER);
        ProfileEdition known = get(programme, edition);
        if (known.madeBy().equals(by.id())) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN, "A profile is published by somebody else than who has made it.");
        }
        if (known.published() != null) {
            throw published(known, null);
        }
        requireComments(known);
        requireSafe(known);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Object> record = record(PUBLISHED, known, by, now);
        List<Write> writes = new ArrayList<>(List.of(ProfileTables.publish(known, now, by.id())));
        consultations.summary(programme, edition).ifPresent(summary -> {
            byte[] payload = ProfileCodec.encode(new CommentsResult(
                    CommentsResult.FORMAT,
                    identity.party(),
                    programme,
                    edition,
                    known.digest(),
                    now.toString(),
                    summary));
            record.put("comments", Base64Url.encode(Digests.sha256(payload)));
            writes.add(ProfileTables.comments(known, sign(payload, now)));
        });
        try {
            journal.append(new Draft(PUBLISHED, record, programme, writes));
        } catch (DuplicateWriteException e) {
            throw published(known, e);
        }
        return get(programme, edition);
    }

    private void requireComments(ProfileEdition edition) {
        consultations.requireClosed(edition.programme(), edition.edition());
        if (asksForComments(edition)
                && consultations.summary(edition.programme(), edition.edition()).isEmpty()) {
            throw new EntenteException(
                    ErrorCode.CONSULTATION_NOT_POSSIBLE,
                    "Edition " + edition.edition() + " of " + edition.programme()
                            + " says that comments are asked for on it, and nobody was asked.");
        }
    }

    /** Whether an edition says that comments are asked for before it is published. */
    public boolean asksForComments(ProfileEdition edition) {
        return document(edition).asksForComments();
    }

    private static EntenteException published(ProfileEdition edition, @Nullable Throwable cause) {
        return new EntenteException(
                ErrorCode.EDITION_PUBLISHED,
                "Edition " + edition.edition() + " of " + edition.programme() + " is published already.",
                cause);
    }

    /**
     * Lets an edition that is not published be shown to persons outside, as everybody would see it: under the conditions of a publication.
     *
     * @throws EntenteException {@code forbidden} to whoever has made it; {@code profile-unsafe}
     */
    public void requireShowable(ProfileEdition edition, StaffUser by) {
        by.require(Roles.APPROVER);
        if (edition.madeBy().equals(by.id())) {
            throw new EntenteException(
                    ErrorCode.FORBIDDEN, "A draft is shown outside by somebody else than who has made it.");
        }
        requireSafe(edition);
    }

    private void requireSafe(ProfileEdition edition) {
        List<UnionAudit.Shown> editions = new ArrayList<>(List.of(shown(edition)));
        tables.published().forEach(one -> editions.add(shown(one)));
        List<String> closed = closedTables(edition);
        if (!closed.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.PROFILE_UNSAFE,
                    "The agreement does not let the secretariat pass members' figures on to the public in the tables "
                            + String.join(", ", closed) + ", which the programme publishes with them.",
                    Map.of("tables", closed));
        }
        List<UnionAudit.Exposure> exposures = UnionAudit.of(editions);
        if (!exposures.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.PROFILE_UNSAFE,
                    "With edition " + edition.edition() + " of " + edition.programme() + ", " + exposures.size()
                            + " figures that members do not show could be inferred, the first one: "
                            + sentence(exposures.getFirst()) + ".",
                    Map.of(
                            "cells",
                            exposures.stream()
                                    .limit(MOST_NAMED)
                                    .map(Profiles::sentence)
                                    .toList()));
        }
    }

    private UnionAudit.Shown shown(ProfileEdition edition) {
        return new UnionAudit.Shown(document(edition), programme(edition), figures(edition));
    }

    private static String sentence(UnionAudit.Exposure exposure) {
        return exposure.cell() + " by " + (exposure.attacker() == null ? "anybody" : exposure.attacker());
    }

    /** Tables that the programme publishes with members' figures and whose leg does not let those go on to the public (clause 21). */
    private List<String> closedTables(ProfileEdition edition) {
        List<Leg> legs = framework(edition).map(file -> file.agreement().legs()).orElse(List.of());
        return programme(edition).tables().stream()
                .filter(table -> table.publish() == Programme.Publication.MEMBERS)
                .filter(table -> legs.stream()
                        .filter(leg -> leg.id().equals(table.leg()))
                        .noneMatch(leg -> leg.onward().allowed().stream()
                                .anyMatch(rule -> rule.recipient() == Onward.Recipient.PUBLIC
                                        && rule.condition() == Onward.Condition.FREE)))
                .map(Programme.Table::id)
                .toList();
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
        return documents.get(edition.digest(), digest -> read(edition));
    }

    private Profile read(ProfileEdition edition) {
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

    /** What came of the comments on its draft, signed like it; empty where nobody was asked, or nothing of it was signed then. */
    Optional<byte[]> comments(ProfileEdition edition) {
        return tables.comments(edition.programme(), edition.edition());
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
        return CorridorIndex.of(figures(edition), area -> areas.partyOf(area).orElse(""))
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
        return figures(edition).stream()
                .filter(source -> source.source().party().equals(party)
                        && source.source().table().equals(table))
                .flatMap(source -> source.series().stream()
                        .filter(series -> Harmonised.isAt(source.cube().structure(), series.codes(), codes)))
                .map(series -> series.figures().get(year))
                .filter(figure -> figure != null && !Double.isNaN(figure.value()))
                .mapToDouble(Harmonised.Figure::value)
                .findFirst();
    }

    private record Behind(String digest, SortedSet<String> available) {}

    /** The figures behind an edition, as far as they are kept. */
    List<SourceFigures> figures(ProfileEdition edition) {
        Behind now = new Behind(edition.digest(), available(edition));
        return behind.get(now, key -> answers.kept(programme(edition), document(edition)));
    }

    /** Ids of the sources of an edition whose figures are still kept. */
    SortedSet<String> available(ProfileEdition edition) {
        return answers.available(document(edition));
    }

    /** The programme of an edition, in its version. */
    public Programme programme(ProfileEdition edition) {
        return rounds.programme(rounds.progress(edition.round()).round());
    }

    /** The framework of an edition as it stands now, if it still applies. */
    Optional<AgreementFile> framework(ProfileEdition edition) {
        return programmes.framework(programme(edition));
    }
}
