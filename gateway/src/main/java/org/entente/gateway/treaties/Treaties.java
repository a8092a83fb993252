package org.entente.gateway.treaties;

import jakarta.inject.Singleton;
import java.util.List;
import org.entente.agreements.life.AgreementFile;

/** The agreements of this node, in whatever state, and the acts on them. */
@Singleton
public final class Treaties {
    private final TreatyDirectory directory;

    Treaties(TreatyDirectory directory) {
        this.directory = directory;
    }

    /** All agreements with the instruments on them. */
    public List<AgreementFile> files() {
        return directory.fresh().files();
    }

    /** Those to which this party is a party. */
    public List<AgreementFile> filesWith(String party) {
        return directory.fresh().filesWith(party);
    }
}
