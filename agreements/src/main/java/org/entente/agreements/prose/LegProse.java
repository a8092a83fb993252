package org.entente.agreements.prose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.entente.agreements.Agreement;
import org.entente.agreements.AllowedCube;
import org.entente.agreements.Answering;
import org.entente.agreements.Calendar;
import org.entente.agreements.ConsumerKnowledge;
import org.entente.agreements.Coverage;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.Leg;
import org.entente.agreements.Onward;
import org.entente.agreements.Party;
import org.entente.agreements.Population;
import org.entente.agreements.Quota;
import org.entente.agreements.SensitiveGroup;

/** A leg in words. */
final class LegProse {
    private final Agreement agreement;
    private final Words words;

    LegProse(Agreement agreement, Words words) {
        this.agreement = agreement;
        this.words = words;
    }

    ProseDocument.Article article(Leg leg) {
        ArticleBuilder p =
                new ArticleBuilder(words, "leg:" + leg.id(), words.say("leg.heading", leg.id(), words.of(leg.title())));
        p.say(
                "leg.is",
                party(leg.provider()),
                party(leg.consumer()),
                leg.dataflow(),
                leg.standards().structure(),
                leg.measure());
        if (!leg.standards().codelists().isEmpty()) {
            p.say(
                    "leg.codelists",
                    words.list(leg.standards().codelists().stream()
                            .map(String::valueOf)
                            .toList()));
        }
        if (!leg.datasets().isEmpty()) {
            p.say("leg.datasets", words.list(leg.datasets()));
        }
        population(leg.population(), p);
        p.say("cube.intro");
        cube("", leg.cube(), p);
        p.say("leg.purposes", words.list("purpose", leg.purposes()));
        p.say("leg.access", words.list(leg.access().roles()));
        if (!leg.access().authorities().isEmpty()) {
            p.say("leg.access.authorities", words.list(leg.access().authorities()));
        }
        p.add("disclosure", disclosure(leg.disclosure()));
        knowledge(leg.disclosure().consumerKnows(), p);
        coverage(leg.coverage(), p);
        if (leg.quota() != null) {
            p.add("quota", quota(leg.quota()));
        }
        calendar(leg.calendar(), p);
        onward(leg.onward(), p);
        p.say(
                "leg.retention",
                leg.retention().months(),
                words.say("proof." + leg.retention().proofOfDeletion()),
                words.say("afterEnd", leg.retention().afterEnd()));
        p.say("leg.receipt", leg.receiptHours());
        answering(leg.answering(), p);
        return p.build();
    }

    /** A party by name and id; the members of a framework by their word. */
    String party(String id) {
        return id.equals(Leg.MEMBERS)
                ? words.say("members")
                : agreement.party(id).map(Party::name).map(words::of).orElse(id) + " (" + id + ")";
    }

    private void population(Population population, ArticleBuilder p) {
        p.say(
                "population",
                words.say("measure", population.measure()),
                words.list("concept", population.concepts()),
                population.residenceMonths());
        if (population.referenceDate() != null) {
            p.say("population.date", population.referenceDate());
        }
        p.say("population.origins", words.list("origin", population.origins()));
        if (!population.excluded().isEmpty()) {
            p.say(
                    "population.excluded",
                    words.list(population.excluded().stream().map(words::of).toList()));
        }
    }

    /**
     * What a cube allows, dimension by dimension.
     *
     * @param of names the cube where an article speaks of several
     */
    void cube(String of, AllowedCube cube, ArticleBuilder p) {
        for (Map.Entry<String, DimensionRule> dimension : cube.dimensions().entrySet()) {
            DimensionRule rule = dimension.getValue();
            String codes = rule.allowsAll()
                    ? words.say("cube.all")
                    : words.list(rule.codes().stream().map(this::code).toList());
            String about = of + dimension.getKey();
            if (rule.finest() == null) {
                p.sayOf(about, "cube.dimension", dimension.getKey(), codes);
            } else {
                p.sayOf(about, "cube.dimension.finest", dimension.getKey(), codes, rule.finest());
            }
        }
        for (List<String> crossing : cube.neverCross()) {
            p.sayOf(of + String.join("-", crossing), "cube.never", words.list(crossing));
        }
        Integer to = cube.years().to();
        String years = to == null
                ? words.say("cube.years.open", cube.years().from())
                : words.say("cube.years", cube.years().from(), to);
        p.add("cube.years:" + of, years);
        if (cube.lagMonths() > 0) {
            p.sayOf(of, "cube.lag", cube.lagMonths());
        }
    }

