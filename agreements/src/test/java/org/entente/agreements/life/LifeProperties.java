package org.entente.agreements.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.entente.agreements.Agreement;
import org.entente.agreements.Sample;

/** Laws of an agreement's life, over random acts of all members of a framework, in order or not. */
class LifeProperties {
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Agreement TEXT = Frameworks.text(d -> {
        Situations.crisis(d);
        Sample.at(d, "/course")
                .putObject("validity")
                .put("months", 3)
                .putObject("renewal")
                .put("months", 2)
                .put("noticeDays", 10);
    });
    private static final String DIGEST = TEXT.digest();

    /** Any acts by anybody, within some months. */
    @Provide
    Arbitrary<List<Instrument>> acts() {
        Arbitrary<Acting> acting = Arbitraries.of("PHL", "ITA", "ADD", "MDA", "LKA")
                .flatMap(party -> Arbitraries.integers()
                        .between(0, 4000)
                        .map(hours -> new Acting(TEXT, DIGEST, party, BEGIN.plus(Duration.ofHours(hours)))));
        return acting.flatMap(a -> Arbitraries.of(kinds(a)))
                .list()
                .ofMaxSize(25)
                .map(LifeProperties::distinct);
    }

    private static List<Instrument> kinds(Acting a) {
        String crisis =
                a.by("PHL").at(BEGIN.plus(Duration.ofHours(500))).crisis(20).id();
        return List.of(
                a.proposed(),
                a.signed(),
                a.by("PHL").signed(),
                a.by("ITA").signed(),
                a.signedOnPaper(),
                a.initialled(),
                a.by("MDA").acceded(Frameworks.state("MDA", "MD")),
                a.by("ADD").accepted("MDA"),
                a.optedOut(Frameworks.AMONG_MEMBERS),
                a.optedIn(Frameworks.AMONG_MEMBERS),
                a.withdrawn(),
                a.excluding("ITA"),
                a.chair("ITA"),
                a.suspended(Sample.STOCK),
                a.resumed(Sample.STOCK),
                a.held(),
                a.lifted(),
                a.by("PHL").at(BEGIN.plus(Duration.ofHours(500))).crisis(20),
                a.countersigned(crisis),
                a.ended(crisis),
                a.reviewed(crisis),
                a.recalled("REL-1"),
                a.breach(),
                a.notice());
    }

    private static List<Instrument> distinct(List<Instrument> acts) {
        Set<String> ids = new LinkedHashSet<>();
        return acts.stream().filter(act -> ids.add(act.id())).toList();
    }

    @Property(tries = 500)
    void the_state_does_not_depend_on_the_order_in_which_acts_arrived(
            @ForAll("acts") List<Instrument> acts, @ForAll Random random) {
        Instant now = BEGIN.plus(Duration.ofHours(random.nextInt(6000)));
        List<Instrument> shuffled = new ArrayList<>(acts);
        Collections.shuffle(shuffled, random);
        assertEquals(Life.fold(TEXT, acts, now), Life.fold(TEXT, shuffled, now));
    }

    @Property(tries = 500)
    void a_state_holds_for_as_long_as_it_says(@ForAll("acts") List<Instrument> acts, @ForAll Random random) {
        Instant now = BEGIN.plus(Duration.ofHours(random.nextInt(6000)));
        Standing standing = Life.standing(TEXT, acts, now);
        assertEquals(standing.state(), Life.fold(TEXT, acts, now));
        for (int i = 0; i < 20; i++) {
            Instant other = BEGIN.plus(Duration.ofMinutes(random.nextInt(6000 * 60)));
            if (standing.holdsAt(other)) {
                assertEquals(standing.state(), Life.fold(TEXT, acts, other));
            }
        }
        if (standing.until().isBefore(Instant.MAX)) {
            Instant last = standing.until().minusNanos(1);
            assertEquals(standing.state(), Life.fold(TEXT, acts, last));
        }
    }
}
