package org.entente.gateway.statistics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A metadata structure definition: the headings of a report about data, in order (SDMX 3.0 section 2).
 *
 * @param id agency, id and version
 * @param name what reports by it are about
 * @param headings the topmost headings
 */
public record MetadataStructure(ArtefactId id, LocalName name, List<Heading> headings) {

    public MetadataStructure {
        headings = List.copyOf(headings);
        if (headings.isEmpty()) {
            throw new IllegalArgumentException(id + " has no headings");
        }
        requireDistinct(id.toString(), headings);
    }

    static void requireDistinct(String parent, List<Heading> headings) {
        Set<String> ids = new HashSet<>();
        for (Heading heading : headings) {
            if (!ids.add(heading.id())) {
                throw new IllegalArgumentException(parent + " has the heading " + heading.id() + " twice");
            }
        }
    }

    /** All headings in order, each by its path: its id after those of the headings above it, joined by dots. */
    public Map<String, Heading> byPath() {
        Map<String, Heading> all = new LinkedHashMap<>();
        walk("", headings, all::put);
        return all;
    }

    private static void walk(String prefix, List<Heading> headings, BiConsumer<String, Heading> each) {
        for (Heading heading : headings) {
            String path = prefix + heading.id();
            each.accept(path, heading);
            walk(path + ".", heading.headings(), each);
        }
    }

    /** The code lists that headings take their values from, each once. */
    public List<Codelist> codelists() {
        Map<ArtefactId, Codelist> lists = new LinkedHashMap<>();
        walk("", headings, (path, heading) -> {
            Codelist codes = heading.codes();
            if (codes != null) {
                lists.putIfAbsent(codes.id(), codes);
            }
        });
        return List.copyOf(lists.values());
    }

    /** The concepts of the headings by the scheme that holds them; a heading without a scheme counts to one named as the structure. */
    public Map<ArtefactId, List<Concept>> conceptsByScheme() {
        Map<ArtefactId, List<Concept>> schemes = new LinkedHashMap<>();
        walk("", headings, (path, heading) -> {
            List<Concept> known = schemes.computeIfAbsent(schemeOf(heading), scheme -> new ArrayList<>());
            if (known.stream()
                    .noneMatch(one -> one.id().equals(heading.concept().id()))) {
                known.add(heading.concept());
            }
        });
        return schemes;
    }

    /** The scheme that holds a heading's concept. */
    public ArtefactId schemeOf(Heading heading) {
        ArtefactId scheme = heading.concept().scheme();
        return scheme == null ? id : scheme;
    }
}
