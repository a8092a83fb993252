package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.releases.NationalLaw;
import org.entente.gateway.testing.Corridor;
import org.junit.jupiter.api.Test;

/** The provider's own law stands beside what was agreed. */
class NationalLawTest {

    @Test
    void aPeriodThatNationalLawKeepsBackIsRefusedByTheProviderAndCitesTheLaw() {
        try (Corridor corridor = Corridor.open(
                plan -> plan.property("entente.national-law.reference", "Statistics Act, section 9")
                        .property("entente.national-law.lag-months", 1_200),
                Map.of())) {
            EntenteException refused = assertThrows(
                    EntenteException.class,
                    () -> corridor.phl().bean(Asking.class).ask(corridor.question(Corridor.FILIPINOS)));
            assertEquals(ErrorCode.AGREEMENT_REFUSED, refused.code());
            assertTrue(refused.detail().contains("Statistics Act, section 9"), refused.detail());
        }
    }

    @Test
    void withoutAReferenceThereIsNoFloor() {
        assertEquals(null, new NationalLaw(null, 5, null, true, true, true, 12, null).floor());
    }
}
