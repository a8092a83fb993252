package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A designated official (clause 20): a post rather than a person, so that the document outlives changes of staff. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LiaisonOfficer(
        String authority,
        Text post,
        @Nullable String name,
        List<String> contacts,
        @Nullable String substitute,
        @Nullable String escalation) {
    public LiaisonOfficer {
        contacts = Copies.of(contacts);
    }
}
