package org.entente.agreements;

/** How long the consumer keeps an answer (clause 26). */
public record Retention(int months, boolean proofOfDeletion, AfterEnd afterEnd) {}
