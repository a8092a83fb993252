package org.entente.agreements.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.agreements.Accession;
import org.entente.agreements.Agreement;
import org.entente.agreements.Federation;
import org.entente.agreements.Kind;
import org.entente.agreements.Party;
import org.entente.agreements.Voting;
import org.entente.agreements.life.State.Departure;
import org.jspecify.annotations.Nullable;

/** Who is bound from when until when, and what a party has chosen to stay out of. Reads the acts in the order of their time. */
final class Members {
    private record Join(Party entry, Instant from) {}

    private final Agreement agreement;
    private final @Nullable Accession clause;
    private final Days days;
    private final SortedMap<String, Join> joins = new TreeMap<>();
    private final SortedMap<String, Departure> departures = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> optOuts = new TreeMap<>();
    private final List<Membership.ChairHandedOver> handovers = new ArrayList<>();
    private final Map<String, Membership.Acceded> waiting = new HashMap<>();
    private final Map<String, Set<String>> acceptances = new HashMap<>();
    private final Map<String, Set<String>> exclusions = new HashMap<>();

    Members(Agreement agreement, List<Instrument> acts, SortedMap<String, Instant> signed, Days days) {
        this.agreement = agreement;
        this.clause = agreement.accession();
        this.days = days;
        for (Party party : agreement.parties()) {
            Instant since = signed.get(party.id());
            if (since != null) {
                joins.put(party.id(), new Join(party, since));
            }
        }
        for (Instrument act : acts) {
            if (act instanceof Membership membership) {
                apply(membership);
            }
        }
    }

    private void apply(Membership act) {
        switch (act) {
            case Membership.Acceded a -> acceded(a);
            case Membership.AccessionAccepted a -> accepted(a);
            case Membership.OptedOut o ->
                optOuts.computeIfAbsent(o.party(), p -> new TreeSet<>()).add(o.leg());
            case Membership.OptedIn o ->
                optOuts.computeIfAbsent(o.party(), p -> new TreeSet<>()).remove(o.leg());
            case Membership.Withdrawn w ->
                leave(w.party(), new Departure(Departure.How.WITHDRAWN, days.after(w.at(), withdrawalDays(agreement))));
            case Membership.Excluded e -> excluded(e);
            case Membership.ChairHandedOver c -> handovers.add(c);
            case Membership.Declared d -> {
                // A declaration is kept and shown; it changes nothing.
            }
        }
    }

    /** Days of notice for leaving: those of clause 33, or of clause 39 where there is none. */
    static int withdrawalDays(Agreement agreement) {
        Accession clause = agreement.accession();
        return clause == null ? agreement.course().termination().noticeDays() : clause.withdrawalNoticeDays();
    }

    private void acceded(Membership.Acceded act) {
        if (clause == null || clause.acceptanceNeeded() == null) {
            join(act, act.at());
        } else {
            waiting.put(act.party(), act);
            acceptances.remove(act.party());
        }
    }

    private void accepted(Membership.AccessionAccepted act) {
        Membership.Acceded accession = waiting.get(act.member());
        Voting rule = clause == null ? null : clause.acceptanceNeeded();
        if (accession == null || rule == null) {
            return;
        }
        Set<String> votes = acceptances.computeIfAbsent(act.member(), m -> new HashSet<>());
        votes.add(act.party());
        if (carried(rule, votes, act.member(), act.at())) {
            waiting.remove(act.member());
            join(accession, act.at());
        }
    }

    private void join(Membership.Acceded act, Instant at) {
        Integer wait = clause == null ? null : clause.effectDays();
        Instant from = days.after(at, wait == null ? 0 : wait);
        joins.put(act.party(), new Join(act.entry(), from));
        departures.remove(act.party());
        optOuts.put(act.party(), new TreeSet<>(act.optOuts()));
    }

    private void excluded(Membership.Excluded act) {
        Voting rule = clause == null ? null : clause.exclusionBy();
        Set<String> votes = exclusions.computeIfAbsent(act.member(), m -> new HashSet<>());
        votes.add(act.party());
        if (rule != null && carried(rule, votes, act.member(), act.at())) {
            exclusions.remove(act.member());
            leave(act.member(), new Departure(Departure.How.EXCLUDED, act.at()));
        }
    }

    private void leave(String party, Departure departure) {
        departures.merge(party, departure, (a, b) -> a.from().isAfter(b.from()) ? b : a);
    }

