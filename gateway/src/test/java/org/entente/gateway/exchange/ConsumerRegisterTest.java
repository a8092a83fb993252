package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.entente.agreements.Agreement;
import org.entente.agreements.InvalidAgreementException;
import org.entente.agreements.SensitiveGroup;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.disclosure.Ledger;
import org.entente.gateway.releases.DatasetDeclaration;
import org.entente.gateway.releases.Datasets;
import org.entente.gateway.releases.ImportReport;
import org.entente.gateway.releases.PatternCost;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.ProtectionLoss;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseLosses;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.SumRule;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.ProtectedStock;
import org.entente.gateway.treaties.Treaties;
import org.junit.jupiter.api.Test;

/** A leg says that its consumer has a register of its own: the young by sex. */
class ConsumerRegisterTest {

    @Test
    void whatTheConsumerHoldsEntersThePatternAndAReleaseThatDidNotReckonWithItIsRefused() {
        try (Corridor corridor = Corridor.open(plan -> plan, Map.of(), ConsumerRegisterTest::register)) {
            StaffUser statistician = Corridor.addStaff(corridor.ita(), "stat", Roles.STATISTICIAN);
            StaffUser approver = Corridor.addStaff(corridor.ita(), "second", Roles.APPROVER);
            declare(corridor, statistician);
            ReleaseDesk desk = corridor.ita().bean(ReleaseDesk.class);

            ImportReport imported = desk.importUnprotected(
                    "REGISTER",
                    new ByteArrayInputStream(ProtectedStock.table()),
                    null,
                    null,
                    Ledger.Revision.FREE,
                    ReleaseStatus.FINAL,
                    null,
                    statistician);
            Protection.ByGateway protection =
                    (Protection.ByGateway) imported.release().protection();
            assertEquals(
                    "Register of the young",
                    protection.rule().consumerKnows().getFirst().source().best("en"));
            assertTrue(Objects.requireNonNull(protection.forRegisters()).persons() > 0, protection::toString);
            ProtectionLoss.LegCost cost = Objects.requireNonNull(corridor.ita()
                            .bean(ReleaseLosses.class)
                            .of(imported.release().id(), true, approver)
                            .legs())
                    .getFirst();
            assertTrue(Objects.requireNonNull(cost.registers()).persons() > 0, cost::toString);
            publish(desk, imported.release(), approver);
            String answer = answer(corridor);
            assertEquals(4, answer.lines().filter(row -> row.contains(",NaN,")).count(), answer);
            // The young would have been the cheapest partners of the oldest; their counts are worth nothing against who
            // has them.
            assertFalse(answer.lines().anyMatch(row -> row.contains("Y15T24") && row.contains(",NaN,")), answer);

            // A later edition of the office that did not reckon with the register.
            byte[] sealed = ProtectedStock.sealed(5).toBytes();
            Release unaware = desk.importPackage("REGISTER", sealed, null, ReleaseStatus.FINAL, null, statistician)
                    .release();
            publish(desk, unaware, approver);
            EntenteException refused = assertThrows(EntenteException.class, () -> answer(corridor));
            assertTrue(refused.detail().contains("against who holds Register of the young"), refused.detail());
        }
    }

