package org.entente.gateway.treaties;

import java.time.Instant;

/**
 * Something that happened to an agreement by time, and not by an act at that moment.
 *
 * @param kind the journal's kind
 * @param subject leg, crisis, party or day that tells it from others of its kind; empty for the agreement as a whole
 * @param at when it happened
 */
record Milestone(String kind, String subject, Instant at) {
    /** Names it among those of one text. */
    String key() {
        return kind + " " + subject;
    }
}
