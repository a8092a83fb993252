package org.entente.gateway.partners;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.KeyRing;

/** When certificates and cards end: this node's, and those of its partners. */
@Singleton
public final class Expiries {
    private final NodeIdentity identity;
    private final Partners partners;
    private final Provider<KeyRing> keys;

    Expiries(NodeIdentity identity, Partners partners, Provider<KeyRing> keys) {
        this.identity = identity;
        this.partners = partners;
        this.keys = keys;
    }

    /**
     * Something that ends.
     *
     * @param party whose it is
     * @param what {@code card}, {@code signing}, {@code tls} or {@code post-quantum}
     * @param ends when it ends; where a successor is announced already, the successor's end
     */
    public record Expiry(String party, String what, Instant ends) {
        /** Party and what. */
        public String subject() {
            return party + "/" + what;
        }
    }

    /** Of this node, in no order. */
    public List<Expiry> own() {
        String party = identity.party();
        KeyRing ring = keys.get();
        CertifiedKey nextSigning = ring.nextSigning();
        CertifiedKey nextTls = ring.nextTls();
        CertifiedKey companion = ring.companion();
        List<Expiry> found = new ArrayList<>();
        found.add(new Expiry(party, "card", identity.card().validUntil()));
        found.add(new Expiry(party, "signing", end(nextSigning == null ? ring.signing() : nextSigning)));
        found.add(new Expiry(party, "tls", end(nextTls == null ? ring.tls() : nextTls)));
        if (companion != null) {
            found.add(new Expiry(party, "post-quantum", end(companion)));
        }
        return found;
    }

    /** Of this node and its partners, in no order. */
    public List<Expiry> all() {
        List<Expiry> found = new ArrayList<>(own());
        for (Partner partner : partners.all()) {
            Card card = partner.card();
            found.add(new Expiry(partner.party(), "card", card.validUntil()));
            List<Card.Signing> signing = card.signing();
            found.add(new Expiry(
                    partner.party(), "signing", end(signing.getFirst().certificate())));
            signing.stream()
                    .skip(1)
                    .map(key -> end(key.certificate()))
                    .min(Instant::compareTo)
                    .ifPresent(ends -> found.add(new Expiry(partner.party(), "post-quantum", ends)));
            card.tls().stream()
                    .map(Expiries::end)
                    .max(Instant::compareTo)
                    .ifPresent(ends -> found.add(new Expiry(partner.party(), "tls", ends)));
        }
        return found;
    }

    private static Instant end(CertifiedKey key) {
        return end(key.certificate());
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }
}
