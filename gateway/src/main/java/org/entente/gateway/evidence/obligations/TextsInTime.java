package org.entente.gateway.evidence.obligations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.agreements.Leg;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.life.AgreementFile;
import org.entente.agreements.life.State;
import org.entente.gateway.treaties.Treaty;

/** The texts of one agreement, and which of them held at what time. */
record TextsInTime(String agreement, List<Treaty> texts, AgreementBook book) {
    static TextsInTime of(String agreement, List<Treaty> texts) {
        return new TextsInTime(
                agreement,
                texts,
                AgreementBook.of(texts.stream().map(Treaty::file).toList()));
    }

    /** The text under which figures passed at that time. */
    Optional<AgreementFile> at(Instant moment) {
        return book.named(agreement, moment)
                .filter(file -> book.state(file, moment).phase().applies());
    }

    /** A leg as it stood at that time. */
    Optional<Leg> leg(String id, Instant moment) {
        return at(moment).flatMap(file -> file.agreement().leg(id));
    }

    /** Whether the leg or the whole was suspended or on hold at that time. */
    boolean stopped(AgreementFile file, String leg, Instant moment) {
        return book.state(file, moment).stops().stream()
                .filter(stop -> stop.release() == null && !stop.from().isAfter(moment))
                .map(State.Stop::leg)
                .anyMatch(stopped -> stopped == null || stopped.equals(leg));
    }

    /** Ids of all legs that any of the texts has. */
    SortedSet<String> legs() {
        SortedSet<String> legs = new TreeSet<>();
        texts.forEach(text -> text.file().agreement().legs().forEach(leg -> legs.add(leg.id())));
        return legs;
    }
}