    @Test
    void aDraftWhoseConsumerHoldsMoreThanWasReckonedWithShowsWhatThatWouldCostBeforeAnybodySigns() {
        try (Corridor corridor = Corridor.open(plan -> plan, Map.of(), ConsumerRegisterTest::plain)) {
            StaffUser statistician = Corridor.addStaff(corridor.ita(), "stat", Roles.STATISTICIAN);
            StaffUser approver = Corridor.addStaff(corridor.ita(), "second", Roles.APPROVER);
            StaffUser officer = Corridor.addStaff(corridor.ita(), "olga", Roles.TREATY_OFFICER);
            declare(corridor, statistician);
            ReleaseDesk desk = corridor.ita().bean(ReleaseDesk.class);
            Release release = desk.importUnprotected(
                            "REGISTER",
                            new ByteArrayInputStream(ProtectedStock.table()),
                            null,
                            null,
                            Ledger.Revision.FREE,
                            ReleaseStatus.FINAL,
                            null,
                            statistician)
                    .release();
            publish(desk, release, approver);
            Agreement signed = corridor.ita()
                    .bean(Treaties.class)
                    .get(corridor.agreement())
                    .file()
                    .agreement();
            Simulation simulation = corridor.ita().bean(Simulation.class);
            assertNull(only(simulation.count(signed, null, "en", statistician)).protection());

            Agreement wider = changed(signed, ConsumerRegisterTest::register);
            PatternCost cost = Objects.requireNonNull(
                    only(simulation.count(wider, signed, "en", statistician)).protection());
            // The young, whom the consumer counts itself, hid the oldest. They are out of the way only at another's
            // cost, and
            // what would hide the oldest instead is out.
            assertEquals(PatternCost.Outcome.BLOCKED, cost.outcome(), cost::toString);
            assertEquals(0L, cost.cells(), cost::toString);
            assertTrue(Objects.requireNonNull(cost.persons()) > 0, cost::toString);
            assertNull(Objects.requireNonNull(
                            only(simulation.count(wider, signed, "en", officer)).protection())
                    .persons());
        }
    }

    private static Simulation.Count only(Simulation.Result result) {
        return result.legs().stream()
                .filter(leg -> "REGISTER".equals(leg.dataset()))
                .findFirst()
                .orElseThrow();
    }

    private static Agreement changed(Agreement signed, Consumer<ObjectNode> change) {
        ObjectNode text = (ObjectNode) CanonicalJson.parseStrict(signed.canonical());
        text.put("version", 2).put("supersedes", signed.digest());
        change.accept(text);
        try {
            return Agreement.parse(CanonicalJson.encode(text));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    private static void plain(ObjectNode document) {
        for (JsonNode leg : document.withArray("legs")) {
            if (leg.path("provider").asText().equals("ITA")) {
                ((ObjectNode) leg).putArray("datasets").add("REGISTER");
            }
        }
    }

    private static void register(ObjectNode document) {
        for (JsonNode leg : document.withArray("legs")) {
            if (leg.path("provider").asText().equals("ITA")) {
                ((ObjectNode) leg).putArray("datasets").add("REGISTER");
                ObjectNode held = ((ObjectNode) leg.path("disclosure"))
                        .putArray("consumerKnows")
                        .addObject();
                held.putObject("source").put("en", "Register of the young");
                ObjectNode cells = held.putArray("cells").addObject();
                ObjectNode codes = cells.putObject("codes");
                codes.putArray("AGE").add("Y15T24");
                codes.putArray("COUNTERPART_AREA").add("@CONSUMER");
                cells.putArray("by").add("SEX");
            }
        }
    }

    private static void declare(Corridor corridor, StaffUser by) {
        Map<String, String> coverage = new TreeMap<>();
        for (SensitiveGroup group : SensitiveGroup.values()) {
            coverage.put(group.name(), "EXCLUDED");
        }
        corridor.ita()
                .bean(Datasets.class)
                .declare(
                        new DatasetDeclaration(
                                "REGISTER",
                                "ENTENTE:DF_DIASPORA(1.0.0)",
                                "ISTAT",
                                "Stock by age and sex",
                                coverage,
                                "ZERO",
                                List.of(
                                        new SumRule("SEX", "_T", null, SumRule.Additivity.EXACT, null),
                                        new SumRule("AGE", "_T", null, SumRule.Additivity.EXACT, null))),
                        by);
    }

    private static void publish(ReleaseDesk desk, Release release, StaffUser approver) {
        desk.approve(release.id(), ReleaseApproval.plain().with(ReleaseApproval.KnownTables.NONE), approver);
        desk.publish(release.id(), approver);
    }

    private static String answer(Corridor corridor) {
        return new String(
                corridor.phl()
                        .bean(Asking.class)
                        .ask(corridor.question(Corridor.FILIPINOS).asFresh())
                        .body(),
                StandardCharsets.UTF_8);
    }
}
