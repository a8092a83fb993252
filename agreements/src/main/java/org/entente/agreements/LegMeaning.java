package org.entente.agreements;

import java.time.DateTimeException;
import java.time.MonthDay;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.InvalidAgreementException.Problem;
import org.entente.agreements.InvalidAgreementException.Reason;
import org.jspecify.annotations.Nullable;

/** The part of {@link Meaning} that concerns legs and cubes. */
final class LegMeaning {
    private final Agreement agreement;
    private final List<Problem> problems;

    LegMeaning(Agreement agreement, List<Problem> problems) {
        this.agreement = agreement;
        this.problems = problems;
    }

    void check() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < agreement.legs().size(); i++) {
            Leg leg = agreement.legs().get(i);
            String at = "/legs/" + i;
            wrong(!ids.add(leg.id()), at + "/id", leg.id() + " stands here twice");
            sides(leg, at);
            cube(leg.cube(), at + "/cube");
            disclosure(leg.disclosure(), at + "/disclosure");
            knowledge(leg.disclosure().consumerKnows(), at + "/disclosure/consumerKnows");
            onward(leg.onward(), at + "/onward");
            days(leg, at);
            boolean automatic = leg.answering().mode() == Answering.Mode.AUTOMATIC;
            wrong(
                    automatic != (leg.answering().days() == 0),
                    at + "/answering/days",
                    automatic ? "an automatic answer takes 0 days" : "a person needs at least one day");
            wrong(
                    automatic && leg.answering().fourEyes(),
                    at + "/answering/fourEyes",
                    "an automatic answer is approved by nobody");
        }
    }

    private void wrong(boolean is, String pointer, String sentence) {
        if (is) {
            problems.add(new Problem(Reason.MEANING, pointer, sentence));
        }
    }

    private void sides(Leg leg, String at) {
        Optional<Party> provider = side(leg.provider(), at + "/provider");
        Optional<Party> consumer = side(leg.consumer(), at + "/consumer");
        wrong(
                leg.provider().equals(leg.consumer()) && !leg.provider().equals(Leg.MEMBERS),
                at + "/consumer",
                "provider and consumer are the same");
        provider.ifPresent(p -> wrong(!p.role().supplies(), at + "/provider", p.id() + " is a recipient only"));
        consumer.ifPresent(c -> {
            wrong(!c.role().receives(), at + "/consumer", c.id() + " is a supplier only");
            offices(c, leg.access().authorities(), at + "/access/authorities");
        });
        Coverage.Approval approval = leg.coverage().approval();
        if (approval != null) {
            provider.ifPresent(p -> offices(p, List.of(approval.authority()), at + "/coverage/approval/authority"));
        }
    }

    private Optional<Party> side(String id, String pointer) {
        if (id.equals(Leg.MEMBERS)) {
            wrong(agreement.kind() != Kind.FRAMEWORK, pointer, "only a framework has members");
            return Optional.empty();
        }
        Optional<Party> party = agreement.party(id);
        wrong(party.isEmpty(), pointer, id + " is no party");
        return party;
    }

    private void offices(Party party, List<String> offices, String pointer) {
        for (String office : offices) {
            wrong(
                    party.authorities().stream().noneMatch(a -> a.id().equals(office)),
                    pointer,
                    office + " is no authority of " + party.id());
        }
    }

    /** Checks a cube of a leg or of a crisis clause. */
    void cube(AllowedCube cube, String at) {
        Integer to = cube.years().to();
        wrong(to != null && to < cube.years().from(), at + "/years/to", "ends before it begins");
        cube.dimensions()
                .forEach((dimension, rule) -> rule.codes().stream()
                        .filter(LegMeaning::oddToken)
                        .forEach(c -> wrong(true, at + "/dimensions/" + dimension, c + " is no known token")));
        for (int i = 0; i < cube.neverCross().size(); i++) {
            for (String dimension : cube.neverCross().get(i)) {
                DimensionRule rule = cube.dimensions().get(dimension);
                wrong(
                        rule == null || rule.total() == null,
                        at + "/neverCross/" + i,
                        dimension + " needs a rule in the cube that names its total");
            }
        }
    }

    private void disclosure(DisclosureRule rule, String at) {
        boolean threshold = rule.method() == DisclosureRule.Method.SUPPRESSION;
        boolean base = rule.method() == DisclosureRule.Method.SMALL_COUNT_ROUNDING
                || rule.method() == DisclosureRule.Method.CONVENTIONAL_ROUNDING;
        wrong(threshold && rule.threshold() == null, at + "/threshold", "suppression needs a threshold");
        wrong(base && rule.roundingBase() == null, at + "/roundingBase", "rounding needs a base");
        wrong(!base && rule.roundingBase() != null, at + "/roundingBase", "the method does not round");
        wrong(
                rule.method() == DisclosureRule.Method.NONE && (rule.threshold() != null || rule.secondary()),
                at + "/method",
                "NONE protects nothing, yet parameters of a method are given");
    }

    private void knowledge(List<ConsumerKnowledge> held, String at) {
        for (int i = 0; i < held.size(); i++) {
            for (int j = 0; j < held.get(i).cells().size(); j++) {
                ConsumerKnowledge.Cells cells = held.get(i).cells().get(j);
                String pointer = at + "/" + i + "/cells/" + j;
                cells.codes().forEach((dimension, codes) -> {
                    codes.stream()
                            .filter(LegMeaning::oddToken)
                            .forEach(c -> wrong(true, pointer + "/codes/" + dimension, c + " is no known token"));
                    wrong(
                            cells.by().contains(dimension),
                            pointer + "/by",
                            dimension + " is known either by these codes or by every code");
                });
            }
        }
    }

    private static boolean oddToken(String code) {
        return code.startsWith("@") && !code.equals(DimensionRule.PROVIDER) && !code.equals(DimensionRule.CONSUMER);
    }

    private void onward(Onward onward, String at) {
        for (int i = 0; i < onward.allowed().size(); i++) {
            Onward.Rule rule = onward.allowed().get(i);
            String rulePointer = at + "/allowed/" + i;
            wrong(
                    (rule.recipient() == Onward.Recipient.PARTY) != (rule.party() != null),
                    rulePointer + "/party",
                    "a party is named exactly when the recipient is PARTY");
            wrong(
                    rule.condition() == Onward.Condition.AFTER_EMBARGO && onward.embargoDays() == null,
                    at + "/embargoDays",
                    "an embargo needs its days");
        }
    }

    private void days(Leg leg, String at) {
        for (int i = 0; i < leg.calendar().due().size(); i++) {
            monthDay(leg.calendar().due().get(i), at + "/calendar/due/" + i);
        }
        monthDay(leg.population().referenceDate(), at + "/population/referenceDate");
    }

    private void monthDay(@Nullable String day, String pointer) {
        if (day == null) {
            return;
        }
        try {
            MonthDay.parse(day);
        } catch (DateTimeException e) {
            wrong(true, pointer, day + " is no day of the year");
        }
    }
}
