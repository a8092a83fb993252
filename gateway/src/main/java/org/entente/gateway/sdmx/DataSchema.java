package org.entente.gateway.sdmx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Code;
import org.entente.gateway.statistics.Component;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.Representation;
import org.entente.gateway.statistics.Structure;

/**
 * The XML schema that structure-specific data messages of one structure follow (SDMX 2.1 and 3.0, section 3B,
 * "Structure Definition Specific Schemas"): types {@code DataSetType}, {@code SeriesType}, {@code ObsType} and, in 3.0,
 * {@code AttsType}, restricted from the standard's.
 *
 * <p>Dimensions are required where they stand, attributes are optional everywhere, since a message may delete or carry only
 * some. Attributes of the data set stand on the DataSet element; 3.0 also admits them in Atts. Attributes of a series stand
 * on the series, or on the observation where a series does not fix all their dimensions. In 2.1 the measure is always called
 * {@value #MEASURE_2_1}.
 *
 * @param context the artefact that the data are validated against
 * @param contextClass its SDMX package and class, for example {@code datastructure.Dataflow}
 * @param structure the structure that it uses
 * @param dimensionAtObservation a dimension id or {@link BoundQuery#ALL_DIMENSIONS}
 * @param allowed by component id the codes that the context admits; a component that is absent admits all of its list
 */
