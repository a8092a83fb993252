package org.entente.gateway.treaties;

import java.util.List;
import org.entente.agreements.life.AgreementFile;

/**
 * One text of an agreement with the acts on it, as this node holds them.
 *
 * @param acts in the order of the journal
 * @param revision counts the acts
 */
public record Treaty(AgreementFile file, List<HeldAct> acts, long revision) {
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

    /** Has anybody put a signature under it, in whatever form? */
    boolean isSigned() {
        return file.instruments().stream().anyMatch(TextRules::binds);
    }

    /** May the party read it? */
    boolean concerns(String party) {
        return Circle.of(this).includes(party);
    }
}