    private boolean carried(Voting rule, Set<String> votes, String member, Instant at) {
        if (rule == Voting.DEPOSITARY) {
            return votes.contains(Objects.requireNonNull(clause).depositary());
        }
        Set<String> voters = voters(member, at);
        long inFavour = votes.stream().filter(voters::contains).count();
        return !voters.isEmpty()
                && switch (rule) {
                    case MAJORITY -> 2 * inFavour > voters.size();
                    case TWO_THIRDS -> 3 * inFavour >= 2L * voters.size();
                    case CONSENSUS, DEPOSITARY -> inFavour == voters.size();
                };
    }

    /** Members that vote on another one at this time. */
    private Set<String> voters(String concerned, Instant at) {
        Set<String> voters = new HashSet<>();
        joins.forEach((id, join) -> {
            Departure left = departures.get(id);
            boolean bound =
                    !join.from().isAfter(at) && (left == null || left.from().isAfter(at));
            if (bound && !id.equals(concerned) && join.entry().form() == Party.Form.STATE) {
                voters.add(id);
            }
        });
        return voters;
    }

    /** Accessions that wait for their acceptance, with who has accepted so far. */
    Map<String, Set<String>> waiting() {
        Map<String, Set<String>> open = new HashMap<>();
        waiting.keySet().forEach(m -> open.put(m, acceptances.getOrDefault(m, Set.of())));
        return open;
    }

    SortedMap<String, Departure> departures() {
        return departures;
    }

    SortedMap<String, SortedSet<String>> optOuts() {
        optOuts.values().removeIf(Set::isEmpty);
        return optOuts;
    }

    SortedMap<Membership.Office, String> offices(Moment moment) {
        SortedMap<Membership.Office, String> holders = new TreeMap<>();
        for (Membership.ChairHandedOver handover : handovers) {
            if (moment.reached(days.start(handover.from().value()))) {
                holders.put(handover.office(), handover.to());
            }
        }
        return holders;
    }

    /** The parties bound at this moment: those of the text first, in its order, then who acceded. */
    List<Party> bound(Moment moment) {
        List<Party> bound = new ArrayList<>();
        for (Party named : agreement.parties()) {
            Join join = joins.get(named.id());
            if (join != null && isBound(named.id(), join, moment)) {
                bound.add(join.entry());
            }
        }
        joins.forEach((id, join) -> {
            if (agreement.party(id).isEmpty() && isBound(id, join, moment)) {
                bound.add(join.entry());
            }
        });
        Federation federation = agreement.federation();
        if (federation != null && agreement.kind() == Kind.FRAMEWORK) {
            List<Party> members = List.copyOf(bound);
            bound.replaceAll(p -> p.id().equals(federation.secretariat()) ? speaksFor(p, members) : p);
        }
        return bound;
    }

    private boolean isBound(String id, Join join, Moment moment) {
        Departure left = departures.get(id);
        return moment.reached(join.from()) && (left == null || !moment.reached(left.from()));
    }

    /** A secretariat acts for whom the text says and for who acceded, less who left. */
    private Party speaksFor(Party secretariat, List<Party> bound) {
        SortedSet<String> members = new TreeSet<>(secretariat.onBehalfOf());
        SortedSet<String> areas = new TreeSet<>(secretariat.areas());
        for (String id : departures.keySet()) {
            if (bound.stream().noneMatch(p -> p.id().equals(id)) && members.remove(id)) {
                areasOf(id).forEach(areas::remove);
            }
        }
        for (Party party : bound) {
            boolean acceded = agreement.party(party.id()).isEmpty();
            if (party.form() == Party.Form.STATE && (acceded || members.contains(party.id()))) {
                members.add(party.id());
                areas.addAll(party.areas());
            }
        }
        return new Party(
                secretariat.id(),
                secretariat.name(),
                secretariat.form(),
                secretariat.role(),
                secretariat.rootCard(),
                List.copyOf(areas),
                List.copyOf(members),
                secretariat.hostedBy(),
                secretariat.authorities(),
                secretariat.liaison(),
                secretariat.legalBasis());
    }

    private List<String> areasOf(String id) {
        Join join = joins.get(id);
        return join == null
                ? agreement.party(id).map(Party::areas).orElse(List.of())
                : join.entry().areas();
    }

    /** When a framework was deserted, having fewer than two parties left; null while it was not. */
    @Nullable
    Instant deserted(List<Party> bound) {
        if (agreement.kind() != Kind.FRAMEWORK || departures.isEmpty() || bound.size() > 1) {
            return null;
        }
        return departures.values().stream()
                .map(Departure::from)
                .max(Instant::compareTo)
                .orElseThrow();
    }
}
