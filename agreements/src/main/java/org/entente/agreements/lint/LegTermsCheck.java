package org.entente.agreements.lint;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Agreement;
import org.entente.agreements.Answering;
import org.entente.agreements.Course;
import org.entente.agreements.DimensionRule;
import org.entente.agreements.IsoDate;
import org.entente.agreements.Leg;
import org.entente.agreements.Onward;
import org.entente.agreements.Party;
import org.entente.agreements.Purpose;
import org.entente.agreements.Terms;

/** Asking, answering, calendar, keeping and passing on: clauses 5, 13, 15, 16, 21, 22 and 26. */
final class LegTermsCheck extends Check {
    /** Deliveries in a year by code of SDMX CL_FREQ; rarer ones still fall due on one day of their year. */
    private static final Map<String, Integer> DUE = Map.ofEntries(
            Map.entry("A", 1),
            Map.entry("A2", 1),
            Map.entry("A3", 1),
            Map.entry("A4", 1),
            Map.entry("A5", 1),
            Map.entry("A10", 1),
            Map.entry("A_3", 3),
            Map.entry("S", 2),
            Map.entry("Q", 4),
            Map.entry("M2", 6),
            Map.entry("M", 12));

    LegTermsCheck(Agreement agreement, LintFacts facts, List<Finding> findings) {
        super(agreement, facts, findings);
    }

    @Override
    void run() {
        for (int i = 0; i < agreement.legs().size(); i++) {
            Leg leg = agreement.legs().get(i);
            String at = "/legs/" + i;
            asking(leg, at);
            calendar(leg, at + "/calendar");
            onward(leg, at + "/onward");
            publication(leg, at + "/onward");
            find(
                    leg.retention().afterEnd()
                            != agreement.course().termination().data(),
                    Rule.RETENTION_END_DIFFERS,
                    at + "/retention/afterEnd",
                    "leg " + leg.id() + " says " + leg.retention().afterEnd()
                            + " for data after the end and the termination clause says "
                            + agreement.course().termination().data() + "; write the same in both");
        }
    }

    private void asking(Leg leg, String at) {
        find(
                leg.access().roles().contains("administrator"),
                Rule.ADMINISTRATOR_SEES_FIGURES,
                at + "/access/roles",
                "administrators run the node and need no figures; leave the role out");
        boolean analysis = leg.purposes().stream().anyMatch(p -> p != Purpose.CRISIS_RESPONSE);
        find(
                analysis && !leg.access().roles().contains("statistician"),
                Rule.PURPOSE_WITHOUT_STATISTICIAN,
                at + "/access/roles",
                "the purposes "
                        + Codes.list(leg.purposes().stream().map(Purpose::token).toList())
                        + " are a statistician's work, and no statistician may see the figures; add the role");
        find(
                leg.purposes().contains(Purpose.CRISIS_RESPONSE) && agreement.crisis() == null,
                Rule.CRISIS_PURPOSE_WITHOUT_CLAUSE,
                at + "/purposes",
                "leg " + leg.id() + " serves crisis response, but nothing says who declares a crisis and what changes"
                        + " then; add a crisis clause or leave the purpose out");
        boolean automatic = leg.answering().mode() == Answering.Mode.AUTOMATIC;
        find(
                automatic && leg.quota() == null,
                Rule.QUOTA_MISSING,
                at,
                "leg " + leg.id() + " is answered automatically and without limit; set a quota");
        find(
                !automatic && leg.answering().grounds().isEmpty(),
                Rule.GROUNDS_MISSING,
                at + "/answering",
                "a person answers and no ground of refusal is agreed, so a refusal has nothing to rest on; list the"
                        + " grounds");
    }

