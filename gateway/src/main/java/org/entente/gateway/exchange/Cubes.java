package org.entente.gateway.exchange;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.Dataflow;

/** Partners' answers as cubes, by the digest of their bytes; the most recent ones are kept in memory, within a budget. */
@Singleton
final class Cubes {
    private final Cache<ByteBuffer, Cube> recent;

    Cubes(ExchangeSettings settings) {
        this.recent = Caffeine.newBuilder()
                .maximumWeight(settings.memoryBytes() >> 10)
                .weigher((ByteBuffer digest, Cube cube) ->
                        (int) Math.min(Integer.MAX_VALUE, 1 + (cube.heapBytes() >> 10)))
                .build();
    }

    /** Lets go of the cube of bytes that are deleted. */
    void forget(byte[] digest) {
        recent.invalidate(ByteBuffer.wrap(digest));
    }

    /**
     * The cube of an answer; refuses what is not SDMX-CSV of the dataflow, naming row and column. Of many callers who want the same at once
     * one reads it.
     *
     * @param csv asked for the bytes only if the cube is not in memory
     */
    Cube read(Dataflow dataflow, byte[] digest, Supplier<byte[]> csv) {
        return recent.get(ByteBuffer.wrap(digest), d -> CsvBody.read(dataflow, csv.get()));
    }
}
