package org.entente.gateway.region.site;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.entente.gateway.region.comparison.NationalPair;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.PublicEdition;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.programme.Programme;
import org.entente.gateway.statistics.AreaCodes;
import org.entente.gateway.statistics.DiasporaStructure;

/** An edition as an English page reads it, without nodes. */
final class TestEdition {
    private TestEdition() {}

    /** A source of one figure. */
    static Source source(String id, String party, String table) {
        return new Source(
                id,
                party,
                table,
                Source.Assurance.SIGNED,
                "exchange",
                "agreement",
                "leg",
                null,
                "2021-01-01T00:00:00Z",
                false,
                "content",
                1,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    /** An edition that holds nothing but sources and what is compared of one state. */
    static EditionReading of(int year, List<Source> sources, List<NationalPair> pairs, int mostRows) {
        Profile profile = new Profile(
                Profile.FORMAT,
                "ADD",
                new TreeMap<>(Map.of("en", "Test")),
                1,
                "2021-01-01T00:00:00Z",
                "TEST/1/digest",
                "round",
                year,
                "agreement",
                "1.0.0",
                List.of(),
                sources,
                List.of(),
                List.of(),
                List.of(),
                pairs,
                null,
                List.of(),
                null);
        Programme programme = new Programme(
                Programme.FORMAT,
                "TEST",
                1,
                "agreement",
                new TreeMap<>(Map.of("en", "Test")),
                List.of(),
                new Programme.Rounds(List.of(), 0, 24, 30),
                1,
                3,
                10,
                "1.0.0",
                List.of(),
                null,
                List.of());
        ProfileEdition edition =
                new ProfileEdition("TEST", 1, new UUID(0, 1), "digest", Instant.EPOCH, new UUID(0, 2), Instant.EPOCH);
        SiteTexts say = SiteTexts.in("en");
        return new EditionReading(
                new PublicEdition(edition, profile, List.of(), new TreeSet<>(), false),
                programme,
                table -> DiasporaStructure.load().structure(),
                new Names(say, AreaCodes.load(), null),
                new Reader(say, false),
                mostRows);
    }
}
