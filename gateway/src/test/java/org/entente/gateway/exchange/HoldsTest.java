package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.UUID;
import org.entente.agreements.decision.Facts.Hold.Scope;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.releases.Releases;
import org.entente.gateway.statistics.DiasporaStructure;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One authorised person stops the node, a partner, an agreement, a leg or a release at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldsTest {
    private static final String REASON = "figures under review";

    private Corridor corridor;
    private StaffUser tina;
    private StaffUser analyst;
    private StaffUser approver;

    @BeforeAll
    void open() {
        corridor = Corridor.open();
        tina = corridor.ita().user("tina", Roles.TREATY_OFFICER);
        analyst = corridor.ita().user("ada", Roles.STATISTICIAN);
        approver = corridor.ita().user("bianca", Roles.APPROVER + "@ISTAT");
        corridor.ita().user("root", Roles.ADMINISTRATOR);
    }

    @AfterAll
    void close() {
        corridor.close();
    }

    private Holds holds() {
        return corridor.ita().bean(Holds.class);
    }

    private Question fresh() {
        return corridor.question(Corridor.FILIPINOS).asFresh();
    }

    private Asking asking() {
        return corridor.phl().bean(Asking.class);
    }

    private String target(Scope scope) {
        return switch (scope) {
            case NODE -> "";
            case PARTNER -> "PHL";
            case AGREEMENT -> corridor.agreement();
            case LEG -> corridor.agreement() + "#ITA-PHL-STOCK";
            case RELEASE ->
                corridor.ita()
                        .bean(Releases.class)
                        .current(DiasporaStructure.load().id())
                        .getFirst()
                        .id();
        };
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void whatIsHeldIsRefusedBySignedAnswerAndGoesOnWhenItIsLifted(Scope scope) {
        String target = scope == Scope.NODE ? null : target(scope);
        UUID before = asking().ask(fresh()).exchange();
        holds().set(scope, target, REASON, tina);
        try {
            EntenteException refusal = assertThrows(EntenteException.class, () -> asking().ask(fresh()));
            assertEquals(ErrorCode.AGREEMENT_REFUSED, refusal.code(), refusal.getMessage());
            assertEquals("ITA", refusal.members().get("refusedBy"));
            assertTrue(refusal.detail().contains(REASON), refusal.detail());
            assertTrue(holds().list().stream()
                    .anyMatch(h -> h.scope() == scope && h.reason().equals(REASON)));
            // What was answered before is not handed out again either.
            EntenteException again =
                    assertThrows(EntenteException.class, () -> asking().ask(fresh().repeating(before)));
            assertTrue(again.detail().contains(REASON), again.detail());
            ErrorCode twice = assertThrows(EntenteException.class, () -> holds().set(scope, target, REASON, tina))
                    .code();
            assertTrue(twice == ErrorCode.HOLD_EXISTS || twice == ErrorCode.PARTNER_BLOCKED, twice.code());
        } finally {
            holds().lift(scope, target, "reviewed", tina);
        }
        assertFalse(asking().ask(fresh()).held());
        assertEquals(before, asking().ask(fresh().repeating(before)).exchange());
        assertEquals(
                ErrorCode.NOT_FOUND,
                assertThrows(EntenteException.class, () -> holds().lift(scope, target, "again", tina))
                        .code());
    }

    @Test
    void aHoldOnTheOwnNodeStopsAskingAtHome() {
        StaffUser officer = corridor.phl().user("olga", Roles.ADMINISTRATOR);
        Holds ours = corridor.phl().bean(Holds.class);
        ours.set(Scope.NODE, null, REASON, officer);
        try {
            EntenteException refusal = assertThrows(EntenteException.class, () -> asking().ask(fresh()));
            assertEquals("own node", refusal.members().get("refusedBy"));
        } finally {
            ours.lift(Scope.NODE, null, "over", officer);
        }
    }

    @Test
    void onlyWhoMayStopsAndOnlyWhatIsThere() {
        assertEquals(ErrorCode.FORBIDDEN, code(() -> holds().set(Scope.NODE, null, REASON, analyst)));
        assertEquals(ErrorCode.FORBIDDEN, code(() -> holds().set(Scope.NODE, null, REASON, approver)));
        assertEquals(ErrorCode.REQUEST_MALFORMED, code(() -> holds().set(Scope.NODE, "PHL", REASON, tina)));
        assertEquals(ErrorCode.REQUEST_MALFORMED, code(() -> holds().set(Scope.LEG, "x", REASON, tina)));
        assertEquals(
                ErrorCode.REQUEST_MALFORMED,
                code(() -> holds().set(Scope.LEG, corridor.agreement() + "#NONE", REASON, tina)));
        assertEquals(ErrorCode.AGREEMENT_UNKNOWN, code(() -> holds().set(Scope.AGREEMENT, "urn:none", REASON, tina)));
        assertEquals(ErrorCode.PARTNER_UNKNOWN, code(() -> holds().set(Scope.PARTNER, "FRA", REASON, tina)));
        assertEquals(
                ErrorCode.RELEASE_UNKNOWN,
                code(() -> holds().set(Scope.RELEASE, new UUID(1, 1).toString(), REASON, tina)));
        assertEquals(ErrorCode.REQUEST_MALFORMED, code(() -> holds().set(Scope.NODE, null, " ", tina)));
        String release = target(Scope.RELEASE);
        holds().set(Scope.RELEASE, release, REASON, approver);
        holds().lift(Scope.RELEASE, release, "reviewed", approver);
    }

    @Test
    void aHoldSurvivesARestartAndIsSetOverHttp() {
        StaffClient root = corridor.ita().signIn("root");
        assertEquals(
                201,
                root.post("/api/holds", Map.of("scope", "NODE", "reason", REASON))
                        .statusCode());
        corridor.ita().restart();
        root = corridor.ita().signIn("root");
        assertTrue(root.get("/api/holds").body().contains(REASON));
        Corridor.await(() -> code(() -> asking().ask(fresh())) == ErrorCode.AGREEMENT_REFUSED);
        assertEquals(
                204,
                root.post("/api/holds/lifting", Map.of("scope", "NODE", "reason", "over"))
                        .statusCode());
        assertEquals(
                401,
                StaffClient.anonymous(corridor.ita().staff()).get("/api/holds").statusCode());
    }

    private static ErrorCode code(org.junit.jupiter.api.function.Executable act) {
        return assertThrows(EntenteException.class, act).code();
    }
}
