package org.entente.gateway.treaties;

import java.util.List;
import org.entente.agreements.life.AgreementFile;

/**
 * One text of an agreement with the acts on it, as this node holds them.
 *
 * @param acts in the order of the journal
 * @param revision counts the acts
 * @param noted whether the journal holds its coming into effect
 */
public record Treaty(AgreementFile file, List<HeldAct> acts, long revision, boolean noted) {
    public Treaty {
        acts = List.copyOf(acts);
    }

    /** The file as it was when the journal had this size. */
    public AgreementFile fileAt(long journalSize) {
        return new AgreementFile(
                file.agreement(),
                file.digest(),
                acts.stream()
                        .filter(a -> a.position() < journalSize)
                        .map(HeldAct::instrument)
                        .toList());
    }

    boolean concerns(String party) {
        return file.agreement().party(party).isPresent();
    }
}