public record DataSchema(
        ArtefactId context,
        String contextClass,
        Structure structure,
        String dimensionAtObservation,
        Map<String, Set<String>> allowed) {

    /** The id of the measure in SDMX 2.1, whatever the structure calls it. */
    public static final String MEASURE_2_1 = "OBS_VALUE";

    private static final String DATASET = "DataSetType";
    private static final String SERIES = "SeriesType";
    private static final String OBS = "ObsType";
    private static final String ATTS = "AttsType";

    /**
     * @throws EntenteException {@code query-unfit} if the structure has no such dimension
     */
    public DataSchema {
        if (!dimensionAtObservation.equals(BoundQuery.ALL_DIMENSIONS)
                && structure.dimensionPosition(dimensionAtObservation) < 0) {
            throw new EntenteException(
                    ErrorCode.QUERY_UNFIT, structure.id() + " has no dimension '" + dimensionAtObservation + "'");
        }
        allowed = Map.copyOf(allowed);
    }

    /** The schema for data of a dataflow. */
    public static DataSchema of(Dataflow dataflow, String dimensionAtObservation) {
        return new DataSchema(
                dataflow.id(), "datastructure.Dataflow", dataflow.structure(), dimensionAtObservation, Map.of());
    }

    /** The target namespace; the {@code namespace} that a message's header names for its structure. */
    public String namespace() {
        return context.urn(contextClass) + ":ObsLevelDim:" + dimensionAtObservation;
    }

    /** The schema document, UTF-8. */
    public byte[] xsd(MlVersion version) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new Build(version).schema().write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** One run of the generator. */
    private final class Build {
        private final MlVersion version;
        private final XmlNode root = new XmlNode("xs:schema");
        private final Map<String, String> types = new HashMap<>();
        private final Set<String> taken = new HashSet<>(Set.of(DATASET, SERIES, OBS, ATTS));

        Build(MlVersion version) {
            this.version = version;
        }

        XmlNode schema() {
            root.with("xmlns:xs", "http://www.w3.org/2001/XMLSchema")
                    .with("xmlns:common", version.namespace("common"))
                    .with("xmlns:dsd", version.namespace("data/structurespecific"))
                    .with("xmlns:ns1", namespace())
                    .with("targetNamespace", namespace())
                    .with("elementFormDefault", "qualified")
                    .with("attributeFormDefault", "unqualified");
            imported("common", "SDMXCommon.xsd");
            imported("data/structurespecific", "SDMXDataStructureSpecific.xsd");
            structure.components().forEach(this::simpleType);
            boolean flat = dimensionAtObservation.equals(BoundQuery.ALL_DIMENSIONS);
            dataSet(flat);
            if (!flat) {
                series();
            }
            observation(flat);
            if (version == MlVersion.V3_0) {
                atts();
            }
            return root;
        }

        private void imported(String module, String file) {
            root.add("xs:import")
                    .with("namespace", version.namespace(module))
                    .with("schemaLocation", version.schemaLocation(file));
        }

        private void simpleType(Component component) {
            if (allowed.containsKey(component.id()) || !(component.representation() instanceof Representation.Coded)) {
                types.put(component.id(), ownType(component));
                return;
            }
            Representation.Coded coded = (Representation.Coded) component.representation();
            String known = types.computeIfAbsent(coded.list().id().toString(), list -> {
                String name = free(coded.list().id().id());
                enumeration(name, coded.list().codes().stream().map(Code::id).toList());
                return "ns1:" + name;
            });
            types.put(component.id(), known);
        }

        /** A type of a component's own, or a standard one. */
        private String ownType(Component component) {
            return switch (component.representation()) {
                case Representation.Coded coded -> {
                    Set<String> admitted = allowed.getOrDefault(component.id(), Set.of());
                    String name = free(component.id());
                    enumeration(
                            name,
                            coded.list().codes().stream()
                                    .map(Code::id)
                                    .filter(admitted::contains)
                                    .toList());
                    yield "ns1:" + name;
                }
                case Representation.Time time -> "common:ObservationalTimePeriodType";
                case Representation.Numeric numeric -> "xs:double";
                case Representation.Text text -> text(component, text);
            };
        }

        private String text(Component component, Representation.Text text) {
            String standard = XmlTypes.of(text.type());
            if (!standard.equals("xs:string")) {
                return standard;
            }
            String name = free(component.id());
            XmlNode restriction = root.add("xs:simpleType")
                    .with("name", name)
                    .add("xs:restriction")
                    .with("base", standard);
            restriction.add("xs:maxLength").with("value", String.valueOf(text.maxLength()));
            if (XmlTypes.isSchemaPattern(text.pattern().pattern())) {
                restriction.add("xs:pattern").with("value", text.pattern().pattern());
            }
            return "ns1:" + name;
        }

        private void enumeration(String name, List<String> codes) {
            XmlNode restriction = root.add("xs:simpleType")
                    .with("name", name)
                    .add("xs:restriction")
                    .with("base", "xs:string");
            codes.forEach(code -> restriction.add("xs:enumeration").with("value", code));
        }

        private String free(String wanted) {
            String name = XmlTypes.name(wanted);
            for (int i = 2; !taken.add(name); i++) {
                name = XmlTypes.name(wanted) + "_" + i;
            }
            return name;
        }

        private XmlNode restriction(String type) {
            return root.add("xs:complexType")
                    .with("name", type)
                    .add("xs:complexContent")
                    .add("xs:restriction")
                    .with("base", "dsd:" + type);
        }

        private XmlNode sequence(XmlNode restriction) {
            XmlNode sequence = restriction.add("xs:sequence");
            sequence.add("xs:element").with("ref", "common:Annotations").with("minOccurs", "0");
            return sequence;
        }

        private void dataSet(boolean flat) {
            XmlNode restriction = restriction(DATASET);
            XmlNode sequence = sequence(restriction);
            element(sequence, "DataProvider", "common:DataProviderReferenceType")
                    .with("minOccurs", "0");
            XmlNode choice = sequence.add("xs:choice").with("minOccurs", "0");
            String rows = flat ? "Obs" : "Series";
            String rowType = "ns1:" + (flat ? OBS : SERIES);
            if (version == MlVersion.V3_0) {
                choice.with("maxOccurs", "unbounded");
                element(choice, "Atts", "ns1:" + ATTS);
                element(choice, rows, rowType);
            } else {
                element(choice, rows, rowType).with("maxOccurs", "unbounded");
                prohibited(restriction, "REPORTING_YEAR_START_DAY", "xs:gMonthDay");
            }
            attributes(restriction, Attribute.Level.DATASET);
        }

        private void series() {
            XmlNode restriction = restriction(SERIES);
            element(sequence(restriction), "Obs", "ns1:" + OBS)
                    .with("minOccurs", "0")
                    .with("maxOccurs", "unbounded");
            for (Dimension dimension : structure.dimensions()) {
                if (!dimension.id().equals(dimensionAtObservation)) {
                    dimension(restriction, dimension);
                }
            }
            if (byTime()) {
                prohibited(restriction, Dimension.TIME_ID, "common:ObservationalTimePeriodType");
                attributes(restriction, Attribute.Level.SERIES);
            }
            if (version == MlVersion.V2_1) {
                prohibited(restriction, "REPORTING_YEAR_START_DAY", "xs:gMonthDay");
            }
        }

        private void observation(boolean flat) {
            XmlNode restriction = restriction(OBS);
            sequence(restriction);
            for (Dimension dimension : structure.dimensions()) {
                if (flat || dimension.id().equals(dimensionAtObservation)) {
                    dimension(restriction, dimension);
                }
            }
            if (!flat && !byTime()) {
                prohibited(restriction, Dimension.TIME_ID, "common:ObservationalTimePeriodType");
            }
            prohibited(restriction, "type", "common:IDType");
            String measure = version == MlVersion.V2_1
                    ? MEASURE_2_1
                    : structure.measure().id();
            attribute(restriction, measure, structure.measure().id(), "optional");
            if (!byTime()) {
                attributes(restriction, Attribute.Level.SERIES);
            }
            attributes(restriction, Attribute.Level.OBSERVATION);
            if (version == MlVersion.V2_1) {
                prohibited(restriction, "REPORTING_YEAR_START_DAY", "xs:gMonthDay");
            }
        }

        /** Attributes whose dimensions are only some, or none; 3.0 repeats them apart from series and observations. */
        private void atts() {
            XmlNode restriction = restriction(ATTS);
            sequence(restriction);
            structure
                    .keyDimensions()
                    .forEach(dimension -> attribute(restriction, dimension.id(), dimension.id(), "optional"));
            attribute(restriction, structure.time().id(), structure.time().id(), "optional");
            attributes(restriction, Attribute.Level.DATASET);
            attributes(restriction, Attribute.Level.SERIES);
        }

        /** Whether the observations of a series vary by time, so that the series fixes every dimension of its key. */
        private boolean byTime() {
            return dimensionAtObservation.equals(structure.time().id());
        }

        private XmlNode element(XmlNode parent, String name, String type) {
            return parent.add("xs:element")
                    .with("name", name)
                    .with("type", type)
                    .with("form", "unqualified");
        }

        private void dimension(XmlNode restriction, Dimension dimension) {
            attribute(restriction, dimension.id(), dimension.id(), "required");
        }

        private void attributes(XmlNode restriction, Attribute.Level level) {
            List<Attribute> standing = new ArrayList<>(structure.attributes());
            standing.removeIf(attribute -> attribute.level() != level);
            standing.forEach(attribute -> attribute(restriction, attribute.id(), attribute.id(), "optional"));
        }

        private void attribute(XmlNode restriction, String name, String component, String use) {
            restriction
                    .add("xs:attribute")
                    .with("name", name)
                    .with("type", types.getOrDefault(component, "xs:string"))
                    .with("use", use);
        }

        private void prohibited(XmlNode restriction, String name, String type) {
            restriction
                    .add("xs:attribute")
                    .with("name", name)
                    .with("type", type)
                    .with("use", "prohibited");
        }
    }
}
