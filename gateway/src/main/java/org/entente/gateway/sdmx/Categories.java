package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.sdmx.Artefact.Ref;
import org.entente.gateway.statistics.ArtefactId;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.LocalName;

/** What a structure message holds of category schemes and of what belongs to their categories. */
public final class Categories {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_@$-]{1,80}");
    private static final int DEEPEST = 12;

    private final List<Artefact.Scheme> schemes = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();

    /**
     * That something belongs to a category, as read.
     *
     * @param source URN of what is categorised
     * @param target URN of the category
     */
    record Claim(ArtefactId id, LocalName name, String source, String target) {}

    Categories() {}

    void scheme(ArtefactId id, LocalName name, List<Artefact.Item> items, boolean partial) {
        Set<String> ids = new HashSet<>();
        for (Artefact.Item item : items) {
            if (!ids.add(item.id())) {
                throw StructureParts.unusable("The category " + item.id() + " stands in " + id + " twice.");
            }
        }
        schemes.add(new Artefact.Scheme(ArtefactType.CATEGORYSCHEME, id, name, items, partial));
    }

    void claim(Claim claim) {
        claims.add(claim);
    }

    /**
     * The id of a category from the top on.
     *
     * @param parent of the category that it stands below; empty for none
     */
    static String path(String parent, String id) {
        if (!ID.matcher(id).matches()) {
            throw StructureParts.unusable("'" + Refusal.shortened(id) + "' is not a category's id.");
        }
        String path = parent.isEmpty() ? id : parent + "." + id;
        if (path.chars().filter(c -> c == '.').count() >= DEEPEST) {
            throw StructureParts.unusable("Categories stand more than " + DEEPEST + " deep within one another.");
        }
        return path;
    }

    /** Whether there is nothing of the kind. */
    public boolean isEmpty() {
        return schemes.isEmpty() && claims.isEmpty();
    }

    /** The category schemes. */
    public List<Artefact.Scheme> schemes() {
        return List.copyOf(schemes);
    }

    /**
     * The categorisations, with their references resolved.
     *
     * @param flows that may be categorised, and their structures
     * @param known in whose categories
     * @throws EntenteException {@code file-unusable}; it names what is missing
     */
    public List<Artefact.Categorisation> categorisations(
            Collection<Dataflow> flows, Collection<Artefact.Scheme> known) {
        Map<ArtefactId, Artefact.Scheme> byId = new LinkedHashMap<>();
        known.forEach(scheme -> byId.put(scheme.id(), scheme));
        List<Artefact.Categorisation> resolved = new ArrayList<>();
        for (Claim claim : claims) {
            Matcher urn = StructureParts.urn(claim.target, "the category of " + claim.id);
            ArtefactId id = StructureParts.find(urn, byId.keySet())
                    .orElseThrow(() -> missing("the category scheme", claim.target, claim));
            Artefact.Scheme scheme = byId.get(id);
            if (scheme == null || urn.group(4) == null || !scheme.itemIds().contains(urn.group(4))) {
                throw missing("the category", claim.target, claim);
            }
            resolved.add(new Artefact.Categorisation(
                    claim.id, claim.name, source(claim, flows), scheme.ref(), urn.group(4)));
        }
        return resolved;
    }

    private static Ref source(Claim claim, Collection<Dataflow> flows) {
        Matcher urn = StructureParts.urn(claim.source, "what " + claim.id + " categorises");
        ArtefactType type =
                claim.source.contains(".DataStructure=") ? ArtefactType.DATASTRUCTURE : ArtefactType.DATAFLOW;
        Set<ArtefactId> ids = new HashSet<>();
        if (type == ArtefactType.DATASTRUCTURE || claim.source.contains(".Dataflow=")) {
            flows.forEach(flow -> ids.add(
                    type == ArtefactType.DATAFLOW ? flow.id() : flow.structure().id()));
        }
        return new Ref(
                type,
                StructureParts.find(urn, ids)
                        .orElseThrow(() -> missing("the dataflow or data structure", claim.source, claim)));
    }

    private static EntenteException missing(String what, String urn, Claim claim) {
        return StructureParts.unusable("Neither the message nor this node holds " + what + " "
                + Refusal.shortened(urn.substring(urn.indexOf('=') + 1)) + " that the categorisation " + claim.id
                + " names.");
    }
}
