package org.entente.gateway.releases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.sdmx.Artefact;
import org.entente.gateway.sdmx.Categories;
import org.entente.gateway.statistics.Dataflow;

/** What a message adds to the topics under which dataflows stand. */
final class ImportedCategories {
    private ImportedCategories() {}

    /**
     * The category schemes and categorisations that were not known.
     *
     * @param flows all dataflows that are known together with those of the message
     * @param known the topics that are known
     * @throws EntenteException {@code structure-exists}, {@code file-unusable}
     */
    static List<Artefact> of(Categories message, List<Dataflow> flows, List<Artefact> known) {
        List<Artefact.Scheme> schemes = new ArrayList<>();
        for (Artefact artefact : known) {
            if (artefact instanceof Artefact.Scheme scheme) {
                schemes.add(scheme);
            }
        }
        List<Artefact> added = new ArrayList<>();
        for (Artefact.Scheme scheme : message.schemes()) {
            Artefact.Scheme same = schemes.stream()
                    .filter(one -> one.id().equals(scheme.id()))
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                requireWhole(scheme);
                schemes.add(scheme);
                added.add(scheme);
            } else if (!isPartOf(scheme, same)) {
                throw exists(scheme);
            }
        }
        for (Artefact.Categorisation one : message.categorisations(flows, schemes)) {
            Artefact same = known.stream()
                    .filter(other -> other.ref().equals(one.ref()))
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                added.add(one);
            } else if (!(same instanceof Artefact.Categorisation earlier)
                    || !earlier.source().equals(one.source())
                    || !earlier.scheme().equals(one.scheme())
                    || !earlier.category().equals(one.category())) {
                throw exists(one);
            }
        }
        return added;
    }

    private static boolean isPartOf(Artefact.Scheme scheme, Artefact.Scheme known) {
        Set<String> ids = new HashSet<>(known.itemIds());
        return scheme.isPartial() ? ids.containsAll(scheme.itemIds()) : ids.equals(new HashSet<>(scheme.itemIds()));
    }

    private static void requireWhole(Artefact.Scheme scheme) {
        if (scheme.isPartial()) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE,
                    "The category scheme " + scheme.id() + " is in the message in part only, and what is taken is never"
                            + " changed. Bring it whole.");
        }
    }

    private static EntenteException exists(Artefact artefact) {
        return new EntenteException(
                ErrorCode.STRUCTURE_EXISTS,
                "This node knows another " + artefact.type().path() + " " + artefact.id()
                        + ", and what it knows is never changed.");
    }
}
