package org.entente.gateway.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;

/** Partners' answers as cubes, by the digest of their bytes; the most recent ones are kept in memory. */
@Singleton
final class Cubes {
    private static final long BUDGET_BYTES = 64L << 20;

    private final Cache<ByteBuffer, Cube> recent = Caffeine.newBuilder()
            .maximumWeight(BUDGET_BYTES)
            .weigher((ByteBuffer digest, Cube cube) -> (int) Math.min(Integer.MAX_VALUE, cube.heapBytes()))
            .build();

    /** Lets go of the cube of bytes that are deleted. */
    void forget(byte[] digest) {
        recent.invalidate(ByteBuffer.wrap(digest));
    }

    /** The cube in these bytes; refuses what is not SDMX-CSV of the dataflow, naming row and column. */
    Cube read(Dataflow dataflow, byte[] digest, byte[] csv) {
        return recent.get(ByteBuffer.wrap(digest), d -> CsvBody.read(dataflow, csv));
    }
}
