package org.entente.agreements.life;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.Agreement;
import org.entente.agreements.Leg;
import org.entente.agreements.Party;

/**
 * An agreement with the instruments on it, in the order this node recorded them. All instruments were accepted by {@link Life#check}.
 *
 * @param digest digest of the agreement's text, kept beside it so that it is computed once
 */
public record AgreementFile(Agreement agreement, String digest, List<Instrument> instruments) {
    /** Newest version first; of one version the corrected text, then what was proposed last. */
    private static final Comparator<AgreementFile> NEWEST = Comparator.comparingInt(
                    (AgreementFile f) -> f.agreement().version())
            .thenComparing(AgreementFile::corrections)
            .thenComparing(AgreementFile::putForward)
            .thenComparing(AgreementFile::digest)
            .reversed();

    public AgreementFile {
        instruments = List.copyOf(instruments);
    }

    /** The file of an agreement, its digest computed. */
    public static AgreementFile of(Agreement agreement, List<Instrument> instruments) {
        return new AgreementFile(agreement, agreement.digest(), instruments);
    }

    /**
     * The file of a text that corrects another (Vienna Convention on the Law of Treaties, art. 79): it takes over the acts on the defective
     * text, since it holds from the beginning once all have consented. Without a proposal of correction among its own acts it takes over
     * nothing.
     *
     * @param defective the file of the text that is corrected
     * @param own the acts on the corrected text itself
     */
    public static AgreementFile correcting(AgreementFile defective, Agreement corrected, List<Instrument> own) {
        return correcting(defective, of(corrected, own));
    }

    private static AgreementFile correcting(AgreementFile defective, AgreementFile corrected) {
        List<Instrument> own = corrected.instruments();
        boolean corrects = own.stream()
                .anyMatch(a -> a instanceof TextChange.CorrectionProposed c
                        && c.replaces().equals(defective.digest()));
        Set<Instrument> acts = new LinkedHashSet<>(corrects ? defective.instruments() : List.of());
        acts.addAll(own);
        return new AgreementFile(corrected.agreement(), corrected.digest(), List.copyOf(acts));
    }

    /** The same files, each text that corrects another one of them having taken over the acts on that: see {@link #correcting}. */
    public static List<AgreementFile> linked(List<AgreementFile> files) {
        Map<String, AgreementFile> byDigest = new HashMap<>();
        files.forEach(f -> byDigest.put(f.digest(), f));
        return files.stream().map(f -> linked(f, byDigest, files.size())).toList();
    }

    private static AgreementFile linked(AgreementFile file, Map<String, AgreementFile> byDigest, int depth) {
        for (Instrument act : file.instruments()) {
            AgreementFile defective =
                    act instanceof TextChange.CorrectionProposed c && c.digest().equals(file.digest())
                            ? byDigest.get(c.replaces())
                            : null;
            // No honest chain of corrections is longer than there are texts.
            if (defective != null && depth > 0) {
                return correcting(linked(defective, byDigest, depth - 1), file);
            }
        }
        return file;
    }

    /**
     * Of several texts of one agreement the one that counts at this time: the newest that applies or that has come into effect, for what
     * it replaced does not come back when it ends. When none has, the newest of all. Ordered by agreement id.
     */
    public static List<AgreementFile> current(List<AgreementFile> files, Instant now) {
        SortedMap<String, List<AgreementFile>> byId = new TreeMap<>();
        linked(files)
                .forEach(f -> byId.computeIfAbsent(f.agreement().id(), id -> new ArrayList<>())
                        .add(f));
        return byId.values().stream().map(texts -> counting(texts, now)).toList();
    }

    private static AgreementFile counting(List<AgreementFile> texts, Instant now) {
        List<AgreementFile> newestFirst = newestFirst(texts);
        return newestFirst.stream()
                .filter(f -> f.at(now).hasTakenOver(now))
                .findFirst()
                .orElse(newestFirst.getFirst());
    }

    /** The texts of one agreement in the order in which they count: the first that has taken over is the one that holds. */
    public static List<AgreementFile> newestFirst(List<AgreementFile> texts) {
        return texts.stream().sorted(NEWEST).toList();
    }

    /** Where the agreement stands at this time. */
    public State at(Instant now) {
        return Life.fold(agreement, instruments, now);
    }

    /** The same, with the time for which it holds. */
    public Standing standingAt(Instant now) {
        return Life.standing(agreement, instruments, now);
    }

    /**
     * Everybody whom acts on this text concern: the parties that it names and those that acceded or ask to, also when they have left
     * since. For who is bound see {@link State#parties}.
     */
    public List<Party> concerned() {
        Map<String, Party> concerned = new LinkedHashMap<>();
        agreement.parties().forEach(p -> concerned.put(p.id(), p));
        for (Instrument act : instruments) {
            if (act instanceof Membership.Acceded acceded) {
                concerned.put(acceded.party(), acceded.entry());
            }
        }
        return List.copyOf(concerned.values());
    }

    /** The party with this id among those concerned. */
    public Optional<Party> concerned(String party) {
        Optional<Party> named = agreement.party(party);
        return named.isPresent()
                ? named
                : concerned().stream().filter(p -> p.id().equals(party)).findFirst();
    }

    /**
     * Whether a party stands on a side of a leg: by name, or as a member state where the leg is for all members.
     *
     * @param side the leg's provider or consumer
     */
    public boolean isSide(String side, String party) {
        if (side.equals(party)) {
            return concerned(party).isPresent();
        }
        return side.equals(Leg.MEMBERS)
                && concerned(party).filter(p -> p.form() == Party.Form.STATE).isPresent();
    }

    /** Whether a party answers another by a leg. */
    public boolean runs(Leg leg, String provider, String consumer) {
        return !provider.equals(consumer) && isSide(leg.provider(), provider) && isSide(leg.consumer(), consumer);
    }

    /** Who answers a party by a leg; nobody if it is not the leg's consumer. */
    public List<String> providersTo(Leg leg, String consumer) {
        return concerned().stream()
                .map(Party::id)
                .filter(provider -> runs(leg, provider, consumer))
                .toList();
    }

    private int corrections() {
        return (int) instruments.stream()
                .filter(TextChange.CorrectionProposed.class::isInstance)
                .count();
    }

    private Instant putForward() {
        return instruments.stream()
                .filter(Conclusion.Proposed.class::isInstance)
                .map(Instrument::at)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }
}
