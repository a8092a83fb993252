package org.entente.gateway.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.entente.gateway.region.MemberStates.Row;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.Profiles;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.programme.Programmes;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.region.programme.Rounds;
import org.junit.jupiter.api.Test;

/** States that belong to two processes, each with its own framework and programme; in the second one of them only observes. */
class SeveralProcessesTest {
    private static final String PROGRAMME = """
            format: entente-programme/1
            id: %s
            version: 1
            agreement: %s
            title: {en: A process}
            tables:
              - id: STOCK
                title: {en: Foreign citizens}
                dataflow: ENTENTE:DF_DIASPORA(1.0.0)
                leg: PROFILE-STOCK
                purpose: migration-profile
                dimensions: {INDICATOR: [STOCK_IN], ORIGIN_BASIS: [CT], AGE: [_T]}
                publish: MEMBERS
            rounds: {due: [], yearsBack: 1, deadlineHours: 24, attemptSeconds: 60}
            acceptedYears: 1
            minimumReporting: 3
            dominance: 10
            comparability: 1.0.0
            """;

    private static void observes(ObjectNode document, String party) {
        for (JsonNode one : document.path("parties")) {
            if (one.path("id").asText().equals(party)) {
                ((ObjectNode) one).put("role", "RECIPIENT");
            }
        }
    }

    private static List<Source> sources(MemberStates region, String programme, String agreement) {
        region.secretariat()
                .bean(Programmes.class)
                .declare(
                        PROGRAMME.formatted(programme, agreement).getBytes(StandardCharsets.UTF_8),
                        region.statistician("ADD"));
        Rounds rounds = region.secretariat().bean(Rounds.class);
        UUID round =
                rounds.open(programme, 2020, region.statistician("ADD")).round().id();
        rounds.turn(round);
        List<Round.Task> tasks = rounds.close(round, region.statistician("ADD")).tasks();
        assertTrue(tasks.stream().allMatch(task -> task.state() == Round.Outcome.ANSWERED), tasks::toString);
        Profiles profiles = region.secretariat().bean(Profiles.class);
        Profile profile = profiles.document(profiles.make(round, region.statistician("ADD")));
        assertTrue(
                profile.sources().stream().allMatch(source -> source.agreement().equals(agreement)));
        return profile.sources();
    }

    private static Set<String> parties(List<Source> sources) {
        return sources.stream().map(Source::party).collect(Collectors.toSet());
    }

    @Test
    void eachMemberAnswersEachProcessUnderItsOwnAgreementAndAnObserverIsNotAsked() {
        try (MemberStates region =
                MemberStates.open(new TreeMap<>(Map.of("ARE", "AE", "IND", "IN", "QAT", "QA")), document -> {})) {
            String first = region.agreement();
            String second = region.concludeAnother(document -> observes(document, "IND"));
            for (String member : List.of("ARE", "IND", "QAT")) {
                region.publish(member, member + "-STOCK", List.of(Row.stock("TH", "_T", 2020, 100)));
            }
            List<Source> ofFirst = sources(region, "FIRST", first);
            List<Source> ofSecond = sources(region, "SECOND", second);
            assertEquals(Set.of("ARE", "IND", "QAT"), parties(ofFirst));
            assertEquals(Set.of("ARE", "QAT"), parties(ofSecond));
            assertTrue(ofSecond.stream()
                    .noneMatch(source ->
                            ofFirst.stream().anyMatch(other -> other.exchange().equals(source.exchange()))));
        }
    }
}
