package org.entente.gateway.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.entente.agreements.ArtefactRef;
import org.entente.agreements.CrisisClause;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.decision.DataRequest;
import org.entente.agreements.decision.Decision;
import org.entente.agreements.decision.Decisions;
import org.entente.agreements.decision.Facts;
import org.entente.agreements.decision.Roles;
import org.entente.agreements.decision.Selection;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.statistics.Dataflow;
import org.jspecify.annotations.Nullable;

/**
 * What is judged of a request. A code that is named beside a whole dimension, as alternative keys can, must be granted by name too,
 * so such a request is judged twice.
 *
 * @param request as asked
 * @param byName the same with the named codes in place of the whole dimensions; null if there are none
 */
record Wanted(DataRequest request, @Nullable DataRequest byName) {

    /** A request, with the codes named beside whole dimensions. */
    static Wanted of(DataRequest request, SortedMap<String, Selection> named) {
        return new Wanted(request, named.isEmpty() ? null : narrowed(request, named));
    }

    /** What a consumer's request says, as its provider reads it. */
    static Wanted of(String consumer, String provider, ExchangeHeaders headers, BoundQuery query, Dataflow dataflow) {
        HeldSelection selection = WireQuery.selection(query);
        return of(
                new DataRequest(
                        consumer,
                        provider,
                        headers.agreement(),
                        headers.leg(),
                        new ArtefactRef(
                                dataflow.id().agency(),
                                dataflow.id().id(),
                                dataflow.id().version()),
                        headers.purpose(),
                        headers.requester().role(),
                        headers.requester().authority(),
                        selection.dimensions(),
                        selection.time()),
                WireQuery.namedBesideWhole(query));
    }

    /** From the requests that a record keeps. */
    static Wanted of(List<DataRequest> requests) {
        if (requests.isEmpty() || requests.size() > 2) {
            throw new IllegalArgumentException("a decision is made on one or two requests");
        }
        return new Wanted(requests.getFirst(), requests.size() == 2 ? requests.getLast() : null);
    }

    /** As a record keeps them. */
    List<DataRequest> requests() {
        List<DataRequest> requests = new ArrayList<>(List.of(request));
        if (byName != null) {
            requests.add(byName);
        }
        return requests;
    }

    Decision decide(AgreementBook book, Facts facts, Roles roles) {
        return decide(one -> Decisions.decide(one, book, facts, roles));
    }

    /** Decides on a crisis pack of a leg, by the pack's cube. */
    Decision decidePack(AgreementFile file, CrisisClause.Pack pack, Facts facts, Roles roles) {
        return decide(one -> Decisions.decidePack(one, file, pack, facts, roles));
    }

    /**
     * Decides again, on the facts and by the rules of the recorded decision.
     *
     * @throws IllegalArgumentException when this version does not have those rules
     */
    Decision replay(List<AgreementFile> files, Roles roles, Decision recorded) {
        return decide(one -> Decisions.replay(one, files, roles, recorded));
    }

    private Decision decide(Function<DataRequest, Decision> rules) {
        Decision decision = rules.apply(request);
        if (decision instanceof Decision.Refusal || byName == null) {
            return decision;
        }
        Decision named = rules.apply(byName);
        return named instanceof Decision.Refusal ? named : decision;
    }

    private static DataRequest narrowed(DataRequest request, SortedMap<String, Selection> named) {
        SortedMap<String, Selection> selections = new TreeMap<>(request.selections());
        selections.putAll(named);
        return new DataRequest(
                request.consumer(),
                request.provider(),
                request.agreement(),
                request.leg(),
                request.dataflow(),
                request.purpose(),
                request.role(),
                request.authority(),
                selections,
                request.time());
    }
}
