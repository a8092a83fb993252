package org.entente.gateway.region.consultation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A draft on which comments are asked for.
 *
 * @param programme of a regional profile; null for the state's own profile
 * @param edition of it that is not published yet
 * @param draft the working group's text of the state's own profile, as it was handed in; null for a regional one
 * @param digest of the draft, base64url SHA-256
 * @param closed when it was closed; null while comments may come
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Consultation(
        UUID id,
        @Nullable String programme,
        @Nullable Integer edition,
        @JsonIgnore byte @Nullable [] draft,
        String digest,
        Instant opened,
        @Nullable Instant closed) {

    /** What became of a comment. */
    public enum Verdict {
        ACCEPTED,
        DECLINED
    }

    /**
     * A comment on one section.
     *
     * @param section id of the section, and its title
     * @param organisation of whoever has made it
     * @param named whether the organisation may be named
     * @param answer of those who draft; null while there is none
     * @param answered when it was given; null while there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Comment(
            UUID id,
            String section,
            String title,
            String text,
            String organisation,
            boolean named,
            Instant received,
            @Nullable Verdict verdict,
            @Nullable String answer,
            @Nullable Instant answered) {}
}
