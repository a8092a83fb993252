package org.entente.gateway.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.entente.crypto.VerificationException;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.CosignatureVerifier;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.journal.SignedNote;
import org.entente.crypto.journal.WitnessKeys;
import org.entente.gateway.exchange.AnswerProof;
import org.entente.gateway.partners.CardDocument;
import org.jspecify.annotations.Nullable;

/** Who else has signed the checkpoints in a file: any node whose card is in it may be a witness of another's journal. */
final class WitnessCheck {
    private final WitnessKeys witnesses;
    private final List<String> words = new ArrayList<>();

    /** @param cards by party, root card first */
    WitnessCheck(Map<String, List<CardDocument>> cards) throws VerificationException {
        List<ListedKey> listed = cards.values().stream()
                .flatMap(List::stream)
                .map(card -> card.card().witness())
                .toList();
        this.witnesses = WitnessKeys.of(listed);
    }

    /**
     * Checks the cosignatures of an entry's checkpoint.
     *
     * @throws VerificationException also if a cosignature lacks that of the companion which its witness's card lists
     */
    void entry(EvidenceFile.@Nullable Entry entry, AnswerProof.JournalKey journal) throws VerificationException {
        if (entry == null) {
            return;
        }
        SignedNote checkpoint = EvidenceVerifier.proof(entry, "entry").checkpoint();
        Checkpoint.Opened opened = journal.keys(checkpoint).open(checkpoint, witnesses.verifiers());
        for (WitnessKeys.Cosigned cosigned : witnesses.counted(opened)) {
            words.add(cosigned.line().name() + " cosigned "
                    + opened.checkpoint().origin() + " at "
                    + opened.checkpoint().size() + " entries, by its clock "
                    + CosignatureVerifier.time(cosigned.line().signature())
                    + (cosigned.companion() == null ? "" : ", with its post-quantum companion"));
        }
    }

    /** What was found. */
    String sentence() {
        return words.isEmpty() ? "no witness in the file has cosigned a checkpoint" : String.join("; ", words);
    }
}
