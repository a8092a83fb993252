package org.entente.gateway.region.indicator;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The reference release that a profile's indicators are from. What it holds travels in the bundle; its digest stands in the signed profile.
 *
 * @param dataset of the secretariat's node
 * @param release id of the release
 * @param number of the release in the dataset
 * @param published when, UTC
 * @param origin where the figures are public
 * @param content SHA-256 of the release as SDMX-CSV, base64url
 * @param indicators the chosen ones, by state
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReferenceSource(
        String dataset,
        String release,
        int number,
        String published,
        String origin,
        String content,
        List<Indicator> indicators) {
    public ReferenceSource {
        indicators = List.copyOf(indicators);
    }

    /** The same with other indicators. */
    public ReferenceSource with(List<Indicator> others) {
        return new ReferenceSource(dataset, release, number, published, origin, content, others);
    }

    /** The same without an indicator. */
    public ReferenceSource without(String indicator) {
        return with(indicators.stream()
                .filter(one -> !one.indicator().equals(indicator))
                .toList());
    }
}
