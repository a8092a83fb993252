package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Structure;

/**
 * The order that a data query's {@code sort} asks for (SDMX REST 2.2).
 *
 * @param by components in the order of their weight; empty for the canonical order
 */
public record SortOrder(List<By> by) {

    /** No order asked for. */
    public static final SortOrder NONE = new SortOrder(List.of());

    private static final Pattern TERM = Pattern.compile("(\\*|[A-Za-z0-9_@$-]+)(?::(?:asc|desc))?");
    private static final String ALL = "*";
    private static final String SERIES_KEY = "series_key";

    /**
     * One component of the order.
     *
     * @param component a component's id, {@code *} or {@code series_key}
     */
    public record By(String component, boolean descending) {}

    /** @throws EntenteException {@code query-malformed} */
    static SortOrder parse(String text) {
        List<By> by = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String term : text.split("\\+", -1)) {
            if (!TERM.matcher(term).matches()) {
                throw RawQuery.malformed("'" + term + "' in sort is not a component's id with :asc or :desc");
            }
            int colon = term.indexOf(':');
            String component = colon < 0 ? term : term.substring(0, colon);
            if (!seen.add(component)) {
                throw RawQuery.malformed("sort names " + component + " twice");
            }
            by.add(new By(component, term.endsWith(":desc")));
        }
        if (by.size() > 1 && seen.contains(ALL)) {
            throw RawQuery.malformed("* in sort stands alone");
        }
        return new SortOrder(List.copyOf(by));
    }

    /**
     * The order with the keywords resolved, all components being the structure's.
     *
     * @param dimensionAtObservation a dimension id or {@link BoundQuery#ALL_DIMENSIONS}
     * @throws EntenteException {@code query-unfit}
     */
    SortOrder on(Structure structure, String dimensionAtObservation) {
        List<By> resolved = new ArrayList<>();
        for (By term : by) {
            if (term.component.equals(ALL) || term.component.equals(SERIES_KEY)) {
                for (Dimension dimension : structure.dimensions()) {
                    if (term.component.equals(ALL) || !dimension.id().equals(dimensionAtObservation)) {
                        add(resolved, new By(dimension.id(), term.descending));
                    }
                }
            } else if (structure.dimensionPosition(term.component) >= 0
                    || structure.attributePosition(term.component) >= 0
                    || structure.measure().id().equals(term.component)) {
                add(resolved, term);
            } else {
                throw new EntenteException(
                        ErrorCode.QUERY_UNFIT,
                        structure.id() + " has no component '" + term.component + "' to sort by");
            }
        }
        return new SortOrder(List.copyOf(resolved));
    }

    private static void add(List<By> resolved, By term) {
        if (resolved.stream().noneMatch(earlier -> earlier.component.equals(term.component))) {
            resolved.add(term);
        }
    }
}
