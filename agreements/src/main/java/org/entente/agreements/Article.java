package org.entente.agreements;

/**
 * A clause carried as text: signed, numbered and shown, but not enforced by a machine.
 *
 * @param clause number of the clause it fills, 1 to 40, as in the published list of clauses
 */
public record Article(int clause, Text heading, Text text) {}
