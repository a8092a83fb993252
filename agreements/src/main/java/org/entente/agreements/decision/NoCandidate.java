package org.entente.agreements.decision;

import java.time.Instant;
import java.util.List;

/** Why no leg at all comes into question. */
final class NoCandidate {
    private NoCandidate() {}

    static List<Reason> reasons(DataRequest request, AgreementBook book, Instant now) {
        List<AgreementBook.Between> between = book.between(request, now);
        return between.isEmpty()
                ? List.of(noAgreement(request, book))
                : between.stream().map(b -> noLeg(request, b)).toList();
    }

    private static Reason noAgreement(DataRequest request, AgreementBook book) {
        String named = request.agreement();
        if (named != null && book.holds(named)) {
            return new Reason(
                    Reason.Code.NOT_A_PARTY,
                    new ClauseRef(2, named, null, "parties"),
                    request.consumer() + " and " + request.provider() + " are not both parties to agreement " + named,
                    List.of(request.consumer(), request.provider()));
        }
        String which = named == null ? "no agreement" : "no agreement " + named;
        return new Reason(
                Reason.Code.NO_AGREEMENT,
                null,
                "there is " + which + " between " + request.provider() + " and " + request.consumer()
                        + "; figures pass only under a signed agreement",
                List.of(request.consumer(), request.provider()));
    }

    private static Reason noLeg(DataRequest request, AgreementBook.Between between) {
        String agreement = between.file().agreement().id();
        String leg = request.leg();
        String sentence = "agreement " + agreement + " has " + (leg == null ? "no leg" : "no leg " + leg) + " by which "
                + request.provider() + " answers " + request.consumer()
                + (request.dataflow() == null ? "" : " on " + request.dataflow())
                + (between.legs().isEmpty() ? "" : "; there are: " + String.join(", ", between.legs()));
        return new Reason(Reason.Code.NO_LEG, new ClauseRef(7, agreement, null, "legs"), sentence, between.legs());
    }
}
