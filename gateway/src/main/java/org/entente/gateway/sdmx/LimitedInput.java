package org.entente.gateway.sdmx;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.entente.gateway.statistics.CubeException;

/** A stream that refuses to give more than it may; closing it leaves the source open. */
final class LimitedInput extends FilterInputStream {

    private final long limit;
    private final String what;
    private long taken;

    /** @param what is too large, for the refusal */
    LimitedInput(InputStream in, long limit, String what) {
        super(in);
        this.limit = limit;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) {
            count(1);
        }
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count(read);
        }
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    /** @throws CubeException if that is too much */
    private void count(long bytes) {
        taken += bytes;
        if (taken > limit) {
            throw Refusal.malformed(what + " is larger than " + limit + " bytes");
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() {
        // The source belongs to whoever opened it.
    }
}
