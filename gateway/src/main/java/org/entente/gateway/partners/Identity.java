package org.entente.gateway.partners;

import java.util.List;
import org.entente.crypto.keys.CertifiedKey;
import org.entente.crypto.keys.SigningKey;
import org.entente.crypto.message.MessageSigner;

/** Who somebody is to partners, be it a node or a desk in a folder: a party, its own cards and the keys on the current one. */
public interface Identity {
    /** The party. */
    String party();

    /** All its own cards, root card first; never empty. */
    List<CardDocument> chain();

    /** Its signing key with certificate, for messages and documents. */
    CertifiedKey signing();

    /** Its current card, signed. */
    default CardDocument current() {
        return chain().getLast();
    }

    /** Its current card. */
    default Card card() {
        return current().card();
    }

    /** Digest of its current card. */
    default String cardDigest() {
        return current().digest();
    }

    /** Digest of its root card. */
    default String rootCardDigest() {
        return chain().getFirst().digest();
    }

    /** The id under which its messages are signed: card digest and key name. */
    default String keyid() {
        return cardDigest() + "/" + Card.SIGNING_KEY;
    }

    /** Signs its messages. */
    default SigningKey signingKey() {
        return signing().key();
    }

    /** All signatures that its messages carry, exactly as its card lists them. */
    default List<MessageSigner> signers() {
        return List.of(MessageSigner.primary(keyid(), signingKey()));
    }

    /** The base URI that messages to it are signed for, without a slash at its end. */
    default String baseUri() {
        return card().node().toString();
    }
}
