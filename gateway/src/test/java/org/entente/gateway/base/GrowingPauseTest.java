package org.entente.gateway.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GrowingPauseTest {
    private static final GrowingPause PAUSE = new GrowingPause(Duration.ofSeconds(2), Duration.ofMinutes(10));

    @Test
    void eachPauseIsTwiceTheOneBeforeUpToTheLongest() {
        assertEquals(Duration.ofSeconds(2), PAUSE.after(0));
        assertEquals(Duration.ofSeconds(4), PAUSE.after(1));
        assertEquals(Duration.ofSeconds(512), PAUSE.after(8));
        assertEquals(Duration.ofMinutes(10), PAUSE.after(9));
    }

    @Property
    void noPauseIsShorterThanTheOneBeforeOrLongerThanTheLongest(
            @ForAll @IntRange(max = Integer.MAX_VALUE - 1) int failures) {
        Duration pause = PAUSE.after(failures);
        Duration next = PAUSE.after(failures + 1);
        assertTrue(next.compareTo(pause) >= 0 && next.compareTo(PAUSE.longest()) <= 0);
    }

    @Test
    void aPauseThatShrinksIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new GrowingPause(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertThrows(IllegalArgumentException.class, () -> new GrowingPause(Duration.ZERO, Duration.ofSeconds(1)));
    }
}
