package org.entente.gateway.partners;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All partners as the database holds them at one version. Immutable. */
final class PartnerBook {
    private final long version;
    private final Map<String, Partner> byParty;
    private final Map<String, Partner> byTls = new HashMap<>();
    private final Map<String, Partner> byCard = new HashMap<>();

    PartnerBook(long version, Map<String, Partner> byParty) {
        this.version = version;
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

    /** The partner whose chain holds the card. */
    Optional<Partner> holding(String cardDigest) {
        return Optional.ofNullable(byCard.get(cardDigest));
    }
}
