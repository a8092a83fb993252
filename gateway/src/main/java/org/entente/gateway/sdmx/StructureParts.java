package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Component.Measure;
import org.entente.gateway.statistics.Concept;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;
import org.jspecify.annotations.Nullable;

/** What a structure message holds of code lists, concepts, data structures and dataflows, before it is put together. */
final class StructureParts {

    /** What a component is. */
    enum Kind {
        DIMENSION,
        TIME,
        MEASURE,
        ATTRIBUTE
    }

    /**
     * A component as read.
     *
     * @param concept URN of its concept
     * @param format how it is represented, or null if the concept says so
     * @param level of an attribute
     * @param role from an annotation; empty if there is none
     */
    record Part(
            Kind kind,
            String id,
            String concept,
            @Nullable Format format,
            Attribute.Level level,
            boolean mandatory,
            String role) {}

    /**
     * A representation as read.
     *
     * @param codelist URN of the code list, or null
     * @param type SDMX data type; empty if it is not said
     */
    record Format(
            @Nullable String codelist,
            String type,
            @Nullable String maxLength,
            @Nullable String pattern) {}

    /** A data structure definition as read. */
    record Definition(ArtefactId id, LocalName name, List<Part> parts) {}

    /** A dataflow as read. */
    record Flow(ArtefactId id, LocalName name, String structure) {}

    private static final Pattern URN = Pattern.compile(
            "urn:sdmx:org\\.sdmx\\.infomodel\\.[A-Za-z]+\\.[A-Za-z]+=([A-Za-z0-9_.-]+):([A-Za-z0-9_@$-]+)\\(([^)]+)\\)(?:\\.(.+))?");
    private static final Set<String> NUMBERS = Set.of(
            "",
            "Double",
            "Decimal",
            "Float",
            "Integer",
            "Long",
            "Short",
            "BigInteger",
            "Count",
            "Incremental",
            "Numeric");
    private static final Pattern ANY_TEXT = Pattern.compile("[^\\p{Cc}]*");
    private static final int LONGEST_TEXT = 4_000;
    private static final int LONGEST_PATTERN = 500;

    final Map<ArtefactId, Codelist> codelists = new LinkedHashMap<>();
    /** By scheme and concept id. */
    final Map<ArtefactId, Map<String, Concept>> concepts = new HashMap<>();
    /** Core representations by the concept's URN without version wildcards. */
    final Map<String, Format> core = new HashMap<>();

    final Map<ArtefactId, Definition> definitions = new LinkedHashMap<>();
    final List<Flow> flows = new ArrayList<>();
    final Categories categories = new Categories();
    final MetadataParts metadata = new MetadataParts(this);

    static EntenteException unusable(String detail) {
        return new EntenteException(ErrorCode.FILE_UNUSABLE, detail);
    }

    /**
     * The dataflows of the message with all that they need. A structure without a dataflow gets one of its own name.
     *
     * @param roles by component id the names of roles, for what annotations do not say
     * @throws EntenteException {@code file-unusable}; it names what is missing
     */
    List<Dataflow> assemble(Map<String, String> roles) {
        Map<ArtefactId, Structure> structures = new LinkedHashMap<>();
        definitions.forEach((id, definition) -> structures.put(id, structure(definition, roles)));
        List<Dataflow> assembled = new ArrayList<>();
        for (Flow flow : flows) {
            ArtefactId id = resolve(flow.structure, structures.keySet(), "the structure of " + flow.id);
            assembled.add(new Dataflow(
                    flow.id, flow.name, Optional.ofNullable(structures.get(id)).orElseThrow()));
        }
        for (Structure structure : structures.values()) {
            if (assembled.stream().noneMatch(flow -> flow.structure().id().equals(structure.id()))) {
                assembled.add(new Dataflow(structure.id(), structure.name(), structure));
            }
        }
        return assembled;
    }

