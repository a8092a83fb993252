package org.entente.agreements.lint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.entente.agreements.Agreement;
import org.entente.agreements.Draft;
import org.entente.agreements.InvalidAgreementException.Problem;

/** Reads an agreement as a lawyer and a statistician would together: what contradicts itself, what is missing, what cannot be kept. */
public final class Linter {
    private Linter() {}

    /**
     * Everything found in a sound document, the heaviest first and then in document order.
     *
     * @param facts what is known around it; what is not known is not checked
     */
    public static List<Finding> lint(Agreement agreement, LintFacts facts) {
        List<Finding> findings = new ArrayList<>();
        Stream.of(
                        new PartyCheck(agreement, facts, findings),
                        new PopulationCheck(agreement, facts, findings),
                        new CubeCheck(agreement, facts, findings),
                        new DisclosureCheck(agreement, facts, findings),
                        new LegTermsCheck(agreement, facts, findings),
                        new TermsCheck(agreement, facts, findings),
                        new CrisisCheck(agreement, facts, findings),
                        new FrameworkCheck(agreement, facts, findings),
                        new CourseCheck(agreement, facts, findings),
                        new ClauseCheck(agreement, facts, findings))
                .forEach(Check::run);
        findings.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(findings);
    }

    /**
     * Everything found in a draft, JSON or YAML. What keeps it from being an agreement at all comes first, under the codes
     * {@code document-unreadable}, {@code document-schema} and {@code document-meaning}; a draft that follows the schema is then read by
     * all rules as well.
     */
    public static List<Finding> lint(byte[] jsonOrYaml, LintFacts facts) {
        Draft draft = Draft.read(jsonOrYaml);
        List<Finding> findings =
                new ArrayList<>(draft.problems().stream().map(Linter::finding).toList());
        if (draft.agreement() != null) {
            findings.addAll(lint(draft.agreement(), facts));
        }
        return List.copyOf(findings);
    }

    private static Finding finding(Problem problem) {
        return new Finding(
                Severity.ERROR,
                "document-" + problem.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                Clauses.at(problem.pointer()).map(Clauses.Clause::number).orElse(null),
                problem.pointer(),
                problem.sentence());
    }
}
