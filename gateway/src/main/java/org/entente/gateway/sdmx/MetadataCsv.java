package org.entente.gateway.sdmx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataSet;

/**
 * Reports about data as SDMX-CSV metadata messages: a row for each metadata set, a column for each heading, named by its path and the
 * languages that stand in it. Texts within a field are separated by semicolons.
 */
final class MetadataCsv {

    private static final String PART = ";";
    private static final String END = "\r\n";

    private MetadataCsv() {}

    static byte[] bytes(List<MetadataSet> sets, boolean stubs) {
        Map<String, Set<String>> columns = stubs ? new LinkedHashMap<>() : columns(sets);
        List<String> header = new ArrayList<>(
                List.of("MDSTRUCTURE[;]", "MDSTRUCTURE_ID", "METADATASET_ID", "ACTION", "TARGET_TYPES", "TARGET_IDS"));
        columns.forEach((path, languages) ->
                header.add(languages.isEmpty() ? path : path + "[" + String.join(PART, languages) + "]"));
        StringBuilder csv = new StringBuilder(row(header));
        for (MetadataSet set : sets) {
            Map<String, String> values = new TreeMap<>();
            set.each((path, heading) -> {
                LocalName text = heading.text();
                values.put(path, text == null ? heading.value("") : texts(text));
            });
            List<String> types = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (String target : set.targets()) {
                Matcher urn = StructureParts.urn(target, "a target");
                types.add(type(target));
                ids.add(urn.group(1) + ":" + urn.group(2) + "(" + urn.group(3) + ")"
                        + (urn.group(4) == null ? "" : "." + urn.group(4)));
            }
            List<String> row = new ArrayList<>(List.of(
                    "metadataflow",
                    set.flow().toString(),
                    set.id().toString(),
                    "I",
                    String.join(PART, types),
                    String.join(PART, ids)));
            columns.keySet().forEach(path -> row.add(values.getOrDefault(path, "")));
            csv.append(row(row));
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The paths that bear values in any of the sets, in order, with the languages that stand there. */
    private static Map<String, Set<String>> columns(List<MetadataSet> sets) {
        Map<String, Set<String>> columns = new LinkedHashMap<>();
        for (MetadataSet set : sets) {
            set.each((path, heading) -> {
                LocalName text = heading.text();
                if (text != null) {
                    columns.computeIfAbsent(path, key -> new TreeSet<>())
                            .addAll(text.byLanguage().keySet());
                } else if (heading.code() != null) {
                    columns.computeIfAbsent(path, key -> new TreeSet<>());
                }
            });
        }
        return columns;
    }

    /** The name of a target's type in SDMX REST: of types that are held as it is there, else the class in lower case. */
    private static String type(String urn) {
        String named = urn.substring(urn.indexOf("infomodel.") + "infomodel.".length(), urn.indexOf('='));
        for (ArtefactType type : ArtefactType.values()) {
            if (type.urnClass().equals(named)) {
                return type.path();
            }
        }
        return named.substring(named.indexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
    }

    private static String texts(LocalName text) {
        List<String> parts = new ArrayList<>();
        text.byLanguage().forEach((language, one) -> parts.add(language + ":" + quoted(one, PART)));
        return String.join(PART, parts);
    }

    private static String row(List<String> fields) {
        return String.join(",", fields.stream().map(field -> quoted(field, ",")).toList()) + END;
    }

    /** In quotation marks if the text would otherwise be cut or misread (RFC 4180). */
    private static String quoted(String text, String separator) {
        boolean plain =
                !text.contains(separator) && text.indexOf('"') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0;
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
