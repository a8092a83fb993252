package org.entente.gateway.treaties;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.gateway.access.Grant;
import org.entente.gateway.access.Users;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What staff see and do over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgreementsApiTest {
    private static final String PASSWORD = "a long enough password";

    private TwoStates states;
    private StaffClient officer;
    private StaffClient statistician;

    @BeforeAll
    void start() {
        states = new TwoStates();
        officer = user(states.philippines, "officer", "treaty-officer");
        statistician = user(states.philippines, "stat", "statistician");
    }

    @AfterAll
    void stop() {
        states.close();
    }

    private static StaffClient user(TestNode node, String name, String role) {
        node.bean(Users.class).add(name, name, Set.of(Grant.parse(role)), PASSWORD, null);
        return StaffClient.signIn(node.staff(), name, PASSWORD);
    }

    @Test
    void anOfficerProposesSignsAndReadsAnAgreement() {
        Agreement agreement = states.memorandum();
        HttpResponse<String> proposed =
                officer.send("POST", "/api/agreements", new String(agreement.canonical(), UTF_8));
        assertEquals(201, proposed.statusCode(), proposed.body());
        assertEquals(
                agreement.digest(), StaffClient.json(proposed).path("digest").asText());
        String path = "/api/agreements/" + agreement.digest();

        HttpResponse<String> document = officer.get(path + "/document");
        assertEquals(new String(agreement.canonical(), UTF_8), document.body());
        assertEquals("not-found", StaffClient.problem(officer.get(path + "/signed")));
        byte[] jws = states.cruz.sign(document.body().getBytes(UTF_8), states.now());
        HttpResponse<String> signed = officer.send("POST", "/api/agreements/signatures", new String(jws, UTF_8));
        assertEquals(201, signed.statusCode(), signed.body());
        assertEquals(new String(jws, UTF_8), officer.get(path + "/signed").body());

        JsonNode whole = StaffClient.json(statistician.get("/api/agreements/" + agreement.id()));
        assertEquals("PROPOSED", whole.at("/summary/phase").asText());
        assertEquals("PHL", whole.at("/summary/signed/0").asText());
        assertEquals("signed", whole.at("/acts/1/act").asText());
        assertEquals("ITA", whole.at("/deliveries/0/partner").asText());
        assertEquals(agreement.id(), whole.at("/document/id").asText());
        assertTrue(StaffClient.json(statistician.get("/api/agreements")).size() >= 1);
    }

    @Test
    void theProseIsWrittenInTheAskedLanguageAndForm() {
        Agreement agreement = states.memorandum();
        officer.send("POST", "/api/agreements", new String(agreement.canonical(), UTF_8));
        String path = "/api/agreements/" + agreement.id() + "/prose";
        HttpResponse<String> english = statistician.get(path);
        assertTrue(english.body().contains("Purposes: statistics, diaspora planning"), english.body());
        assertTrue(type(english).startsWith("text/plain"));
        assertTrue(statistician.get(path + "?language=fr").body().contains("Finalités"));
        assertEquals("request-malformed", StaffClient.problem(statistician.get(path + "?language=tlh")));
        HttpResponse<String> arabic = statistician.get(path + "?language=ar&format=html");
        assertTrue(arabic.body().contains("dir=\"rtl\""), arabic.body());
        assertTrue(type(arabic).startsWith("text/html"));
        String policy = arabic.headers().firstValue("content-security-policy").orElse("");
        assertTrue(policy.contains("default-src 'none'"), policy);
        HttpResponse<String> pdf = statistician.get(path + "?format=pdf");
        assertEquals("application/pdf", type(pdf));
        assertTrue(pdf.body().startsWith("%PDF-"));
        assertEquals("not-acceptable", StaffClient.problem(statistician.get(path + "?format=docx")));
    }

    @Test
    void twoVersionsAreComparedInWords() {
        Agreement before = states.memorandum();
        officer.send("POST", "/api/agreements", new String(before.canonical(), UTF_8));
        String path = "/api/agreements/" + before.digest() + "/changes";
        assertEquals("request-malformed", StaffClient.problem(statistician.get(path)));
        Agreement other = states.memorandum(d -> ((ObjectNode) d.at("/legs/0/retention")).put("months", 12));
        officer.send("POST", "/api/agreements", new String(other.canonical(), UTF_8));
        HttpResponse<String> changes =
                statistician.get("/api/agreements/" + other.digest() + "/changes?since=" + before.digest());
        assertEquals(200, changes.statusCode(), changes.body());
        assertTrue(changes.body().contains("Until now: An answer is kept for at most 60 months"), changes.body());
        assertTrue(statistician
                .get(path + "?since=" + other.digest() + "&format=html&language=es")
                .body()
                .contains("class=\"after\""));
        assertEquals("agreement-unknown", StaffClient.problem(statistician.get(path + "?since=urn:uuid:none")));
    }

    private static String type(HttpResponse<String> response) {
        return response.headers().firstValue("content-type").orElse("");
    }

    @Test
    void onlyTreatyOfficersAct() {
        String document = new String(states.memorandum().canonical(), UTF_8);
        for (String path : new String[] {
            "/api/agreements", "/api/agreements/signatures", "/api/agreements/acts", "/api/agreements/catch-up/ITA"
        }) {
            assertEquals("forbidden", StaffClient.problem(statistician.send("POST", path, document)), path);
            StaffClient nobody = StaffClient.anonymous(states.philippines.staff());
            assertEquals("unauthenticated", StaffClient.problem(nobody.send("POST", path, document)), path);
        }
        assertEquals(
                200, officer.send("POST", "/api/agreements/catch-up/ITA", "").statusCode());
        assertEquals("partner-unknown", StaffClient.problem(officer.send("POST", "/api/agreements/catch-up/MDA", "")));
    }

    @Test
    void badInputIsRefusedWithItsCode() {
        assertEquals("agreement-invalid", StaffClient.problem(officer.send("POST", "/api/agreements", "{}")));
        assertEquals("act-invalid", StaffClient.problem(officer.send("POST", "/api/agreements/signatures", "{}")));
        assertEquals("act-invalid", StaffClient.problem(officer.send("POST", "/api/agreements/acts", "{}")));
        assertEquals("agreement-unknown", StaffClient.problem(officer.get("/api/agreements/urn:uuid:none")));
    }
}
