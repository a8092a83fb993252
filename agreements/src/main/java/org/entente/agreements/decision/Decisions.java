package org.entente.agreements.decision;

import java.util.List;
import org.entente.agreements.life.AgreementFile;

/** Judges requests. */
public final class Decisions {
    /** Version of the rules below; recorded in every decision so that it is replayed by the rules that made it. */
    public static final String SEMANTICS = "entente-decision/1";

    private Decisions() {}

    /**
     * Decides a request. Pure: the same arguments always give the same decision, and the order of files and legs does not matter.
     *
     * @param files every agreement this node has with the two parties, in effect or not
     */
    public static Decision decide(DataRequest request, List<AgreementFile> files, Facts facts, Roles roles) {
        throw new UnsupportedOperationException("rules follow");
    }
}
