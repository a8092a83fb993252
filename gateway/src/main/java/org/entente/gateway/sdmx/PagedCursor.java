package org.entente.gateway.sdmx;

import org.entente.gateway.statistics.ObservationCursor;

/** A stretch of another cursor's observations. */
final class PagedCursor extends CursorOver {

    private final long offset;
    private final long limit;
    private long returned;

    /** @param limit most observations, or negative for all */
    PagedCursor(ObservationCursor source, long offset, long limit) {
        super(source);
        this.offset = offset;
        this.limit = limit;
    }

    @Override
    public boolean next() {
        if (limit >= 0 && returned >= limit) {
            return false;
        }
        if (returned == 0) {
            for (long skipped = 0; skipped < offset; skipped++) {
                if (!source.next()) {
                    returned = 1;
                    return false;
                }
            }
        }
        returned++;
        return source.next();
    }

    @Override
    public boolean firstOfSeries() {
        return returned == 1 || source.firstOfSeries();
    }

    @Override
    public int dimension(int dimension) {
        return source.dimension(dimension);
    }

    @Override
    public int attribute(int attribute) {
        return source.attribute(attribute);
    }

    @Override
    public double value() {
        return source.value();
    }
}
