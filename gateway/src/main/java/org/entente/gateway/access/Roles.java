package org.entente.gateway.access;

import java.util.Set;

/** The roles of staff users, as {@code @Secured} names them. */
public final class Roles {

    /** Asks for figures, reads holdings, imports datasets. */
    public static final String STATISTICIAN = "statistician";

    /** Proposes agreements and carries out the acts on them. */
    public static final String TREATY_OFFICER = "treaty-officer";

    /** Reads everything that was exchanged, with its evidence; changes nothing. */
    public static final String AUDITOR = "auditor";

    /** Lets releases, waiting requests and exceptions go out. */
    public static final String APPROVER = "approver";

    /** Users, cards, settings, holds. */
    public static final String ADMINISTRATOR = "administrator";

    /** All of them. */
    public static final Set<String> ALL = Set.of(STATISTICIAN, TREATY_OFFICER, AUDITOR, APPROVER, ADMINISTRATOR);

    /** Those that may be held for single datasets: they act on releases. */
    public static final Set<String> OF_DATASETS = Set.of(STATISTICIAN, APPROVER);

    private Roles() {}
}
