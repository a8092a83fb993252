package org.entente.agreements.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.ArtefactRef;
import org.jspecify.annotations.Nullable;

/**
 * What one party asks of another.
 *
 * @param consumer party that asks
 * @param provider party that is asked
 * @param agreement id of the agreement, or its digest; absent when the asker named none
 * @param leg id of the leg; absent when the asker named none
 * @param dataflow the dataflow asked for; absent when only the leg tells
 * @param purpose token of the purpose as the asker wrote it
 * @param role staff role of the asker
 * @param authority the asker's authority, when the asker's node says it
 * @param selections selected codes by dimension; a dimension without one is asked for whole
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataRequest(
        String consumer,
        String provider,
        @Nullable String agreement,
        @Nullable String leg,
        @Nullable ArtefactRef dataflow,
        String purpose,
        String role,
        @Nullable String authority,
        SortedMap<String, Selection> selections,
        TimeSelection time) {
    public DataRequest {
        selections = Collections.unmodifiableSortedMap(new TreeMap<>(selections));
    }
}
