package org.entente.agreements.lint;

import java.util.List;
import org.entente.agreements.Accession;
import org.entente.agreements.Agreement;
import org.entente.agreements.Federation;
import org.entente.agreements.Kind;
import org.entente.agreements.Party;
import org.entente.agreements.Voting;
import org.jspecify.annotations.Nullable;

/** Joining, leaving and the secretariat: clauses 33 and 34. */
final class FrameworkCheck extends Check {
    private static final int FEWEST_VOTERS = 2;
    private static final int DAYS_IN_YEAR = 365;

    FrameworkCheck(Agreement agreement, LintFacts facts, List<Finding> findings) {
        super(agreement, facts, findings);
    }

    @Override
    void run() {
        if (agreement.kind() != Kind.FRAMEWORK) {
            return;
        }
        Accession accession = agreement.accession();
        find(
                accession == null,
                Rule.FRAMEWORK_WITHOUT_ACCESSION,
                "",
                "nothing says how a state joins or leaves this framework, nor who keeps its instruments; add accession"
                        + " with a depositary");
        if (accession != null) {
            for (int i = 0; i < accession.openTo().size(); i++) {
                String id = accession.openTo().get(i);
                find(
                        agreement.party(id).isPresent(),
                        Rule.ACCESSION_OPEN_TO_PARTY,
                        "/accession/openTo/" + i,
                        id + " is a party already and needs not join; leave it out");
            }
            joining(accession);
            leaving(accession);
        }
        secretariats();
        Federation federation = agreement.federation();
        Integer most = mostMembers(accession);
        find(
                federation != null && most != null && federation.minimumReporting() > most,
                Rule.MINIMUM_UNREACHABLE,
                "/federation/minimumReporting",
                "a regional figure needs " + (federation == null ? 0 : federation.minimumReporting())
                        + " reporting states and there can be only " + most + "; no figure would ever be made");
    }

    private void joining(Accession accession) {
        Voting acceptance = accession.acceptance();
        find(
                acceptance != null && acceptance != Voting.DEPOSITARY && states().size() < FEWEST_VOTERS,
                Rule.ACCESSION_VOTE_WITHOUT_VOTERS,
                "/accession/acceptance",
                "the members vote on who joins, and " + states().size() + " of the parties has a vote, so one state"
                        + " decides alone; let the depositary accept, or name more members first");
        Integer days = accession.effectDays();
        find(
                days != null && days > DAYS_IN_YEAR,
                Rule.ACCESSION_EFFECT_LATE,
                "/accession/effectDays",
                "a state becomes a party " + days + " days after it has acceded, and may not ask for a figure before;"
                        + " shorten it to a year at most");
    }

    private void leaving(Accession accession) {
        find(
                accession.exclusion() != null && accession.exclusionBy() == null,
                Rule.EXCLUSION_UNDECIDED,
                "/accession/exclusion",
                "it says when a member may be excluded and not who decides it, so no act can exclude one; add"
                        + " exclusionBy");
        find(
                accession.exclusionBy() != null && accession.exclusion() == null,
                Rule.EXCLUSION_WITHOUT_GROUNDS,
                "/accession/exclusionBy",
                "members can exclude one of their number, and nothing says on which grounds; add exclusion");
    }

    private void secretariats() {
        for (int i = 0; i < agreement.parties().size(); i++) {
            Party party = agreement.parties().get(i);
            boolean consumes =
                    agreement.legs().stream().anyMatch(l -> l.consumer().equals(party.id()));
            find(
                    party.form() == Party.Form.SECRETARIAT && consumes && agreement.federation() == null,
                    Rule.SECRETARIAT_WITHOUT_RIGHTS,
                    "/parties/" + i,
                    party.id() + " gets figures, but nothing says whether it may aggregate or publish them; add"
                            + " federation");
        }
    }

    /** How many states there can be; unknown when anybody may join. */
    private @Nullable Integer mostMembers(@Nullable Accession accession) {
        if (accession != null && accession.openTo().isEmpty()) {
            return null;
        }
        long joining = accession == null
                ? 0
                : accession.openTo().stream()
                        .filter(id -> agreement.party(id).isEmpty())
                        .count();
        return states().size() + (int) joining;
    }
}
