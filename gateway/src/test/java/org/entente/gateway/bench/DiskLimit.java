package org.entente.gateway.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import org.entente.gateway.testing.BuildFolder;

/** How long the disk that the databases stand on takes to make one page durable. */
final class DiskLimit {
    private static final int PAGE = 4_096;
    private static final int FILE_PAGES = 4_096;

    private DiskLimit() {}

    /** Median of write and fdatasync of one page in a file that has its size already, in microseconds. */
    static double fdatasyncMicros(Duration measured) throws IOException {
        Path file = BuildFolder.target("bench-fdatasync");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
            for (int i = 0; i < FILE_PAGES; i++) {
                channel.write(page.clear(), (long) i * PAGE);
            }
            channel.force(true);
            long[] nanos = new long[1_000_000];
            int count = 0;
            for (long end = System.nanoTime() + measured.toNanos(); System.nanoTime() < end && count < nanos.length; ) {
                page.clear().putInt(0, count);
                long from = System.nanoTime();
                channel.write(page, (long) (count % FILE_PAGES) * PAGE);
                channel.force(false);
                nanos[count++] = System.nanoTime() - from;
            }
            Arrays.sort(nanos, 0, count);
            return nanos[count / 2] / 1e3;
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
