package org.entente.agreements;

/** What happens to data already supplied when the agreement ends or a state leaves. */
public enum AfterEnd {
    STAYS_BOUND,
    DELETE,
    RETURN_AND_DELETE
}
