package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.CubeRegion;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;

/** Answers a {@link SchemaQuery}: what data of a context must look like, with the constraints that apply there. */
public final class SchemaAnswer {

    private final SchemaQuery query;
    private final Catalogue catalogue;
    private final Ref context;
    private final Structure structure;
    private final CubeRegion region;

    private SchemaAnswer(SchemaQuery query, Catalogue catalogue, Ref context, Structure structure, CubeRegion region) {
        this.query = query;
        this.catalogue = catalogue;
        this.context = context;
        this.structure = structure;
        this.region = region;
    }

    /**
     * The answer about the one artefact that the query means; of several versions the newest. Empty if there is none.
     *
     * @throws EntenteException {@code query-unfit} if the query means several artefacts: a schema is of one
     */
    public static Optional<SchemaAnswer> of(SchemaQuery query, Catalogue catalogue) {
        List<Artefact> meant = query.artefact().select(catalogue.ofType(query.context()), Artefact::id);
        List<String> names = meant.stream()
                .map(artefact -> artefact.id().agency() + ":" + artefact.id().id())
                .distinct()
                .toList();
        if (names.size() > 1) {
            throw new EntenteException(
                    ErrorCode.QUERY_UNFIT,
                    "A schema is of one artefact; the query names " + String.join(", ", names) + ".");
        }
        return meant.isEmpty() ? Optional.empty() : Optional.of(of(query, catalogue, meant.getLast()));
    }

    private static SchemaAnswer of(SchemaQuery query, Catalogue catalogue, Artefact artefact) {
        return switch (artefact) {
            case Artefact.Flow flow ->
                new SchemaAnswer(
                        query,
                        catalogue,
                        artefact.ref(),
                        flow.dataflow().structure(),
                        flow.dataflow().region());
            case Artefact.Provision provision ->
                new SchemaAnswer(
                        query,
                        catalogue,
                        artefact.ref(),
                        provision.agreement().dataflow().structure(),
                        provision
                                .agreement()
                                .dataflow()
                                .region()
                                .and(provision.agreement().allowed()));
            case Artefact.Definition definition ->
                new SchemaAnswer(query, catalogue, artefact.ref(), definition.structure(), CubeRegion.WHOLE);
            default -> throw new IllegalStateException(artefact.ref() + " has no data");
        };
    }

    /** Whether data of the context follow this structure. */
    Structure structure() {
        return structure;
    }

    /** The answer in a format. */
    public byte[] bytes(SchemaFormat format, MessageHeader header, Languages languages) {
        return switch (format) {
            case SCHEMA_XML_3_0 -> schema().xsd(MlVersion.V3_0);
            case SCHEMA_XML_2_1 -> schema().xsd(MlVersion.V2_1);
            case SCHEMA_JSON_2_0, SCHEMA_JSON_2_1 -> Json.bytes(jsonSchema());
            case STRUCTURE_JSON_2_1 -> StructureFormat.JSON_2_1.bytes(message(), header, languages);
            case STRUCTURE_JSON_2_0 -> StructureFormat.JSON_2_0.bytes(message(), header, languages);
            case STRUCTURE_ML_3_0 -> StructureFormat.ML_3_0.bytes(message(), header, languages);
            case STRUCTURE_ML_2_1 -> StructureFormat.ML_2_1.bytes(message(), header, languages);
        };
    }

    private DataSchema schema() {
        Map<String, Set<String>> allowed = new LinkedHashMap<>(region.codes());
        allowed.keySet()
                .removeIf(id -> structure.dimensions().stream()
                        .noneMatch(dimension -> dimension.id().equals(id)
                                && dimension.representation() instanceof Representation.Coded));
        String dimension = query.dimensionAtObservation();
        return new DataSchema(
                context.id(),
                context.type().urnClass(),
                structure,
                dimension == null ? structure.time().id() : dimension,
                allowed);
    }

    /** Structure, lists cut to the codes that are left, concepts, agencies, and the constraint that cut them. */
    private StructureMessage message() {
        StructureQuery exact = new StructureQuery(
                Set.of(context.type()),
                new ArtefactQuery(
                        List.of(context.id().agency()),
                        List.of(context.id().id()),
                        List.of(context.id().version())),
                Set.of(),
                "referencepartial",
                StructureQuery.References.parse("descendants"),
                Map.of());
        List<Artefact> kept = new ArrayList<>();
        for (StructureMessage.Shown shown : exact.select(catalogue).shown()) {
            switch (shown.artefact().type()) {
                case DATASTRUCTURE, CODELIST, CONCEPTSCHEME, AGENCYSCHEME, DATAFLOW -> kept.add(shown.artefact());
                default -> {}
            }
        }
        for (Artefact constraint : catalogue.ofType(ArtefactType.DATACONSTRAINT)) {
            if (((Artefact.Constraint) constraint).attached().equals(context)) {
                kept.add(constraint);
            }
        }
        return StructureMessage.full(kept);
    }

    /**
     * A JSON Schema (draft 2020-12) of the part of an SDMX-JSON data message that depends on the structure: which components
     * it lists, and of coded ones which values.
     */
    private Map<String, Object> jsonSchema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", context.urn());
        schema.put("title", "SDMX-JSON data of " + context.urn());
        schema.put("type", "object");
        schema.put("required", List.of("meta", "data"));
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("dimensions", levels(structure.dimensions()));
        components.put("measures", levels(List.of(structure.measure())));
        components.put("attributes", levels(structure.attributes()));
        Map<String, Object> listed = object("properties", components);
        Map<String, Object> data = object("properties", Map.of("structures", object("items", listed, "type", "array")));
        schema.put("properties", Map.of("data", data));
        return schema;
    }

    private static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }

    /** Components stand in arrays by level: whatever the level, each must be one of these. */
    private Map<String, Object> levels(List<? extends Component> components) {
        List<Object> anyOf = new ArrayList<>();
        for (Component component : components) {
            Map<String, Object> properties = new LinkedHashMap<>();
            properties.put("id", Map.of("const", component.id()));
            Set<String> codes = codes(component);
            if (!codes.isEmpty()) {
                Object id = object("enum", codes);
                properties.put(
                        "values",
                        object(
                                "type",
                                "array",
                                "items",
                                object("properties", Map.of("id", id), "type", List.of("object", "null"))));
            }
            anyOf.add(object("required", List.of("id"), "properties", properties));
        }
        Map<String, Object> array = object("type", "array", "items", anyOf.isEmpty() ? false : Map.of("anyOf", anyOf));
        return object("type", "object", "additionalProperties", array);
    }

    private Set<String> codes(Component component) {
        if (!(component.representation() instanceof Representation.Coded coded) || component instanceof Attribute) {
            return component.representation() instanceof Representation.Coded list ? all(list) : Set.of();
        }
        Set<String> codes = all(coded);
        Set<String> admitted = region.codes().get(component.id());
        if (admitted != null) {
            codes.retainAll(admitted);
        }
        return codes;
    }

    private static Set<String> all(Representation.Coded coded) {
        return new java.util.LinkedHashSet<>(
                coded.list().codes().stream().map(Code::id).toList());
    }
}
