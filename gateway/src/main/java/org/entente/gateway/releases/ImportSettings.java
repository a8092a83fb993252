package org.entente.gateway.releases;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import org.entente.gateway.sdmx.ReadLimits;

/**
 * How much of a file of figures is read before it is refused: {@code entente.import.*}.
 *
 * @param bytes of the file, 2 GiB by default
 * @param observations in it, 20 million by default
 * @param unpackedBytes of a workbook's parts together, 1 GiB by default
 * @param ratio of a workbook's unpacked to its packed bytes, 100 by default
 * @param texts different texts of a workbook, a million by default
 * @param depth of nested elements or objects, 32 by default
 * @param auditCells withheld cells up to which the audit of a sealed package is repeated, 20,000 by default
 */
@ConfigurationProperties("entente.import")
public record ImportSettings(
        @Bindable(defaultValue = "2147483648") long bytes,
        @Bindable(defaultValue = "20000000") int observations,
        @Bindable(defaultValue = "1073741824") long unpackedBytes,
        @Bindable(defaultValue = "100") int ratio,
        @Bindable(defaultValue = "1000000") int texts,
        @Bindable(defaultValue = "32") int depth,
        @Bindable(defaultValue = "20000") long auditCells) {

    ReadLimits readLimits() {
        return new ReadLimits(bytes, observations, unpackedBytes, ratio, texts, depth);
    }
}