    /** A code, or the words for the token that stands for a side's own areas. */
    String code(String code) {
        if (code.equals(DimensionRule.PROVIDER)) {
            return words.say("cube.provider");
        }
        if (code.equals(DimensionRule.CONSUMER)) {
            return words.say("cube.consumer");
        }
        return code;
    }

    private String disclosure(DisclosureRule rule) {
        List<String> parts = new ArrayList<>();
        parts.add(words.say("method", rule.method()));
        if (rule.threshold() != null) {
            parts.add(words.say("disclosure.threshold", rule.threshold()));
        }
        if (rule.roundingBase() != null) {
            parts.add(words.say("disclosure.base", rule.roundingBase()));
        }
        if (rule.width() != null) {
            parts.add(words.say("disclosure.width", rule.width()));
        }
        parts.add(words.say("zeros", rule.zeros()));
        if (rule.secondary()) {
            parts.add(words.say("disclosure.secondary"));
        }
        if (rule.narrowable()) {
            parts.add(words.say("disclosure.narrowable"));
        }
        if (rule.publicSourcesPass()) {
            parts.add(words.say("disclosure.public"));
        }
        return words.say("disclosure", words.say("by", rule.by()), words.list(parts));
    }

    /** What the consumer holds, and by which cells; each holding by its number. */
    private void knowledge(List<ConsumerKnowledge> held, ArticleBuilder p) {
        for (int i = 0; i < held.size(); i++) {
            List<String> cells = new ArrayList<>();
            for (ConsumerKnowledge.Cells some : held.get(i).cells()) {
                List<String> parts = new ArrayList<>();
                some.codes()
                        .forEach((dimension, codes) -> parts.add(words.say(
                                "knows.codes",
                                dimension,
                                words.list(codes.stream().map(this::code).toList()))));
                if (!some.by().isEmpty()) {
                    parts.add(words.say("knows.by", words.list(some.by())));
                }
                cells.add(parts.isEmpty() ? words.say("knows.totals") : String.join(", ", parts));
            }
            p.sayOf(String.valueOf(i + 1), "knows", words.of(held.get(i).source()), String.join("; ", cells));
        }
    }

    private void coverage(Coverage coverage, ArticleBuilder p) {
        for (Coverage.Rule rule : Coverage.Rule.values()) {
            List<SensitiveGroup> groups = coverage.groups().entrySet().stream()
                    .filter(e -> e.getValue() == rule)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!groups.isEmpty()) {
                p.say("coverage." + rule, words.list("group", groups));
            }
        }
        Coverage.Approval approval = coverage.approval();
        if (approval != null) {
            p.say(
                    "coverage.approval",
                    approval.name(),
                    words.of(approval.post()),
                    approval.authority(),
                    words.of(approval.reason()));
        }
    }

    /** A quota in words. */
    String quota(Quota quota) {
        String window = words.say("window", quota.per());
        return quota.cells() == null
                ? words.say("quota", quota.requests(), window)
                : words.say("quota.cells", quota.requests(), window, quota.cells());
    }

    private void calendar(Calendar calendar, ArticleBuilder p) {
        p.say("calendar", calendar.frequency(), calendar.graceDays());
        if (!calendar.due().isEmpty()) {
            p.say("calendar.due", words.list(calendar.due()));
        }
        if (calendar.firstDelivery() != null) {
            p.say("calendar.first", calendar.firstDelivery());
        }
        calendar.phases()
                .forEach(f -> p.sayOf(f.from().toString(), "calendar.phase", f.from(), words.of(f.obligation())));
    }

    private void onward(Onward onward, ArticleBuilder p) {
        if (onward.allowed().isEmpty()) {
            p.say("onward.none");
            return;
        }
        for (Onward.Rule rule : onward.allowed()) {
            String recipient = rule.party() == null ? words.say("recipient", rule.recipient()) : party(rule.party());
            String days = onward.embargoDays() == null ? "" : String.valueOf(onward.embargoDays());
            String about = rule.party() == null ? rule.recipient().name() : rule.party();
            p.sayOf(about, "onward", recipient, words.say("condition." + rule.condition(), days));
        }
        p.say("onward.nobody");
    }

    private void answering(Answering answering, ArticleBuilder p) {
        p.add("answering", words.say("answering." + answering.mode(), answering.days()));
        if (answering.fourEyes()) {
            p.say("answering.four");
        }
        answering.grounds().forEach(g -> p.sayOf(g.code(), "answering.ground", g.code(), words.of(g.text())));
    }
}