    private void calendar(Leg leg, String at) {
        String frequency = leg.calendar().frequency();
        Integer expected = DUE.get(frequency);
        int due = leg.calendar().due().size();
        find(
                due == 0 && expected != null,
                Rule.DUE_MISSING,
                at,
                "figures of frequency " + frequency + " are owed but on no day, so nobody is ever late; name due days");
        find(
                due > 0 && (expected == null || due != expected),
                Rule.DUE_FREQUENCY_MISMATCH,
                at + "/due",
                "frequency " + frequency + " has "
                        + (expected == null ? "no fixed days" : expected + " due days in a year") + ", and " + due
                        + " are named; change one or the other");
        Optional<DimensionRule> allowed = structure(leg)
                .flatMap(s -> s.with(LintFacts.Role.FREQUENCY))
                .map(d -> leg.cube().dimensions().get(d));
        find(
                allowed.isPresent()
                        && !allowed.get().allowsAll()
                        && !allowed.get().codes().contains(frequency),
                Rule.FREQUENCY_NOT_IN_CUBE,
                at + "/frequency",
                "figures are due with frequency " + frequency + ", and the cube lets pass only "
                        + allowed.map(r -> Codes.list(r.codes())).orElse("") + "; make them agree");
        IsoDate first = leg.calendar().firstDelivery();
        Course.EntryIntoForce entry = agreement.course().entryIntoForce();
        IsoDate begins = entry.provisionalFrom() == null ? entry.date() : entry.provisionalFrom();
        find(
                first != null && begins != null && first.compareTo(begins) < 0,
                Rule.FIRST_DELIVERY_TOO_EARLY,
                at + "/firstDelivery",
                "the first delivery is due on " + first + ", before the agreement applies on " + begins
                        + "; move one of the dates");
    }

    private void onward(Leg leg, String at) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < leg.onward().allowed().size(); i++) {
            Onward.Rule rule = leg.onward().allowed().get(i);
            String pointer = at + "/allowed/" + i;
            String party = rule.party();
            find(
                    party != null && agreement.party(party).isEmpty(),
                    Rule.ONWARD_STRANGER,
                    pointer + "/party",
                    "figures may be passed on to " + party + ", but " + party
                            + " is not a party and is bound by nothing here; make it a party or leave it out");
            find(
                    party != null && (party.equals(leg.provider()) || party.equals(leg.consumer())),
                    Rule.ONWARD_TO_ITSELF,
                    pointer + "/party",
                    party + " has the figures anyway; leave it out");
            find(
                    rule.recipient() == Onward.Recipient.SECRETARIAT
                            && agreement.parties().stream().noneMatch(p -> p.form() == Party.Form.SECRETARIAT),
                    Rule.ONWARD_SECRETARIAT_MISSING,
                    pointer + "/recipient",
                    "figures may be passed on to the secretariat, but no party is one; name a party or leave it out");
            find(
                    !seen.add(rule.recipient() + " " + party),
                    Rule.ONWARD_TWICE,
                    pointer,
                    "this recipient stands here twice, so nobody can say on what condition; keep one");
        }
        find(
                leg.onward().embargoDays() != null
                        && leg.onward().allowed().stream()
                                .noneMatch(r -> r.condition() == Onward.Condition.AFTER_EMBARGO),
                Rule.EMBARGO_IDLE,
                at + "/embargoDays",
                "an embargo is set but no recipient waits for it; leave it out or use AFTER_EMBARGO");
    }

    private void publication(Leg leg, String at) {
        Terms.Publication publication = agreement.terms().publication();
        if (publication == null) {
            return;
        }
        Map<Onward.Recipient, Onward.Condition> onward = new EnumMap<>(Onward.Recipient.class);
        leg.onward().allowed().forEach(r -> onward.put(r.recipient(), r.condition()));
        boolean free = onward.get(Onward.Recipient.PUBLIC) == Onward.Condition.FREE;
        find(
                free && (!publication.ownCopy() || publication.embargoDays() != null)
                        || publication.ownCopy() && !onward.containsKey(Onward.Recipient.PUBLIC),
                Rule.PUBLICATION_CONTRADICTS_ONWARD,
                at,
                publication.ownCopy()
                        ? "the publication clause lets the consumer release its own copy"
                                + (free
                                        ? " after an embargo, and here the public may have it at once"
                                        : ", and here the" + " public is no recipient")
                                + "; make them agree"
                        : "here the public may have the figures freely, and the publication clause lets the consumer"
                                + " release no copy; make them agree");
        Integer embargo = leg.onward().embargoDays();
        find(
                embargo != null && publication.embargoDays() != null && !embargo.equals(publication.embargoDays()),
                Rule.EMBARGO_DIFFERS,
                at + "/embargoDays",
                "the embargo is " + embargo + " days here and " + publication.embargoDays()
                        + " in the publication clause; write the same in both");
    }
}
