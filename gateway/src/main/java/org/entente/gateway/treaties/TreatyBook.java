package org.entente.gateway.treaties;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.agreements.decision.AgreementBook;
import org.entente.agreements.life.AgreementFile;

/** All treaties at one version of the tables, indexed for the hot path. Immutable. */
final class TreatyBook {
    private final long version;
    private final long journalSize;
    private final List<Treaty> all;
    private final List<AgreementFile> files;
    private final Map<String, Treaty> byDigest = new HashMap<>();
    private final Map<String, List<AgreementFile>> byParty = new HashMap<>();
    /** Made when first asked for; what a book says follows from the files alone. */
    private final Map<String, AgreementBook> books = new ConcurrentHashMap<>();

    TreatyBook(long version, List<Treaty> all) {
        this.version = version;
        this.all = List.copyOf(all);
        this.files = this.all.stream().map(Treaty::file).toList();
        this.journalSize = this.all.stream()
                .flatMap(treaty -> treaty.acts().stream())
                .mapToLong(act -> act.position() + 1)
                .max()
                .orElse(0);
        for (Treaty treaty : this.all) {
            byDigest.put(treaty.file().digest(), treaty);
            for (String party : Circle.of(treaty).parties()) {
                byParty.computeIfAbsent(party, p -> new ArrayList<>()).add(treaty.file());
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

    /** The same files, ready for decisions. */
    AgreementBook bookWith(String party) {
        return byParty.containsKey(party)
                ? books.computeIfAbsent(party, p -> AgreementBook.of(filesWith(p), journalSize))
                : AgreementBook.of(List.of(), journalSize);
    }

    /** By digest, or by id: then the newest version, and of rival texts the one that somebody has signed, else the latest. */
    Optional<Treaty> find(String digestOrId) {
        Treaty exact = byDigest.get(digestOrId);
        if (exact != null) {
            return Optional.of(exact);
        }
        return all.stream()
                .filter(t -> t.file().agreement().id().equals(digestOrId))
                .reduce((one, later) -> order(one, later) > 0 ? one : later);
    }

    private static int order(Treaty one, Treaty other) {
        int byVersion = Integer.compare(
                one.file().agreement().version(), other.file().agreement().version());
        return byVersion != 0 ? byVersion : Boolean.compare(one.isSigned(), other.isSigned());
    }
}
