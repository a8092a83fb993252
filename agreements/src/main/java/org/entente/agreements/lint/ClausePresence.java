package org.entente.agreements.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.crypto.canonical.CanonicalJson;

/** Which clauses a document fills by its members. The canonical form holds no empty member. */
final class ClausePresence {
    private final JsonNode document;

    ClausePresence(Agreement agreement) {
        this.document = CanonicalJson.parseStrict(agreement.canonical());
    }

    /** Numbers of the clauses of which at least one member is present. */
    Set<Integer> structured() {
        Set<Integer> numbers = new TreeSet<>();
        for (Clauses.Clause clause : Clauses.ALL) {
            if (clause.members().stream().anyMatch(m -> present(document, m.substring(1)))) {
                numbers.add(clause.number());
            }
        }
        return numbers;
    }

    private static boolean present(JsonNode node, String path) {
        int slash = path.indexOf('/');
        String step = slash < 0 ? path : path.substring(0, slash);
        if (!step.equals("*")) {
            JsonNode next = node.path(step);
            return slash < 0 ? !next.isMissingNode() : present(next, path.substring(slash + 1));
        }
        for (JsonNode item : node) {
            if (slash < 0 || present(item, path.substring(slash + 1))) {
                return true;
            }
        }
        return false;
    }
}
