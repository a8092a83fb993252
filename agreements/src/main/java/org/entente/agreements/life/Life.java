package org.entente.agreements.life;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.entente.agreements.Agreement;

/**
 * The life of an agreement as a pure function of its instruments and the time. Both sides compute with the times that the acts themselves
 * carry, and read the acts in the order of those times, so they reach the same state in whatever order the acts arrived.
 */
public final class Life {
    /** How far an act's own time may lie ahead of ours: the clock difference that is tolerated between nodes. */
    static final Duration MAX_AHEAD = Duration.ofSeconds(60);

    /** By time; at the same time what undoes an act comes after it. */
    private static final Comparator<Instrument> ORDER =
            Comparator.comparing(Instrument::at).thenComparing(ActWords::rank).thenComparing(Instrument::id);

    private Life() {}

    /** The state that these instruments lead to at this time, in whatever order they are listed. Acts after {@code now} do not count yet. */
    public static State fold(Agreement agreement, List<Instrument> instruments, Instant now) {
        return standing(agreement, instruments, now).state();
    }

    /** The same, with the time for which it holds. */
    public static Standing standing(Agreement agreement, List<Instrument> instruments, Instant now) {
        Moment moment = new Moment(now);
        List<Instrument> acts = ordered(instruments).stream()
                .filter(act -> moment.reached(act.at().minus(MAX_AHEAD)))
                .toList();
        State state = new Fold(agreement, acts, moment).state();
        return new Standing(state, moment.from(), moment.until());
    }

    /** The acts in the order in which they count. */
    static List<Instrument> ordered(List<Instrument> instruments) {
        return instruments.stream().sorted(ORDER).toList();
    }

    /**
     * Checks that an act on the only text there is of an agreement is allowed.
     *
     * @param author who signed it
     * @throws ActRefusedException when it is not, with the reason
     */
    public static void check(Agreement agreement, List<Instrument> soFar, Instrument next, Author author, Instant now)
            throws ActRefusedException {
        check(AgreementFile.of(agreement, soFar), List.of(), next, author, now);
    }

    /**
     * Checks that an act is allowed. It is judged on the state at its own time, so both sides judge alike whenever it arrives.
     *
     * @param file the text that the act is about, with the acts accepted so far
     * @param others the other texts held of the same agreement: its versions, proposals that were countered, texts that were corrected
     * @param author who signed it
     * @throws ActRefusedException when it is not, with the reason and what to do instead
     */
    public static void check(
            AgreementFile file, List<AgreementFile> others, Instrument next, Author author, Instant now)
            throws ActRefusedException {
        new ActCheck(file, others, next, now).check(author);
    }
}
