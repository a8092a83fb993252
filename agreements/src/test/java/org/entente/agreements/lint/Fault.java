package org.entente.agreements.lint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.entente.agreements.TemplateSamples;
import org.entente.crypto.canonical.CanonicalJson;

/** A fault put into a clean template, and what the linter finds in it. */
record Fault(Rule rule, String template, String pointer, LintFacts facts, Consumer<ObjectNode> edit) {
    static final String STOCK = "bilateral-diaspora-stock";
    static final String CRISIS = "bilateral-diaspora-stock-crisis";
    static final String ANNEX = "technical-annex";
    static final String RCP = "rcp-framework";

    /** A fault of the document itself. */
    static Fault fault(Rule rule, String template, String pointer, Consumer<ObjectNode> edit) {
        return new Fault(rule, template, pointer, Around.knowing(template), edit);
    }

    /** A fault that shows only against what is known around the document. */
    static Fault known(Rule rule, String template, String pointer, LintFacts facts) {
        return new Fault(rule, template, pointer, facts, d -> {});
    }

    static ObjectNode at(ObjectNode document, String pointer) {
        return (ObjectNode) document.at(pointer);
    }

    static ArrayNode list(ObjectNode document, String pointer) {
        return (ArrayNode) document.at(pointer);
    }

    List<Finding> findings() {
        ObjectNode tree = (ObjectNode)
                CanonicalJson.parseStrict(TemplateSamples.filled(template).canonical());
        edit.accept(tree);
        return Linter.lint(CanonicalJson.encode(tree), facts);
    }

    @Override
    public String toString() {
        return rule.code();
    }
}
