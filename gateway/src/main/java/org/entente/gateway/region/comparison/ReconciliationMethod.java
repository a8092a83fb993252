package org.entente.gateway.region.comparison;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The methods by which one figure is made of the two of a mirror pair, each in one version: what a version does never changes. All of them
 * are simple enough that everybody can do them with a pencil; models that estimate errors are none of them.
 *
 * <p>That a movement is counted twice, and that this can be used to correct it, is M. Poulain's approach (Confrontation des statistiques de
 * migrations intra-europeennes, European Journal of Population 9, 1993); the choice of the receiving country, and of the larger figure where
 * fewer are missed than counted twice, is discussed by D. Kupiszewska and B. Nowok (Comparability of statistics on international migration
 * flows in the European Union, 2008) and by UNECE (Guidelines on exchanging data to improve emigration statistics, 2009).
 */
public enum ReconciliationMethod {
    /** The arithmetic mean of both: neither side is taken for better. */
    MEAN("MEAN", 1),
    /** The larger of both: whoever is counted is supposed to be there, and the smaller figure to miss some. */
    LARGER("LARGER", 1),
    /** The figure of the side that both have agreed counts better, which the rule names with the reason. */
    PREFERRED("PREFERRED", 1);

    private final String method;
    private final int version;

    ReconciliationMethod(String method, int version) {
        this.method = method;
        this.version = version;
    }

    /** Name and version, as {@code MEAN/1}. */
    public String id() {
        return method + "/" + version;
    }

    /** The method with this name and version. */
    public static Optional<ReconciliationMethod> find(@Nullable String id) {
        return Arrays.stream(values()).filter(one -> one.id().equals(id)).findFirst();
    }

    /**
     * The reconciled figure.
     *
     * @param preferred the side that counts better; only {@link #PREFERRED} looks at it
     */
    public double of(double origin, double destination, @Nullable Side preferred) {
        return switch (this) {
            case MEAN -> (origin + destination) / 2;
            case LARGER -> Math.max(origin, destination);
            case PREFERRED -> preferred == Side.ORIGIN ? origin : destination;
        };
    }

    /** A side of a mirror pair. */
    public enum Side {
        /** The state that people come from. */
        ORIGIN,
        /** The state that they go to or live in. */
        DESTINATION
    }
}
