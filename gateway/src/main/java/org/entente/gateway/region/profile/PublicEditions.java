package org.entente.gateway.region.profile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Recalls;
import org.entente.gateway.region.comparison.ComparabilityTable;
import org.entente.gateway.region.comparison.Corridor;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.AreaCodes;

/**
 * The published editions as everybody sees them. A recall, or the end of their retention, takes a source's figures away at once.
 */
@Singleton
public class PublicEditions {
    /** How many figures of members are kept read, over all editions. */
    private static final long MOST_FIGURES = 3_000_000;

    private static final long ALWAYS = 1_000;
    private static final Duration UNUSED = Duration.ofMinutes(10);

    private final Profiles profiles;
    private final Recalls recalls;
    private final AreaCodes areas;
    private final EditionConsultations consultations;
    private final Cache<Version, PublicEdition> read = Caffeine.newBuilder()
            .maximumWeight(MOST_FIGURES)
            .weigher((Version version, PublicEdition edition) -> (int) Math.min(
                    Integer.MAX_VALUE,
                    ALWAYS
                            + edition.figures().stream()
                                    .mapToLong(one -> one.cube().observationCount())
                                    .sum()))
            .expireAfterAccess(UNUSED)
            .build();

    PublicEditions(Profiles profiles, Recalls recalls, AreaCodes areas, EditionConsultations consultations) {
        this.consultations = consultations;
        this.profiles = profiles;
        this.recalls = recalls;
        this.areas = areas;
    }

    /** An edition with the sources whose figures there are. */
    private record Version(ProfileEdition edition, SortedSet<String> available) {}

    /** All published editions, newest first. */
    public List<ProfileEdition> all() {
        return profiles.published();
    }

    /** The published editions of a programme, newest first; empty if there is none. */
    public List<ProfileEdition> of(String programme) {
        return all().stream()
                .filter(edition -> edition.programme().equals(programme))
                .toList();
    }

    /**
     * A published edition.
     *
     * @throws EntenteException {@code not-found} if there is none, or it is not published
     */
    public PublicEdition get(String programme, int number) {
        ProfileEdition edition = of(programme).stream()
                .filter(one -> one.edition() == number)
                .findFirst()
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_FOUND, "No edition " + number + " of a profile " + programme + " is published."));
        Profile profile = profiles.document(edition);
        SortedSet<String> available = new TreeSet<>(profiles.available(edition));
        profile.sources().stream()
                .filter(source -> recalls.of(source.party(), source.release()).isPresent())
                .forEach(source -> available.remove(source.id()));
        return read.get(new Version(edition, available), version -> read(version, profile));
    }

    /**
     * An edition that is not published yet, as everybody would see it; for those who are asked for comments.
     *
     * @throws EntenteException {@code not-found}
     */
    public PublicEdition draft(String programme, int number) {
        ProfileEdition edition = profiles.get(programme, number);
        return read(new Version(edition, new TreeSet<>(profiles.available(edition))), profiles.document(edition));
    }

    /** The comments on the draft of an edition; empty if nobody was asked. */
    public Optional<ConsultationSummary> consultation(ProfileEdition edition) {
        return consultations.summary(edition.programme(), edition.edition());
    }

    private PublicEdition read(Version version, Profile profile) {
        List<SourceFigures> kept = profiles.figures(version.edition).stream()
                .filter(source -> version.available.contains(source.source().id()))
                .toList();
        return PublicEdition.of(version.edition, profile, programme(version.edition), kept);
    }

    /** The programme of an edition, in its version. */
    public Programme programme(ProfileEdition edition) {
        return profiles.programme(edition);
    }

    /** The framework of an edition as it stands now, if it still applies. */
    public Optional<AgreementFile> framework(ProfileEdition edition) {
        return profiles.framework(edition);
    }

    /**
     * Both states' public figures on a corridor side by side, different concepts included, because somebody asks for exactly that.
     *
     * @param origin party that the people come from
     * @param destination party that they go to or live in
     */
    public List<Corridor> sideBySide(PublicEdition edition, String origin, String destination) {
        Set<String> open = new TreeSet<>();
        edition.figures().forEach(one -> open.add(one.source().id()));
        List<SourceFigures> sources = profiles.figures(edition.edition()).stream()
                .filter(source -> open.contains(source.source().id()))
                .toList();
        return CorridorIndex.of(sources, area -> areas.partyOf(area).orElse(""))
                .sideBySide(
                        origin,
                        destination,
                        ComparabilityTable.load(edition.profile().comparability()));
    }

    /** The bundle that proves an edition, if everything in it is public and still kept. */
    public Optional<byte[]> bundle(PublicEdition edition, ProfileBundles bundles) {
        if (!edition.bundle()) {
            return Optional.empty();
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            bundles.write(edition.edition(), out);
            return Optional.of(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
