package org.entente.agreements.life;

import java.time.Instant;
import java.util.List;
import org.entente.agreements.Agreement;

/**
 * An agreement with the instruments on it, in the order this node recorded them. All instruments were accepted by {@link Life#check}.
 *
 * @param digest digest of the agreement's text, kept beside it so that it is computed once
 */
public record AgreementFile(Agreement agreement, String digest, List<Instrument> instruments) {
    public AgreementFile {
        instruments = List.copyOf(instruments);
    }

    /** The file of an agreement, its digest computed. */
    public static AgreementFile of(Agreement agreement, List<Instrument> instruments) {
        return new AgreementFile(agreement, agreement.digest(), instruments);
    }

    /** Where the agreement stands at this time. */
    public State at(Instant now) {
        return Life.fold(agreement, instruments, now);
    }
}
