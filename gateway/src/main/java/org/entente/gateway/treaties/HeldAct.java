package org.entente.gateway.treaties;

import java.time.Instant;
import org.entente.agreements.life.Instrument;
import org.jspecify.annotations.Nullable;

/**
 * An act that this node holds.
 *
 * @param position the journal entry that recorded it
 * @param source partner that sent it; null for an act of this node's own officers
 */
public record HeldAct(
        Instrument instrument, long position, @Nullable String source, Instant received) {}