    private Structure structure(Definition definition, Map<String, String> roles) {
        List<Dimension> dimensions = new ArrayList<>();
        List<Attribute> attributes = new ArrayList<>();
        List<Measure> measures = new ArrayList<>();
        Dimension time = null;
        ArtefactId scheme = null;
        for (Part part : definition.parts) {
            Concept concept = concept(part);
            scheme = scheme == null ? concept.scheme() : scheme;
            String role = roles.getOrDefault(part.id, part.role);
            switch (part.kind) {
                case DIMENSION ->
                    dimensions.add(new Dimension(part.id, concept, representation(part), dimensionRole(part, role)));
                case TIME -> time = new Dimension(part.id, concept, new Representation.Time(), Dimension.Role.TIME);
                case MEASURE -> measures.add(new Measure(part.id, concept, number(part)));
                case ATTRIBUTE ->
                    attributes.add(new Attribute(
                            part.id,
                            concept,
                            representation(part),
                            part.level,
                            part.mandatory,
                            attributeRole(part, role)));
            }
        }
        if (time == null || measures.size() != 1 || scheme == null) {
            throw unusable(definition.id + " needs a time dimension and exactly one measure; it has "
                    + (time == null ? "no" : "a") + " time dimension and " + measures.size() + " measures.");
        }
        dimensions.add(time);
        try {
            return new Structure(definition.id, definition.name, scheme, dimensions, measures.getFirst(), attributes);
        } catch (IllegalArgumentException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE,
                    e.getMessage() + ". Roles are declared by an annotation of type " + Roles.ANNOTATION_TYPE
                            + " or beside the file, for example REF_AREA=REPORTING_AREA.",
                    e);
        }
    }

    private static Dimension.Role dimensionRole(Part part, String role) {
        return role.isEmpty()
                ? Dimension.Role.BREAKDOWN
                : Roles.dimension(role)
                        .filter(known -> known != Dimension.Role.TIME)
                        .orElseThrow(
                                () -> unusable("'" + role + "' is no role that dimension " + part.id + " may have."));
    }

    private static Attribute.Role attributeRole(Part part, String role) {
        return role.isEmpty()
                ? Attribute.Role.OTHER
                : Roles.attribute(role)
                        .orElseThrow(
                                () -> unusable("'" + role + "' is no role that attribute " + part.id + " may have."));
    }

    private Concept concept(Part part) {
        return concept(part.id, part.concept);
    }

    /** The concept that a component refers to by its URN. */
    Concept concept(String component, String reference) {
        Matcher urn = urn(reference, "the concept of " + component);
        String item = urn.group(4);
        ArtefactId scheme = concepts.isEmpty()
                ? new ArtefactId(urn.group(1), urn.group(2), plain(urn.group(3)))
                : find(urn, concepts.keySet()).orElse(new ArtefactId(urn.group(1), urn.group(2), plain(urn.group(3))));
        String id = item == null ? component : item;
        Concept known = concepts.getOrDefault(scheme, Map.of()).get(id);
        // A message without its concepts is still a structure; its components then bear their ids for names.
        return known == null ? new Concept(id, LocalName.en(id), LocalName.en(id), scheme) : known;
    }

    private static String plain(String version) {
        return version.replaceAll("[+~*]", "");
    }

    private Format format(Part part) {
        return part.format == null ? core.getOrDefault(part.concept, new Format(null, "", null, null)) : part.format;
    }

    private Representation representation(Part part) {
        Format format = format(part);
        if (format.codelist != null) {
            return new Representation.Coded(codelist(format.codelist, part.id));
        }
        String type = format.type.isEmpty() ? "String" : format.type;
        try {
            int longest = format.maxLength == null ? LONGEST_TEXT : Integer.parseInt(format.maxLength);
            String pattern = format.pattern;
            if (pattern != null && pattern.length() > LONGEST_PATTERN) {
                throw unusable("The pattern of " + part.id + " is longer than " + LONGEST_PATTERN + " characters.");
            }
            return new Representation.Text(
                    type, pattern == null ? ANY_TEXT : Pattern.compile(pattern), Math.min(longest, LONGEST_TEXT));
        } catch (NumberFormatException | PatternSyntaxException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE, "The length or pattern of " + part.id + " cannot be read.", e);
        }
    }

    /** The code list that a component refers to by its URN. */
    Codelist codelist(String reference, String component) {
        ArtefactId id = resolve(reference, codelists.keySet(), "the code list of " + component);
        return Optional.ofNullable(codelists.get(id)).orElseThrow();
    }

    private Representation number(Part part) {
        Format format = format(part);
        if (format.codelist != null || !NUMBERS.contains(format.type)) {
            throw unusable("The measure " + part.id + " holds no numbers.");
        }
        return new Representation.Numeric();
    }

    /** The artefact of a message that a reference means; wildcards in its version are resolved within the message. */
    static ArtefactId resolve(String reference, Set<ArtefactId> known, String what) {
        return find(urn(reference, what), known)
                .orElseThrow(() -> unusable("The message lacks " + what + ", " + reference + "."));
    }

    static Optional<ArtefactId> find(Matcher urn, Set<ArtefactId> known) {
        List<ArtefactId> same = known.stream()
                .filter(id -> id.agency().equals(urn.group(1)) && id.id().equals(urn.group(2)))
                .toList();
        try {
            List<String> versions = VersionPattern.parse(urn.group(3))
                    .select(same.stream().map(ArtefactId::version).toList());
            return versions.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ArtefactId(urn.group(1), urn.group(2), versions.getLast()));
        } catch (EntenteException e) {
            return Optional.empty();
        }
    }

    static Matcher urn(String text, String what) {
        Matcher matcher = URN.matcher(text.strip());
        if (!matcher.matches()) {
            throw unusable("'" + text + "', " + what + ", is not an SDMX URN.");
        }
        return matcher;
    }
}
