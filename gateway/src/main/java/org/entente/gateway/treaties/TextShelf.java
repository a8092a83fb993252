package org.entente.gateway.treaties;

import java.util.List;
import java.util.Optional;

/** Texts and the acts on them, wherever they are kept. */
interface TextShelf {
    /** One treaty, by the digest of its text. */
    Optional<Treaty> read(byte[] digest);

    /** All texts of an agreement, by version. */
    List<Treaty> ofAgreement(String id);

    /** The digests of all texts of this version, in the order in which they came. */
    List<String> textsOf(String agreement, int version);

    /** The digest of the text of this version that somebody has signed. */
    Optional<String> adopted(String agreement, int version);

    /** The act with this id. */
    Optional<Kept> kept(String act);

    /** The proposal of a text: always the first act on it. */
    Optional<Kept> proposal(byte[] digest);

    /** An act that is held, as it came, with the receipt for it. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content where it is used
    record Kept(byte[] message, ActReceipt receipt) {}
}
