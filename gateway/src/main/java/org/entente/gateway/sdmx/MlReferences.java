package org.entente.gateway.sdmx;

import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.ArtefactId;

/** References between artefacts in SDMX-ML: URNs since 3.0, {@code Ref} elements in 2.1. */
final class MlReferences {

    private final MlVersion version;

    MlReferences(MlVersion version) {
        this.version = version;
    }

    private boolean newer() {
        return version == MlVersion.V3_0;
    }

    /** The element name of an artefact. */
    String element(ArtefactType type) {
        return type == ArtefactType.DATACONSTRAINT && !newer() ? "ContentConstraint" : type.element();
    }

    private String packageName(ArtefactType type) {
        return type.urnClass().substring(0, type.urnClass().indexOf('.'));
    }

    String urn(Ref ref) {
        return ref.id().urn(packageName(ref.type()) + "." + element(ref.type()));
    }

    /** Makes a node refer to an artefact. */
    void put(XmlNode node, Ref ref) {
        if (newer()) {
            node.text(ref.urn());
            return;
        }
        ArtefactId id = ref.id();
        node.add("Ref")
                .with("id", id.id())
                .with("version", id.version())
                .with("agencyID", id.agency())
                .with("package", packageName(ref.type()))
                .with("class", element(ref.type()));
    }

    /** Makes a node refer to an item of a scheme. */
    void putItem(XmlNode node, Ref scheme, String item) {
        if (newer()) {
            node.text(scheme.urn(item));
            return;
        }
        ArtefactId id = scheme.id();
        String itemClass = scheme.type().itemClass();
        node.add("Ref")
                .with("id", item)
                .with("maintainableParentID", id.id())
                .with("maintainableParentVersion", id.version())
                .with("agencyID", id.agency())
                .with("package", packageName(scheme.type()))
                .with("class", itemClass.substring(itemClass.indexOf('.') + 1));
    }

    /** Makes a node refer to a component beside it. */
    void putLocal(XmlNode node, String component) {
        if (newer()) {
            node.text(component);
        } else {
            node.add("Ref").with("id", component);
        }
    }
}
