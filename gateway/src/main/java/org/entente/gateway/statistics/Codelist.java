package org.entente.gateway.statistics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An immutable, ordered list of codes with unique ids. */
public final class Codelist {

    private final ArtefactId id;
    private final LocalName name;
    private final List<Code> codes;
    private final Map<String, Integer> positions;

    /**
     * @throws IllegalArgumentException if an id occurs twice, or a parent is not in the list
     */
    public Codelist(ArtefactId id, LocalName name, List<Code> codes) {
        this.id = id;
        this.name = name;
        this.codes = List.copyOf(codes);
        this.positions = HashMap.newHashMap(codes.size());
        for (int i = 0; i < codes.size(); i++) {
            if (positions.put(codes.get(i).id(), i) != null) {
                throw new IllegalArgumentException(
                        id + " holds code '" + codes.get(i).id() + "' twice");
            }
        }
        for (Code code : codes) {
            String parent = code.parent();
            if (parent != null && !positions.containsKey(parent)) {
                throw new IllegalArgumentException(id + " has no code '" + parent + "', the parent of " + code.id());
            }
        }
    }

    public ArtefactId id() {
        return id;
    }

    public LocalName name() {
        return name;
    }

    /** All codes in the list's own order. */
    public List<Code> codes() {
        return codes;
    }

    public boolean contains(String code) {
        return positions.containsKey(code);
    }

    /** The code's place in {@link #codes()}, or -1. */
    public int position(String code) {
        return positions.getOrDefault(code, -1);
    }

    public Optional<Code> code(String code) {
        Integer position = positions.get(code);
        return position == null ? Optional.empty() : Optional.of(codes.get(position));
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
