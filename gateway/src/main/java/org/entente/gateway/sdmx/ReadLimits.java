package org.entente.gateway.sdmx;

/**
 * How much of a file of figures is read before it is refused.
 *
 * @param bytes of the file as it arrives
 * @param observations in it
 * @param unpackedBytes of an archive's parts together
 * @param ratio of an archive's unpacked to its packed bytes
 * @param texts different texts of a workbook
 * @param depth of nested elements or objects
 */
public record ReadLimits(long bytes, int observations, long unpackedBytes, int ratio, int texts, int depth) {

    /** 2 GiB, 20 million observations; workbooks of 1 GiB unpacked, a hundredfold at most, with a million texts. */
    public static final ReadLimits DEFAULT = new ReadLimits(2L << 30, 20_000_000, 1L << 30, 100, 1_000_000, 32);

    public ReadLimits {
        if (bytes < 1 || observations < 1 || unpackedBytes < 1 || ratio < 1 || texts < 1 || depth < 1) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
    }
}
