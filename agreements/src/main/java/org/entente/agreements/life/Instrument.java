package org.entente.agreements.life;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.entente.agreements.Iso;
import org.jspecify.annotations.Nullable;

/**
 * An act of one party on one text of an agreement. Every instrument names that text by digest, so that an act on another version can never
 * be taken for an act on this one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "act")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Instrument.Proposed.class, name = "proposed"),
    @JsonSubTypes.Type(value = Instrument.Signed.class, name = "signed"),
    @JsonSubTypes.Type(value = Instrument.ProceduresCompleted.class, name = "procedures-completed"),
    @JsonSubTypes.Type(value = Instrument.LegSuspended.class, name = "leg-suspended"),
    @JsonSubTypes.Type(value = Instrument.LegResumed.class, name = "leg-resumed"),
    @JsonSubTypes.Type(value = Instrument.HoldSet.class, name = "hold-set"),
    @JsonSubTypes.Type(value = Instrument.HoldLifted.class, name = "hold-lifted"),
    @JsonSubTypes.Type(value = Instrument.Denounced.class, name = "denounced")
})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public sealed interface Instrument {
    /** {@code urn:uuid:...} of the act. */
    String id();

    /** Id of the agreement. */
    String agreement();

    /** Digest of the text that the act is about. */
    String digest();

    /** The acting party. */
    String party();

    /** When the party says it acted; both sides compute with this time. */
    Instant at();

    /** A text is put before the other parties. */
    record Proposed(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at) implements Instrument {}

    /**
     * A signature over the text.
     *
     * @param certificateSha256 base64url SHA-256 of the signer's certificate
     */
    record Signed(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String certificateSha256) implements Instrument {}

    /** Notification that the party's internal procedures are completed. */
    record ProceduresCompleted(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at) implements Instrument {}

    /** One leg stops, after the agreed notice. */
    record LegSuspended(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String leg,
            String reason) implements Instrument {}

    /** The party that suspended a leg lets it run again. */
    record LegResumed(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String leg) implements Instrument {}

    /** One leg ({@code leg} given) or the whole agreement stops at once. */
    record HoldSet(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            @Nullable String leg,
            String reason)
            implements Instrument {}

    /** The party that set a hold lifts it. */
    record HoldLifted(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            @Nullable String leg) implements Instrument {}

    /** Denunciation of a treaty, or discontinuation of a memorandum; takes effect after the agreed notice. */
    record Denounced(
            String id,
            String agreement,
            String digest,
            String party,
            @Iso Instant at,
            String reason) implements Instrument {}
}
