package org.entente.agreements;

/** A term and what the parties mean by it (clause 4). What is enforced of the definitions stands in {@link Population}. */
public record Definition(Text term, Text meaning) {}
