package org.entente.agreements;

import java.util.List;
import org.entente.agreements.InvalidAgreementException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A document that may not yet be an agreement, with every reason why it is none.
 *
 * @param agreement the document in the model; absent when it does not follow the schema
 * @param problems empty when it is an agreement
 */
public record Draft(@Nullable Agreement agreement, List<Problem> problems) {
    public Draft {
        problems = List.copyOf(problems);
    }

    /** Reads an author's JSON or YAML. */
    public static Draft read(byte[] jsonOrYaml) {
        try {
            Agreement agreement = AgreementReader.schematic(AgreementReader.tree(jsonOrYaml));
            return new Draft(agreement, Meaning.problems(agreement));
        } catch (InvalidAgreementException e) {
            return new Draft(null, e.problems());
        }
    }
}
