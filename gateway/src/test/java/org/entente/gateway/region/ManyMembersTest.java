package org.entente.gateway.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.VerificationReport;
import org.entente.gateway.region.comparison.RegionalTotal;
import org.entente.gateway.region.profile.Profile;
import org.entente.gateway.region.profile.ProfileVerifier;
import org.entente.gateway.region.profile.Source;
import org.entente.gateway.region.programme.Round;
import org.entente.gateway.statistics.Dataflows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The region of the benchmark with eight members. */
class ManyMembersTest {

    /** Somebody on a member's node who changes figures after they were signed; only on nodes whose settings ask for it. */
    @ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
    @Requires(property = ManyMembers.FORGES, value = "true")
    static class Forger {
        @ResponseFilter
        void forge(HttpRequest<?> request, MutableHttpResponse<?> response) {
            if (request.getPath().contains("/sdmx/v2/data/") && response.body() instanceof byte[] body) {
                String figures = new String(body, StandardCharsets.UTF_8);
                response.body(figures.replace(",2018,1", ",2018,2").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void aRoundNamesWhoIsDeadSlowRefusesOrForgesAndPublishesNothingOfThem(@TempDir Path folder) throws IOException {
        try (ManyMembers many = ManyMembers.open(8, 3, 20)) {
            many.disturb(Duration.ofMinutes(2));
            ManyMembers.Run run = many.round();
            Map<String, Round.Task> tasks = run.tasks();
            assertEquals(8, tasks.size());
            assertEquals(Round.Outcome.MISSING, tasks.get(many.dead()).state());
            assertEquals(Round.Outcome.MISSING, tasks.get(many.slow()).state());
            assertEquals(Round.Outcome.REFUSED, tasks.get(many.refusing()).state());
            assertEquals(Round.Outcome.INVALID, tasks.get(many.forging()).state());
            assertEquals(
                    ErrorCode.PARTNER_ANSWER_INVALID.code(),
                    tasks.get(many.forging()).code());
            List<String> well = many.members().subList(4, 8);
            assertTrue(
                    well.stream().allMatch(member -> tasks.get(member).state() == Round.Outcome.ANSWERED),
                    tasks::toString);
            ManyMembers.Made made = many.profile(run.round());
            Profile profile = made.profile();
            assertEquals(
                    new TreeSet<>(well),
                    new TreeSet<>(profile.sources().stream().map(Source::party).toList()));
            assertTrue(profile.members().stream()
                    .filter(member -> !well.contains(member.party()))
                    .flatMap(member -> member.replies().stream())
                    .allMatch(reply -> reply.sentence() != null));
            // Four report; of each other only three can, and a total that one of them could take apart is not shown.
            profile.tables().getFirst().groups().stream()
                    .flatMap(group -> group.totals().stream())
                    .map(Profile.Total::total)
                    .forEach(total -> assertTrue(
                            total.kind() == RegionalTotal.Kind.NOT_SHOWN || total.contributors() >= 3,
                            total::toString));
            Path bundle = folder.resolve("profile.zip");
            Files.write(bundle, made.bundle());
            List<String> reporting = new ArrayList<>(well);
            reporting.add(MemberStates.SECRETARIAT);
            VerificationReport report = ProfileVerifier.verify(
                    bundle,
                    many.region().roots(reporting.toArray(String[]::new)),
                    many.region().secretariat().bean(Dataflows.class));
            assertTrue(report.holds(), () -> report.steps().toString());
        }
    }
}
