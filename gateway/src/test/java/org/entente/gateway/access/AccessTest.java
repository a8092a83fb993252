package org.entente.gateway.access;

import static org.entente.gateway.testing.StaffClient.json;
import static org.entente.gateway.testing.StaffClient.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.journal.Journal;
import org.entente.gateway.testing.StaffClient;
import org.entente.gateway.testing.TestClock;
import org.entente.gateway.testing.TestNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Staff users, their roles and their signing in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

    private static final String PASSWORD = "three unrelated words";

    private final TestClock clock = new TestClock();
    private TestNode node;
    private Users users;

    @BeforeAll
    void start() {
        node = TestNode.plan("ITA").clock(clock).start();
        users = node.bean(Users.class);
        user("root", Roles.ADMINISTRATOR);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private UserAccount user(String name, String... grants) {
        return users.add(
                name,
                "Name of " + name,
                Set.copyOf(List.of(grants).stream().map(Grant::parse).toList()),
                PASSWORD,
                null);
    }

    private StaffClient signedIn(String name) {
        return StaffClient.signIn(node.staff(), name, PASSWORD);
    }

    @Test
    void aUserSignsInAndIsKnownByRolesAndPseudonym() {
        UserAccount made = user("anna", "statistician@ISTAT", "auditor");
        var me = json(signedIn("anna").get("/api/users/me"));
        assertEquals("anna", me.get("name").asText());
        assertEquals("[\"auditor\",\"statistician@ISTAT\"]", me.get("grants").toString());
        String pseudonym = users.staff(made).pseudonym();
        assertTrue(pseudonym.matches("[0-9a-f]{16}"), pseudonym);
        assertEquals(pseudonym, me.get("pseudonym").asText());
        assertNotEquals(pseudonym, users.staff(users.get("root")).pseudonym());
    }

    @Test
    void aRoleForOneAuthorityIsNoneForAnother() {
        StaffUser user = users.staff(user("berta", "statistician@ISTAT"));
        user.require(Roles.STATISTICIAN, "ISTAT");
        assertEquals(
                ErrorCode.FORBIDDEN,
                assertThrows(EntenteException.class, () -> user.require(Roles.STATISTICIAN, "INTERIOR"))
                        .code());
        assertTrue(users.staff(user("ben", "statistician")).hasRole(Roles.STATISTICIAN, "INTERIOR"));
    }

    @Test
    void aRoleForOneDatasetIsNoneForAnotherNorForTheAuthority() {
        StaffUser user = users.staff(user("bella", "approver@ISTAT/STOCK", "statistician/FLOWS"));
        user.require(Roles.APPROVER, "ISTAT", "STOCK");
        user.require(Roles.STATISTICIAN, "INTERIOR", "FLOWS");
        for (org.junit.jupiter.api.function.Executable act : List.<org.junit.jupiter.api.function.Executable>of(
                () -> user.require(Roles.APPROVER, "ISTAT", "FLOWS"),
                () -> user.require(Roles.APPROVER, "INTERIOR", "STOCK"),
                () -> user.require(Roles.APPROVER, "ISTAT"))) {
            assertEquals(
                    ErrorCode.FORBIDDEN,
                    assertThrows(EntenteException.class, act).code());
        }
        assertEquals(Set.of(), user.authorities(Roles.APPROVER));
        assertEquals(
                "[\"approver@ISTAT/STOCK\",\"statistician/FLOWS\"]",
                json(signedIn("bella").get("/api/users/me")).get("grants").toString());
    }

    @Test
    void aRoleWrittenWrongIsRefused() {
        for (String text : List.of("approver@A@B", "auditor/STOCK", "nobody", "approver@", "approver/", "")) {
            assertEquals(
                    ErrorCode.REQUEST_MALFORMED,
                    assertThrows(EntenteException.class, () -> Grant.parse(text), text)
                            .code());
        }
    }

    @Test
    void withoutTokenOrRoleNothingIsShown() {
        assertEquals(
                "unauthenticated", problem(StaffClient.anonymous(node.staff()).get("/api/users")));
        user("carla", "statistician");
        var refused = signedIn("carla").get("/api/users");
        assertEquals(403, refused.statusCode());
        assertEquals("forbidden", problem(refused));
        assertEquals(
                "unauthenticated",
                problem(StaffClient.anonymous(node.staff())
                        .get("/api/users", "authorization", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0.")));
    }

    @Test
    void wrongNameAndWrongPasswordLookTheSame() {
        var client = StaffClient.anonymous(node.staff());
        var wrong = client.post("/login", Map.of("username", "root", "password", "not the password"));
        var unknown = client.post("/login", Map.of("username", "nobody", "password", "not the password"));
        assertEquals(401, wrong.statusCode());
        assertEquals(wrong.body(), unknown.body());
    }

    @Test
    void fiveFailuresLockTheAccountForAWhile() {
        user("dora", "auditor");
        var client = StaffClient.anonymous(node.staff());
        for (int i = 0; i < 5; i++) {
            assertEquals(
                    "unauthenticated",
                    problem(client.post("/login", Map.of("username", "dora", "password", "wrong " + i))));
        }
        var locked = client.post("/login", Map.of("username", "dora", "password", PASSWORD));
        assertEquals(429, locked.statusCode());
        assertEquals("account-locked", problem(locked));
        assertTrue(locked.headers().firstValue("retry-after").isPresent());
        clock.advance(Duration.ofMinutes(16));
        signedIn("dora");
    }

    @Test
    void aTokenEndsWhenItsUserChanges() {
        user("emma", "auditor");
        StaffClient admin = signedIn("root");
        StaffClient emma = signedIn("emma");
        assertEquals(200, emma.get("/api/users/me").statusCode());
        assertEquals(
                200,
                admin.put("/api/users/emma/grants", List.of("administrator")).statusCode());
        assertEquals("unauthenticated", problem(emma.get("/api/users/me")));
        assertEquals(200, signedIn("emma").get("/api/users").statusCode());
        assertEquals(
                200,
                admin.put("/api/users/emma/enabled", Map.of("enabled", false)).statusCode());
        assertEquals(
                401,
                StaffClient.anonymous(node.staff())
                        .post("/login", Map.of("username", "emma", "password", PASSWORD))
                        .statusCode());
    }

    @Test
    void aTokenEndsAfterEightHours() {
        user("frida", "auditor");
        StaffClient frida = signedIn("frida");
        String token = json(StaffClient.anonymous(node.staff())
                        .post("/login", Map.of("username", "frida", "password", PASSWORD)))
                .get("expires_in")
                .asText();
        assertEquals("28800", token);
        assertEquals(200, frida.get("/api/users/me").statusCode());
    }

    @Test
    void unfitPasswordsNamesAndRolesAreRefused() {
        StaffClient admin = signedIn("root");
        assertEquals("password-unfit", add(admin, "gina", "too short", "auditor"));
        assertEquals("password-unfit", add(admin, "gina", "Gina and some more", "auditor"));
        assertEquals("request-malformed", add(admin, "Gina Lo", PASSWORD, "auditor"));
        assertEquals("request-malformed", add(admin, "gina", PASSWORD, "king"));
        assertEquals("user-exists", add(admin, "root", PASSWORD, "auditor"));
        assertEquals("user-unknown", problem(admin.put("/api/users/nobody/grants", List.of("auditor"))));
    }

    private static String add(StaffClient admin, String name, String password, String role) {
        var response = admin.post(
                "/api/users",
                Map.of("name", name, "fullName", "Somebody", "password", password, "grants", List.of(role)));
        return problem(response);
    }

    @Test
    void everyChangeIsInTheJournalByIdAndNotByName() {
        UserAccount made = user("hanna", "auditor");
        signedIn("root").put("/api/users/hanna/password", Map.of("password", "another three words"));
        var entries = node.bean(Journal.class).bySubject(made.id().toString());
        assertEquals(2, entries.size());
        assertFalse(entries.toString().contains("hanna"));
        StaffClient.signIn(node.staff(), "hanna", "another three words");
    }

    @Test
    void administratorsDoNotShutThemselvesOut() {
        StaffClient admin = signedIn("root");
        assertEquals("forbidden", problem(admin.put("/api/users/root/enabled", Map.of("enabled", false))));
        assertEquals("forbidden", problem(admin.put("/api/users/root/grants", List.of("auditor"))));
    }

    @Test
    void passwordsAreKeptAsArgon2idOnly() {
        user("ines", "auditor");
        String hash = node.context()
                .getBean(org.entente.gateway.base.Database.class)
                .one("SELECT password_hash AS h FROM staff_user WHERE name = 'ines'", row -> row.string("h"))
                .orElseThrow();
        assertTrue(hash.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), hash);
    }
}
