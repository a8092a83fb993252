package org.entente.gateway.region.library;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.document.SignedDocument;
import org.entente.gateway.partners.Partner;

/**
 * A part of a node's own library, as it is signed and harvested. What OAI-PMH 2.0 calls selective harvesting: entries in the order of their
 * datestamps, withdrawn ones too and for ever, and a token with which the next request goes on.
 *
 * @param format {@link #FORMAT}
 * @param party whose library it is
 * @param made when it was signed, UTC
 * @param site public address of the node; empty if it has none
 * @param from the token that was asked with; empty for the beginning
 * @param entries that the node itself has entered; what it has harvested is never among them
 * @param resumption the token to go on with
 * @param complete whether there is nothing after it
 */
record LibraryList(
        String format,
        String party,
        Instant made,
        String site,
        String from,
        List<LibraryEntry.Listed> entries,
        String resumption,
        boolean complete) {
    static final String FORMAT = "entente-library/1";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    LibraryList {
        entries = List.copyOf(entries);
    }

    byte[] encode() {
        return CanonicalJson.encode(MAPPER.valueToTree(this));
    }

    /**
     * Opens a list that came from a partner.
     *
     * @param from the token that it was asked with
     * @throws VerificationException if it is not signed by a key on a card of the partner, is another's, answers another request, or is out
     *     of order
     */
    static LibraryList open(Partner partner, String from, byte[] jws) throws VerificationException {
        SignedDocument signed = SignedDocument.parse(jws);
        signed.verify();
        boolean own = partner.chain().stream()
                .flatMap(card -> card.card().signing().stream())
                .anyMatch(key ->
                        key.certificate().equals(signed.signatures().getFirst().certificate()));
        if (!own) {
            throw new VerificationException(
                    Reason.KEY_UNKNOWN, "The library's list is not signed by a key on a card of " + partner.party());
        }
        LibraryList list;
        try {
            list = MAPPER.readValue(signed.payload(), LibraryList.class);
        } catch (IOException | IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "The library's list cannot be read", e);
        }
        if (!FORMAT.equals(list.format())
                || !partner.party().equals(list.party())
                || !from.equals(list.from())
                || !list.isInOrder()) {
            throw new VerificationException(
                    Reason.MALFORMED,
                    "The library's list is another party's, answers another request, or is out of order");
        }
        return list;
    }

    private boolean isInOrder() {
        Set<UUID> ids = new HashSet<>();
        Instant before = Instant.MIN;
        for (LibraryEntry.Listed one : entries) {
            if (one.changed().isBefore(before) || !ids.add(one.id())) {
                return false;
            }
            before = one.changed();
        }
        return true;
    }

    static byte[] encode(LibraryEntry entry) {
        return CanonicalJson.encode(MAPPER.valueToTree(entry));
    }

    static LibraryEntry entry(byte[] json) {
        try {
            return MAPPER.readValue(json, LibraryEntry.class);
        } catch (IOException e) {
            throw new IllegalStateException("a stored entry of the library cannot be read", e);
        }
    }
}
