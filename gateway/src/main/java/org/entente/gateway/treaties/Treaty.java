package org.entente.gateway.treaties;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.agreements.Agreement;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.TextChange;
import org.jspecify.annotations.Nullable;

/**
 * One text of an agreement with the acts on it, as this node holds them.
 *
 * @param file for a text that corrects another also with the acts on that one
 * @param acts on this text itself, in the order of the journal
 * @param revision counts the acts
 * @param corrects the defective text whose place this one takes; null for all others
 */
public record Treaty(
        AgreementFile file,
        List<HeldAct> acts,
        long revision,
        @Nullable Treaty corrects) {
    public Treaty {
        acts = List.copyOf(acts);
    }

    static Treaty of(Agreement agreement, String digest, List<HeldAct> acts, long revision) {
        List<Instrument> instruments = acts.stream().map(HeldAct::instrument).toList();
        return new Treaty(new AgreementFile(agreement, digest, instruments), acts, revision, null);
    }

    /** This text as the correction of another one. */
    Treaty correcting(Treaty defective) {
        List<Instrument> own = acts.stream().map(HeldAct::instrument).toList();
        AgreementFile whole = AgreementFile.correcting(defective.file, file.agreement(), own);
        return new Treaty(whole, acts, revision, defective);
    }

    /** The file as it was when the journal had this size. */
    public AgreementFile fileAt(long journalSize) {
        List<Instrument> own = acts.stream()
                .filter(a -> a.position() < journalSize)
                .map(HeldAct::instrument)
                .toList();
        return corrects == null
                ? new AgreementFile(file.agreement(), file.digest(), own)
                : AgreementFile.correcting(corrects.fileAt(journalSize), file.agreement(), own);
    }

    /** Has anybody put a signature under it, in whatever form? */
    boolean isSigned() {
        return file.instruments().stream().anyMatch(TextRules::binds);
    }

    /** May the party read it? */
    boolean concerns(String party) {
        return Circle.of(this).includes(party);
    }

    /** Texts that correct others, with these. */
    static List<Treaty> linked(List<Treaty> all) {
        Map<String, Treaty> byDigest = new HashMap<>();
        all.forEach(treaty -> byDigest.put(treaty.file().digest(), treaty));
        return all.stream().map(treaty -> linked(treaty, byDigest, all.size())).toList();
    }

    private static Treaty linked(Treaty treaty, Map<String, Treaty> byDigest, int deepest) {
        for (HeldAct act : treaty.acts()) {
            if (deepest > 0 && act.instrument() instanceof TextChange.CorrectionProposed correction) {
                Treaty defective = byDigest.get(correction.replaces());
                return defective == null ? treaty : treaty.correcting(linked(defective, byDigest, deepest - 1));
            }
        }
        return treaty;
    }
}
