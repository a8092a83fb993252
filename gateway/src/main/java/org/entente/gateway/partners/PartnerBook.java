package org.entente.gateway.partners;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All partners, and this node's own cards, as the database holds them at one version. Immutable. */
final class PartnerBook {
    private final long version;
    private final List<CardDocument> own;
    private final Map<String, Partner> byParty;
    private final Map<String, Partner> byTls = new HashMap<>();
    private final Map<String, Partner> byCard = new HashMap<>();

    PartnerBook(long version, List<CardDocument> own, Map<String, Partner> byParty) {
        this.version = version;
        this.own = List.copyOf(own);
        this.byParty = new TreeMap<>(byParty);
        for (Partner partner : byParty.values()) {
            for (CardDocument document : partner.chain()) {
                byCard.put(document.digest(), partner);
                for (X509Certificate certificate : document.card().tls()) {
                    byTls.put(Partner.digest(certificate), partner);
                }
            }
        }
    }

    long version() {
        return version;
    }

    /** This node's own cards, root card first; empty before the first is issued. */
    List<CardDocument> own() {
        return own;
    }

    Collection<Partner> all() {
        return byParty.values();
    }

    Optional<Partner> find(String party) {
        return Optional.ofNullable(byParty.get(party));
    }

    /** The partner that lists the certificate on any of its cards, current or earlier. */
    Optional<Partner> listing(X509Certificate tlsCertificate) {
        return Optional.ofNullable(byTls.get(Partner.digest(tlsCertificate)));
    }

    /** A card that somebody's chain or this node's own holds. */
    Optional<CardDocument> card(String digest) {
        return holding(digest)
                .flatMap(partner -> partner.card(digest))
                .or(() -> own.stream()
                        .filter(card -> card.digest().equals(digest))
                        .findFirst());
    }

    /** The partner whose chain holds the card. */
    Optional<Partner> holding(String cardDigest) {
        return Optional.ofNullable(byCard.get(cardDigest));
    }
}
