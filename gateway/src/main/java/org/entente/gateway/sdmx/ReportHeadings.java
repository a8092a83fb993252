package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.gateway.statistics.Metadataflow;

/**
 * The metadataflow that ships with the application, ENTENTE:MDF_ESMS(1.0.0): reports by the headings of the Euro SDMX Metadata Structure,
 * ESMS 2.0, with its ids. It is an SDMX-JSON structure message, read as an imported one is.
 */
public final class ReportHeadings {

    private static final String RESOURCE = "esms.json";

    private ReportHeadings() {}

    /** The metadataflow with its structure; freshly read, so keep it. */
    public static Metadataflow load() {
        try (InputStream in = Objects.requireNonNull(ReportHeadings.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            List<Metadataflow> flows = StructureReader.readAll(in, Map.of()).metadataflows();
            return flows.getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
