package org.entente.agreements.prose;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.entente.agreements.Agreement;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.Leg;
import org.jspecify.annotations.Nullable;

/** Which legs, and which codes of the legs that stay, are added or removed. */
final class CodeChanges {
    private final Agreement before;
    private final Agreement after;
    private final Words words;
    private final LegProse legsBefore;
    private final LegProse legsAfter;

    CodeChanges(Agreement before, Agreement after, Words words) {
        this.before = before;
        this.after = after;
        this.words = words;
        this.legsBefore = new LegProse(before, words);
        this.legsAfter = new LegProse(after, words);
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        for (Leg leg : after.legs()) {
            Optional<Leg> former = before.leg(leg.id());
            if (former.isEmpty()) {
                sentences.add(words.say("difference.leg.added", title(leg)));
            } else {
                codes(former.get(), leg, sentences);
            }
        }
        before.legs().stream()
                .filter(l -> after.leg(l.id()).isEmpty())
                .forEach(l -> sentences.add(words.say("difference.leg.removed", title(l))));
        return sentences;
    }

    private String title(Leg leg) {
        return leg.id() + " (" + words.of(leg.title()) + ")";
    }

    private void codes(Leg former, Leg leg, List<String> sentences) {
        Map<String, DimensionRule> was = former.cube().dimensions();
        Map<String, DimensionRule> is = leg.cube().dimensions();
        Set<String> dimensions = new TreeSet<>(was.keySet());
        dimensions.addAll(is.keySet());
        for (String dimension : dimensions) {
            Set<String> old = codes(was.get(dimension), legsBefore);
            Set<String> now = codes(is.get(dimension), legsAfter);
            say("difference.codes.added", leg, dimension, minus(now, old), sentences);
            say("difference.codes.removed", leg, dimension, minus(old, now), sentences);
        }
    }

    private Set<String> codes(@Nullable DimensionRule rule, LegProse legs) {
        Set<String> codes = new LinkedHashSet<>();
        if (rule != null && rule.allowsAll()) {
            codes.add(words.say("cube.all"));
        } else if (rule != null) {
            rule.codes().forEach(c -> codes.add(legs.code(c)));
        }
        return codes;
    }

    private static List<String> minus(Set<String> one, Set<String> other) {
        return one.stream().filter(c -> !other.contains(c)).toList();
    }

    private void say(String phrase, Leg leg, String dimension, List<String> codes, List<String> sentences) {
        if (!codes.isEmpty()) {
            sentences.add(words.say(phrase, leg.id(), dimension, words.list(codes)));
        }
    }
}
