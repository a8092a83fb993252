package org.entente.gateway.treaties;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.agreements.Party;
import org.entente.agreements.life.AgreementFile;

/** All treaties at one version of the tables, indexed for the hot path. Immutable. */
final class TreatyBook {
    private final long version;
    private final List<Treaty> all;
    private final List<AgreementFile> files;
    private final Map<String, Treaty> byDigest = new HashMap<>();
    private final Map<String, List<AgreementFile>> byParty = new HashMap<>();

    TreatyBook(long version, List<Treaty> all) {
        this.version = version;
        this.all = List.copyOf(all);
        this.files = this.all.stream().map(Treaty::file).toList();
        for (Treaty treaty : this.all) {
            byDigest.put(treaty.file().digest(), treaty);
            for (Party party : treaty.file().agreement().parties()) {
                byParty.computeIfAbsent(party.id(), p -> new ArrayList<>()).add(treaty.file());
            }
        }
        byParty.replaceAll((party, list) -> List.copyOf(list));
    }

    long version() {
        return version;
    }

    List<Treaty> all() {
        return all;
    }

    List<AgreementFile> files() {
        return files;
    }

    List<AgreementFile> filesWith(String party) {
        return byParty.getOrDefault(party, List.of());
    }

    /** By digest, or by id: then the newest version. */
    Optional<Treaty> find(String digestOrId) {
        Treaty exact = byDigest.get(digestOrId);
        if (exact != null) {
            return Optional.of(exact);
        }
        return all.stream()
                .filter(t -> t.file().agreement().id().equals(digestOrId))
                .max(java.util.Comparator.comparingInt(t -> t.file().agreement().version()));
    }
}
