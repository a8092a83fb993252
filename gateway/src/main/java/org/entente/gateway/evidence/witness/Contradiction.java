package org.entente.gateway.evidence.witness;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.journal.Checkpoint;
import org.entente.crypto.journal.ConsistencyProof;
import org.entente.crypto.journal.Hash;
import org.entente.crypto.journal.NoteVerifier;
import org.entente.crypto.journal.SignedNote;

/**
 * Two checkpoints that one journal key has signed and that no one journal can have: of the same size with different roots, or a larger
 * one whose tree, by a consistency proof, does not begin with the smaller one. Convinces anybody who has the journal's key, offline.
 *
 * @param older the smaller checkpoint
 * @param newer the larger one
 * @param beginning root of the first {@code older.size} entries under the larger one
 * @param proof from the smaller size to the larger, for that beginning
 */
record Contradiction(SignedNote older, SignedNote newer, Hash beginning, List<Hash> proof) {
    Contradiction {
        proof = List.copyOf(proof);
    }

    /** As members of a journal record. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("older", older.toString());
        json.put("newer", newer.toString());
        json.put("beginning", beginning.toString());
        json.put("proof", proof.stream().map(Hash::toString).toList());
        return json;
    }

    /** Reads what {@link #toJson} has written. */
    static Contradiction of(JsonNode json) throws VerificationException {
        List<Hash> proof = new ArrayList<>();
        for (JsonNode hash : json.path("proof")) {
            proof.add(Hash.parse(hash.asText()));
        }
        return new Contradiction(
                note(json.path("older").asText()),
                note(json.path("newer").asText()),
                Hash.parse(json.path("beginning").asText()),
                proof);
    }

    private static SignedNote note(String text) throws VerificationException {
        return SignedNote.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Passes if it is one.
     *
     * @throws VerificationException if a signature is wrong, the proof does not hold, or the two do not contradict each other
     */
    void verify(String origin, NoteVerifier key) throws VerificationException {
        Checkpoint small = Checkpoint.open(older, origin, key, List.of()).checkpoint();
        Checkpoint large = Checkpoint.open(newer, origin, key, List.of()).checkpoint();
        new ConsistencyProof(small.size(), large.size(), proof).verify(beginning, large.root());
        if (small.root().equals(beginning)) {
            throw new VerificationException(Reason.PROOF_INVALID, "The larger checkpoint begins with the smaller one.");
        }
    }
}
