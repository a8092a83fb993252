package org.entente.gateway.region.profile;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.evidence.Evidence;
import org.entente.gateway.partners.CardList;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.partners.Partners;
import org.entente.gateway.region.deposit.Deposits;
import org.entente.gateway.region.indicator.ReferenceSource;

/** A profile with all that proves it, as one zip file that verifies offline: the signed profile, its programme, the secretariat's cards, the evidence of every exchange, every deposit, and what came of the comments on its draft. */
@Singleton
public final class ProfileBundles {
    static final String PROFILE = "profile.jws";
    static final String PROGRAMME = "programme.json";
    static final String COMMENTS = "comments.jws";
    static final String CARDS = "cards.json";
    static final String EVIDENCE = "evidence/";
    static final String REFERENCE = "reference.csv";
    static final String DEPOSITS = "deposits/";
    static final String CONSENTS = "consents/";
    static final String MEMBERS = "members/";

    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Profiles profiles;
    private final Evidence evidence;
    private final Deposits deposits;
    private final References references;
    private final ReconciliationConsents consents;
    private final Partners partners;
    private final NodeIdentity identity;

    ProfileBundles(
            Profiles profiles,
            Evidence evidence,
            Deposits deposits,
            References references,
            ReconciliationConsents consents,
            Partners partners,
            NodeIdentity identity) {
        this.profiles = profiles;
        this.evidence = evidence;
        this.deposits = deposits;
        this.references = references;
        this.consents = consents;
        this.partners = partners;
        this.identity = identity;
    }

    /**
     * Writes the bundle of an edition.
     *
     * @throws EntenteException {@code not-found} if an exchange's figures are no longer kept
     */
    public void write(ProfileEdition edition, OutputStream out) throws IOException {
        Profile profile = profiles.document(edition);
        ZipOutputStream zip = new ZipOutputStream(out);
        add(zip, PROFILE, profiles.signed(edition));
        add(zip, PROGRAMME, ProfileCodec.encode(profiles.programme(edition)));
        add(zip, CARDS, CardList.write(identity.chain()));
        Set<String> exchanges = new LinkedHashSet<>();
        profile.sources().stream()
                .filter(source -> source.assurance() == Source.Assurance.SIGNED)
                .map(Source::exchange)
                .forEach(exchanges::add);
        for (String exchange : exchanges) {
            add(
                    zip,
                    EVIDENCE + exchange + ".evidence.json",
                    evidence.ofAsked(UUID.fromString(exchange)).encode());
        }
        ReferenceSource reference = profile.reference();
        if (reference != null) {
            add(zip, REFERENCE, references.csv(reference));
        }
        for (Source source : profile.sources()) {
            if (source.assurance() == Source.Assurance.DEPOSITED) {
                UUID deposit = UUID.fromString(source.exchange());
                add(zip, DEPOSITS + source.exchange() + ".jws", deposits.signed(deposit));
                Optional<byte[]> figures = deposits.figures(deposit);
                if (figures.isPresent()) {
                    add(zip, DEPOSITS + source.exchange() + ".csv", figures.get());
                }
            }
        }
        consents(zip, profile);
        Optional<byte[]> comments = profiles.comments(edition);
        if (comments.isPresent()) {
            add(zip, COMMENTS, comments.get());
        }
        zip.finish();
    }

    /** The members' consents with the cards of whoever has signed them. */
    private void consents(ZipOutputStream zip, Profile profile) throws IOException {
        SortedMap<String, String> acts = new TreeMap<>();
        for (Reconciled one : profile.reconciled()) {
            for (Reconciled.Consent consent : one.consents()) {
                acts.put(consent.act(), consent.party());
                if (consent.withdrawal() != null) {
                    acts.put(consent.withdrawal(), consent.party());
                }
            }
        }
        for (String party : new TreeSet<>(acts.values())) {
            add(
                    zip,
                    MEMBERS + party + ".json",
                    CardList.write(partners.require(party).chain()));
        }
        for (String act : acts.keySet()) {
            byte[] message = consents.signed(profile.agreement(), act)
                    .orElseThrow(
                            () -> new EntenteException(ErrorCode.NOT_FOUND, "The act " + act + " is not held here."));
            add(zip, consent(act), message);
        }
    }

    /** The name of an act in a bundle. */
    static String consent(String act) {
        return CONSENTS + act.substring(act.lastIndexOf(':') + 1) + ".json";
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
