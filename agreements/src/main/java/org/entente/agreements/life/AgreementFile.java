package org.entente.agreements.life;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    /**
     * Of several versions of one agreement the one that counts at this time: the newest that applies, or the newest of all when none
     * does. Ordered by agreement id.
     */
    public static List<AgreementFile> current(List<AgreementFile> files, Instant now) {
        Map<String, AgreementFile> byId = new TreeMap<>();
        for (AgreementFile file : files) {
            byId.merge(file.agreement().id(), file, (a, b) -> newer(a, b, now));
        }
        return List.copyOf(byId.values());
    }

    private static AgreementFile newer(AgreementFile a, AgreementFile b, Instant now) {
        boolean applies = a.at(now).phase().applies();
        if (applies != b.at(now).phase().applies()) {
            return applies ? a : b;
        }
        return a.agreement().version() >= b.agreement().version() ? a : b;
    }

    /** Where the agreement stands at this time. */
    public State at(Instant now) {
        return Life.fold(agreement, instruments, now);
    }
}
