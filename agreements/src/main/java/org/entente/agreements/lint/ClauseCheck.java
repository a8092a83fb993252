package org.entente.agreements.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.Article;
import org.entente.agreements.Kind;

/** Which of the forty clauses are absent, and which are said twice. */
final class ClauseCheck extends Check {
    /** What an agreement may well do without; clause 3 has a rule of its own. */
    private static final Set<Integer> OPTIONAL = Set.of(3, 32);

    private static final Set<Integer> OF_FRAMEWORKS = Set.of(33, 34);

    ClauseCheck(Agreement agreement, LintFacts facts, List<Finding> findings) {
        super(agreement, facts, findings);
    }

    @Override
    void run() {
        Set<Integer> there = Clauses.in(agreement);
        for (Clauses.Clause clause : Clauses.ALL) {
            boolean wanted = !OPTIONAL.contains(clause.number())
                    && (agreement.kind() == Kind.FRAMEWORK || !OF_FRAMEWORKS.contains(clause.number()));
            if (wanted && !there.contains(clause.number())) {
                String where = clause.members().isEmpty()
                        ? "an article"
                        : clause.members().get(0);
                find(
                        Rule.CLAUSE_ABSENT,
                        clause.number(),
                        "",
                        "nothing is said on " + clause.name() + "; add " + where + ", or say in an article that nothing"
                                + " is agreed on it");
            }
        }
        articles();
    }

    private void articles() {
        Set<Integer> structured = new ClausePresence(agreement).structured();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < agreement.articles().size(); i++) {
            Article article = agreement.articles().get(i);
            String at = "/articles/" + i;
            if (structured.contains(article.clause())) {
                find(
                        Rule.ARTICLE_BESIDE_CLAUSE,
                        article.clause(),
                        at,
                        "this clause has members of its own that are enforced, and an article beside them may say"
                                + " something else; put the words into the member's note");
            }
            if (!seen.add(article.clause())) {
                find(
                        Rule.ARTICLE_TWICE,
                        article.clause(),
                        at + "/clause",
                        "two articles fill clause " + article.clause() + "; join them");
            }
        }
    }
}
