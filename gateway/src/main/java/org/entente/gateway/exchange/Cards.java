package org.entente.gateway.exchange;

import jakarta.inject.Singleton;
import org.entente.agreements.Party;
import org.entente.agreements.life.AgreementFile;
import org.entente.gateway.exchange.ExchangeRecord.AgreementRef;
import org.entente.gateway.exchange.ExchangeRecord.PartyCards;
import org.entente.gateway.partners.Identity;
import org.entente.gateway.partners.Partner;
import org.jspecify.annotations.Nullable;

/** How the two parties of an exchange stand in its records: by the root card the agreement names, and the card in use. */
@Singleton
public final class Cards {
    private final Identity identity;

    Cards(Identity identity) {
        this.identity = identity;
    }

    /** This node's own party. */
    public PartyCards ours(@Nullable AgreementFile agreement) {
        return new PartyCards(
                identity.party(), root(agreement, identity.party(), identity.rootCardDigest()), identity.cardDigest());
    }

    /** This node's own party, with the card under which it signed. */
    PartyCards ours(String keyid, @Nullable AgreementFile agreement) {
        String card = keyid.substring(0, keyid.indexOf('/'));
        return new PartyCards(identity.party(), root(agreement, identity.party(), identity.rootCardDigest()), card);
    }

    /** The partner, with the card under which it signed. */
    public PartyCards theirs(Partner partner, String card, @Nullable AgreementFile agreement) {
        return new PartyCards(partner.party(), root(agreement, partner.party(), partner.rootDigest()), card);
    }

    /** How records name an agreement. */
    public static @Nullable AgreementRef reference(@Nullable AgreementFile file) {
        return file == null
                ? null
                : new AgreementRef(file.agreement().id(), file.agreement().version(), file.digest());
    }

    private static String root(@Nullable AgreementFile agreement, String party, String otherwise) {
        return agreement == null
                ? otherwise
                : agreement.agreement().party(party).map(Party::rootCard).orElse(otherwise);
    }
}
