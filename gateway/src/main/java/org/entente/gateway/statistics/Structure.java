package org.entente.gateway.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.gateway.statistics.Component.Attribute;
import org.entente.gateway.statistics.Component.Dimension;
import org.entente.gateway.statistics.Component.Measure;

/**
 * A data structure definition: ordered dimensions, one measure, attributes with attachment level.
 *
 * <p>The time dimension stands last, as in SDMX 3.0, where it is no part of the series key.
 */
public final class Structure {

    private final ArtefactId id;
    private final LocalName name;
    private final ArtefactId conceptScheme;
    private final List<Dimension> dimensions;
    private final Measure measure;
    private final List<Attribute> attributes;
    private final Map<String, Integer> dimensionPositions = new HashMap<>();
    private final Map<String, Integer> attributePositions = new HashMap<>();

    /**
     * @throws IllegalArgumentException if ids repeat, the time dimension is not the last and only one, or the reporting
     *     area is not declared exactly once
     */
    public Structure(
            ArtefactId id,
            LocalName name,
            ArtefactId conceptScheme,
            List<Dimension> dimensions,
            Measure measure,
            List<Attribute> attributes) {
        this.id = id;
        this.name = name;
        this.conceptScheme = conceptScheme;
        this.dimensions = List.copyOf(dimensions);
        this.measure = measure;
        this.attributes = List.copyOf(attributes);
        for (int i = 0; i < dimensions.size(); i++) {
            refuseRepeat(dimensionPositions.put(dimensions.get(i).id(), i), dimensions.get(i));
        }
        for (int i = 0; i < attributes.size(); i++) {
            refuseRepeat(attributePositions.put(attributes.get(i).id(), i), attributes.get(i));
        }
        requireOnce(Dimension.Role.REPORTING_AREA);
        requireOnce(Dimension.Role.TIME);
        if (dimensions.getLast().role() != Dimension.Role.TIME) {
            throw new IllegalArgumentException("the time dimension of " + id + " must stand last");
        }
    }

    private void refuseRepeat(@org.jspecify.annotations.Nullable Integer earlier, Component component) {
        if (earlier != null) {
            throw new IllegalArgumentException(id + " declares " + component.id() + " twice");
        }
    }

    private void requireOnce(Dimension.Role role) {
        if (dimensions.stream().filter(d -> d.role() == role).count() != 1) {
            throw new IllegalArgumentException(id + " must declare the role " + role + " exactly once");
        }
    }

    public ArtefactId id() {
        return id;
    }

    public LocalName name() {
        return name;
    }

    /** The scheme that holds the concepts of all components, unless a concept names another. */
    public ArtefactId conceptScheme() {
        return conceptScheme;
    }

    /** The scheme that holds a component's concept. */
    public ArtefactId schemeOf(Component component) {
        ArtefactId own = component.concept().scheme();
        return own == null ? conceptScheme : own;
    }

    /** All dimensions in order, time last. */
    public List<Dimension> dimensions() {
        return dimensions;
    }

    /** The dimensions of the series key: all but time. */
    public List<Dimension> keyDimensions() {
        return dimensions.subList(0, dimensions.size() - 1);
    }

    public Dimension time() {
        return dimensions.getLast();
    }

    /** The position of the time dimension; equal to the number of key dimensions. */
    public int timePosition() {
        return dimensions.size() - 1;
    }

    public Measure measure() {
        return measure;
    }

    public List<Attribute> attributes() {
        return attributes;
    }

    /** The dimension's position, or -1. */
    public int dimensionPosition(String dimensionId) {
        return dimensionPositions.getOrDefault(dimensionId, -1);
    }

    /** The attribute's position, or -1. */
    public int attributePosition(String attributeId) {
        return attributePositions.getOrDefault(attributeId, -1);
    }

    /** The first dimension that has the role. */
    public Optional<Dimension> dimension(Dimension.Role role) {
        return dimensions.stream().filter(d -> d.role() == role).findFirst();
    }

    /** The first attribute that has the role. */
    public Optional<Attribute> attribute(Attribute.Role role) {
        return attributes.stream().filter(a -> a.role() == role).findFirst();
    }

    /** The position of the first dimension that has the role, or -1. */
    public int position(Dimension.Role role) {
        return dimension(role).map(d -> dimensionPosition(d.id())).orElse(-1);
    }

    /** The position of the first attribute that has the role, or -1. */
    public int position(Attribute.Role role) {
        return attribute(role).map(a -> attributePosition(a.id())).orElse(-1);
    }

    /** The dimension by which queries are routed to parties. */
    public Dimension reportingArea() {
        return dimension(Dimension.Role.REPORTING_AREA).orElseThrow();
    }

    /** Every component: dimensions, measure, attributes. */
    public List<Component> components() {
        List<Component> all = new ArrayList<>(dimensions);
        all.add(measure);
        all.addAll(attributes);
        return all;
    }

    /** Every code list that a component uses, each once, in the order of first use. */
    public List<Codelist> codelists() {
        Map<ArtefactId, Codelist> lists = new LinkedHashMap<>();
        for (Component component : components()) {
            component.representation().codelist().ifPresent(list -> lists.putIfAbsent(list.id(), list));
        }
        return List.copyOf(lists.values());
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
