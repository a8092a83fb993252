package org.entente.gateway.statistics;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A flow of reports that follow one metadata structure.
 *
 * @param id agency, id and version
 * @param name what the reports are about
 * @param structure their headings
 * @param targets URNs, possibly with wildcards, of what reports may be about; empty for anything
 */
public record Metadataflow(ArtefactId id, LocalName name, MetadataStructure structure, List<String> targets) {

    private static final String DATAFLOW = "datastructure.Dataflow";
    private static final Pattern TARGET = Pattern.compile(
            "urn:sdmx:org\\.sdmx\\.infomodel\\.([A-Za-z]+\\.[A-Za-z]+)=([^:]+):([^(]+)(?:\\(([^)]+)\\))?(?:\\..*)?");

    public Metadataflow {
        targets = List.copyOf(targets);
    }

    /** Whether a report of this flow may be about data of a dataflow. */
    public boolean admits(ArtefactId dataflow) {
        return targets.isEmpty() || targets.stream().anyMatch(target -> admits(target, dataflow));
    }

    private static boolean admits(String target, ArtefactId dataflow) {
        Matcher urn = TARGET.matcher(target);
        return urn.matches()
                && (urn.group(1).equals(DATAFLOW) || urn.group(1).endsWith(".Any"))
                && fits(urn.group(2), dataflow.agency())
                && fits(urn.group(3), dataflow.id())
                && (urn.group(4) == null || fits(urn.group(4), dataflow.version()));
    }

    private static boolean fits(String wanted, String value) {
        return wanted.equals("*") || wanted.equals(value);
    }
}
