package org.entente.gateway.partners;

import java.time.Instant;

/**
 * Exchanges with a partner are stopped.
 *
 * @param reason for people and for the journal
 * @param by the staff user, or what part of the gateway
 */
public record Hold(String reason, String by, Instant since) {}
