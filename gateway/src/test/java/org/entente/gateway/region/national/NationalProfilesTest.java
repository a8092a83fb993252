package org.entente.gateway.region.national;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.Asking;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.Test;

/** The Philippines' own profile: its registered departures, what Italy has answered of Filipinos there, and the working group's text. */
class NationalProfilesTest {
    private static final String TEXT = """
            format: entente-national-text/1
            title: {en: Migration profile of the Philippines}
            year: 2024
            group: [CFO, DMW]
            sections:
              - {part: A, heading: Trends, author: CFO, text: More leave than come back.}
              - {part: D, heading: Data gaps, author: DMW, text: Returns are not counted.}
            objectives:
              - id: COST
                statement: Workers pay less to be recruited
                indicator: recruitment cost (months of wages)
                baseline: {period: "2020", value: 4, source: survey}
                target: {period: "2030", value: 0}
                value: {period: "2024", value: 3, source: survey}
            """;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theAnnexFillsItselfAndEditionsAreKeptSignedAndCompared() throws Exception {
        try (Corridor corridor = Corridor.open()) {
            NationalProfiles profiles = corridor.phl().bean(NationalProfiles.class);
            StaffUser writer = Corridor.addStaff(corridor.phl(), "writer", Roles.STATISTICIAN);
            StaffUser approver = Corridor.addStaff(corridor.phl(), "reader", Roles.APPROVER);
            assertEquals(
                    ErrorCode.FORBIDDEN,
                    assertThrows(EntenteException.class, () -> profiles.make(bytes(TEXT), approver))
                            .code());
            NationalProfile first = profiles.make(bytes(TEXT), writer);
            assertTrue(first.annex().stream().allMatch(row -> row.countedBy().equals("PHL")));
            assertTrue(first.annex().stream().anyMatch(row -> row.item().equals("A4")));
            assertEquals(
                    first.annex().size(),
                    first.annex().stream().map(AnnexRow::key).distinct().count());
            Asking.Figures answer = corridor.phl().bean(Asking.class).ask(corridor.question(Corridor.FILIPINOS));
            NationalProfile second = profiles.make(
                    bytes(TEXT.replace("value: {period: \"2024\", value: 3", "value: {period: \"2024\", value: 2")
                            .replace("Returns are not counted.", "Returns are counted since 2024.")),
                    writer);
            AnnexRow abroad = second.annex().stream()
                    .filter(row -> row.countedBy().equals("ITA"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("A5", abroad.item());
            assertEquals("IT", abroad.counterpart());
            assertEquals("STOCK_IN", abroad.indicator());
            assertEquals(answer.exchange().toString(), abroad.proof());
            List<NationalProfile.Difference> since = second.since(first);
            assertEquals(
                    List.of("section D Data gaps", "objective COST", "annex A5/IT/ITA/STOCK_IN/CB"),
                    since.stream().map(one -> one.what() + " " + one.name()).toList());
            assertEquals("3.0 in 2024, target 0.0 by 2030", since.get(1).before());
            assertEquals(0.5, second.text().objectives().getFirst().progress());
            assertEquals(List.of(2, 1), profiles.editions());
            assertEquals(first, profiles.get(1));
            SignedDocument signed = SignedDocument.parse(profiles.signed(2));
            signed.verify();
            assertEquals(second, profiles.get(2));
            // A partner's figure is read from its answer, and not copied into what is signed and kept.
            assertTrue(NationalProfile.decode(signed.payload()).annex().stream()
                    .filter(row -> row.countedBy().equals("ITA"))
                    .allMatch(row -> row.value() == null));
            assertEquals(
                    2,
                    corridor.phl()
                            .bean(Journal.class)
                            .bySubject("national-profile")
                            .size());
            assertEquals(
                    ErrorCode.NOT_FOUND,
                    assertThrows(EntenteException.class, () -> profiles.get(3)).code());
        }
    }

    private static HttpResponse<String> get(TestNode node, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.everybody() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aSecondPersonPublishesAndAPartnersFigureThatMayNotBePublicIsNamedAndLeftOut() throws Exception {
        try (Corridor corridor = Corridor.open(TestNode.Plan::withPublicListener, Map.of())) {
            TestNode node = corridor.phl();
            NationalProfiles profiles = node.bean(NationalProfiles.class);
            NationalPublication publication = node.bean(NationalPublication.class);
            StaffUser writer = node.user("writer", Roles.STATISTICIAN, Roles.APPROVER);
            StaffUser approver = Corridor.addStaff(node, "reader", Roles.APPROVER);
            profiles.make(bytes(TEXT), writer);
            node.bean(Asking.class).ask(corridor.question(Corridor.FILIPINOS));
            NationalProfile second =
                    profiles.make(bytes(TEXT.replace("Returns are not", "Returns are still not")), writer);
            AnnexRow abroad = second.annex().stream()
                    .filter(row -> row.countedBy().equals("ITA"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(404, get(node, "/national/2").statusCode());
            for (int edition : List.of(1, 2)) {
                assertEquals(
                        ErrorCode.FORBIDDEN,
                        assertThrows(EntenteException.class, () -> publication.publish(edition, writer))
                                .code());
                publication.publish(edition, approver);
            }
            assertEquals(
                    ErrorCode.EDITION_PUBLISHED,
                    assertThrows(EntenteException.class, () -> publication.publish(2, approver))
                            .code());
            assertEquals(List.of(2, 1), publication.editions());

            String page = get(node, "/national/2?lang=en").body();
            assertTrue(page.contains("Workers pay less to be recruited") && page.contains("25 %"), page);
            assertTrue(page.contains("not public by the agreement"), page);
            String csv = get(node, "/national/2/annex.csv").body();
            assertTrue(csv.contains("A5,IT,STOCK_IN,CB," + abroad.period() + ",,NOT_PUBLIC,ITA,"), csv);
            AnnexRow own = second.annex().stream()
                    .filter(row -> row.countedBy().equals("PHL") && row.value() != null)
                    .findFirst()
                    .orElseThrow();
            assertTrue(csv.contains("," + Math.round(Objects.requireNonNull(own.value())) + ","), csv);
            assertTrue(get(node, "/national/compare?from=1&to=2&lang=en").body().contains("Returns are still not"));
            assertEquals(200, get(node, "/national/2/profile.pdf").statusCode());
            assertEquals(200, get(node, "/national/2/profile.xlsx").statusCode());
            assertTrue(get(node, "/national?lang=ar").body().contains("/national/1?lang=ar"));
            assertEquals(404, get(node, "/national/3").statusCode());
        }
    }

    @Test
    void everyFaultOfATextIsNamed() {
        EntenteException refusal = assertThrows(
                EntenteException.class,
                () -> NationalText.read(bytes(TEXT.replace("author: DMW", "author: XYZ")
                        .replace(
                                "baseline: {period: \"2020\", value: 4, source: survey}",
                                "baseline: {period: \"2020\", value: 4}")
                        .replace("year: 2024", "year: 0"))));
        assertEquals(ErrorCode.NATIONAL_PROFILE_INVALID, refusal.code());
        assertEquals(3, ((List<?>) Objects.requireNonNull(refusal.members().get("faults"))).size());
        assertThrows(EntenteException.class, () -> NationalText.read(bytes("format: [")));
        assertThrows(EntenteException.class, () -> NationalText.read(bytes(TEXT + "surprise: 1\n")));
        assertEquals(
                Map.of("en", "Migration profile of the Philippines"),
                NationalText.read(bytes(TEXT)).title());
    }
}
