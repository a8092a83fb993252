package org.entente.crypto.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.crypto.VerificationException;
import org.jspecify.annotations.Nullable;

/** The keys of witnesses: a cosignature counts only with that of the companion beside it, where one is listed. Immutable. */
public final class WitnessKeys {
    private final List<ListedKey.Verifiers> keys;

    private WitnessKeys(List<ListedKey.Verifiers> keys) {
        this.keys = keys;
    }

    /**
     * The keys of some witnesses, ready to verify many checkpoints.
     *
     * @param listed the same one any number of times; of one listed with different companions the last counts
     * @throws VerificationException if a key is unusable
     */
    public static WitnessKeys of(Collection<ListedKey> listed) throws VerificationException {
        Map<String, ListedKey> last = new LinkedHashMap<>();
        listed.forEach(key -> last.put(key.key().toString(), key));
        List<ListedKey.Verifiers> usable = new ArrayList<>();
        for (ListedKey key : last.values()) {
            usable.add(key.verifiers());
        }
        return new WitnessKeys(List.copyOf(usable));
    }

    /** All keys, companions among them. */
    public List<NoteVerifier> verifiers() {
        List<NoteVerifier> all = new ArrayList<>();
        for (ListedKey.Verifiers key : keys) {
            all.add(key.key());
            if (key.companion() != null) {
                all.add(key.companion());
            }
        }
        return all;
    }

    /**
     * A witness's statement about a checkpoint.
     *
     * @param line its signature
     * @param companion that of its post-quantum companion; null if it has none
     */
    public record Cosigned(NoteSignature line, @Nullable NoteSignature companion) {}

    /**
     * The cosignatures of an opened checkpoint that are by these keys.
     *
     * @throws VerificationException with SIGNATURE_MISSING if one lacks that of its companion
     */
    public List<Cosigned> counted(Checkpoint.Opened opened) throws VerificationException {
        List<Cosigned> counted = new ArrayList<>();
        for (NoteSignature line : opened.cosignatures()) {
            for (ListedKey.Verifiers key : keys) {
                if (key.signed(line)) {
                    key.requireCompanion(opened.cosignatures());
                    counted.add(new Cosigned(
                            line,
                            opened.cosignatures().stream()
                                    .filter(key::companionSigned)
                                    .findFirst()
                                    .orElse(null)));
                }
            }
        }
        return counted;
    }
}
