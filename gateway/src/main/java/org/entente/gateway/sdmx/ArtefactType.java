package org.entente.gateway.sdmx;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The types of structural metadata that a node holds. */
public enum ArtefactType {
    DATAFLOW("dataflow", "datastructure.Dataflow", "dataflows", ""),
    DATASTRUCTURE("datastructure", "datastructure.DataStructure", "dataStructures", ""),
    METADATAFLOW("metadataflow", "metadatastructure.Metadataflow", "metadataflows", ""),
    METADATASTRUCTURE("metadatastructure", "metadatastructure.MetadataStructure", "metadataStructures", ""),
    CODELIST("codelist", "codelist.Codelist", "codelists", "codelist.Code"),
    CONCEPTSCHEME("conceptscheme", "conceptscheme.ConceptScheme", "conceptSchemes", "conceptscheme.Concept"),
    AGENCYSCHEME("agencyscheme", "base.AgencyScheme", "agencySchemes", "base.Agency"),
    DATAPROVIDERSCHEME("dataproviderscheme", "base.DataProviderScheme", "dataProviderSchemes", "base.DataProvider"),
    DATACONSUMERSCHEME("dataconsumerscheme", "base.DataConsumerScheme", "dataConsumerSchemes", "base.DataConsumer"),
    PROVISIONAGREEMENT("provisionagreement", "registry.ProvisionAgreement", "provisionAgreements", ""),
    DATACONSTRAINT("dataconstraint", "registry.DataConstraint", "dataConstraints", ""),
    CATEGORYSCHEME("categoryscheme", "categoryscheme.CategoryScheme", "categorySchemes", "categoryscheme.Category"),
    CATEGORISATION("categorisation", "categoryscheme.Categorisation", "categorisations", ""),
    REPRESENTATIONMAP("representationmap", "structuremapping.RepresentationMap", "representationMaps", ""),
    STRUCTUREMAP("structuremap", "structuremapping.StructureMap", "structureMaps", "");

    /** Types of the standard (REST 2.2.2) of which a node never holds anything. */
    private static final Set<String> NOT_HELD = Set.of(
            "metadataconstraint",
            "metadataproviderscheme",
            "metadataprovisionagreement",
            "process",
            "hierarchy",
            "hierarchyassociation",
            "organisationunitscheme",
            "transformationscheme",
            "rulesetscheme",
            "userdefinedoperatorscheme",
            "customtypescheme",
            "namepersonalisationscheme",
            "namealiasscheme",
            "vtlmappingscheme",
            "valuelist",
            "structureset",
            "conceptschememap",
            "categoryschememap",
            "organisationschememap",
            "reportingtaxonomymap",
            "reportingtaxonomy");

    private final String path;
    private final String urnClass;
    private final String jsonMember;
    private final String itemClass;

    ArtefactType(String path, String urnClass, String jsonMember, String itemClass) {
        this.path = path;
        this.urnClass = urnClass;
        this.jsonMember = jsonMember;
        this.itemClass = itemClass;
    }

    /** The name in paths and in {@code references}. */
    public String path() {
        return path;
    }

    /** SDMX package and class, as in URNs. */
    public String urnClass() {
        return urnClass;
    }

    /** The name of the array in SDMX-JSON structure messages. */
    String jsonMember() {
        return jsonMember;
    }

    /** Package and class of the items of an item scheme; empty if artefacts of the type have none. */
    String itemClass() {
        return itemClass;
    }

    boolean isItemScheme() {
        return !itemClass.isEmpty();
    }

    /** The class name alone, which SDMX-ML uses as element name. */
    String element() {
        return urnClass.substring(urnClass.indexOf('.') + 1);
    }

    static Optional<ArtefactType> named(String path) {
        return Arrays.stream(values()).filter(type -> type.path.equals(path)).findFirst();
    }

    /** Whether the standard has a type of this name that a node never holds. */
    static boolean isKnownButNotHeld(String path) {
        return NOT_HELD.contains(path);
    }

    /** All names of types that are held, for messages. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (ArtefactType type : values()) {
            names.add(type.path);
        }
        return names;
    }
}
