package org.entente.gateway.treaties;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.agreements.Accession;
import org.entente.agreements.Agreement;
import org.entente.agreements.Party;
import org.entente.agreements.life.Instrument;
import org.entente.agreements.life.Membership;
import org.jspecify.annotations.Nullable;

/**
 * Who has to do with a text: the parties that it names, the states that have acceded to it, and those to which it is open. Who has left
 * stays in it, since data already supplied stay bound.
 */
final class Circle {
    private final @Nullable Accession accession;
    private final Map<String, Party> parties = new LinkedHashMap<>();
    private final Set<String> named;

    private Circle(Agreement agreement, List<Instrument> acts) {
        this.accession = agreement.accession();
        agreement.parties().forEach(party -> parties.put(party.id(), party));
        this.named = Set.copyOf(parties.keySet());
        for (Instrument act : acts) {
            if (act instanceof Membership.Acceded acceded) {
                parties.putIfAbsent(acceded.party(), acceded.entry());
            }
        }
    }

    static Circle of(Agreement agreement, List<Instrument> acts) {
        return new Circle(agreement, acts);
    }

    static Circle of(Treaty treaty) {
        return of(treaty.file().agreement(), treaty.file().instruments());
    }

    /** Named or acceded. */
    Set<String> parties() {
        return parties.keySet();
    }

    /** Whether the text itself names the party, with the card at which trust in it starts. */
    boolean names(String party) {
        return named.contains(party);
    }

    /** The party as the text or its accession describes it. */
    Optional<Party> party(String id) {
        return Optional.ofNullable(parties.get(id));
    }

    /**
     * May the party read the text and the acts on it, and act on it? A state to which it is open must read it before it can accede; open to
     * nobody by name is open to any.
     */
    boolean includes(String party) {
        return parties.containsKey(party)
                || (accession != null
                        && (accession.openTo().isEmpty() || accession.openTo().contains(party)));
    }

    /** Who passes the acts on to all, in a framework that has one. */
    Optional<String> depositary() {
        return Optional.ofNullable(accession).map(Accession::depositary);
    }

    /**
     * To whom an act goes from here: in a framework from its author to the depositary, and from there to everybody; else to all others.
     *
     * @param own this node's party
     * @param source who sent it here; null if it was made here
     */
    List<String> recipients(String own, @Nullable String source) {
        String depositary = depositary().orElse(null);
        if (source != null && !own.equals(depositary)) {
            return List.of();
        }
        if (depositary != null && !own.equals(depositary)) {
            return List.of(depositary);
        }
        return parties.keySet().stream()
                .filter(party -> !party.equals(own) && !party.equals(source))
                .toList();
    }
}
