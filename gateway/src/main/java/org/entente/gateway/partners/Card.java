package org.entente.gateway.partners;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.net.URI;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.crypto.VerificationException;
import org.entente.crypto.document.AkpKey;
import org.entente.crypto.journal.ListedKey;
import org.entente.crypto.journal.VerifierKey;
import org.entente.crypto.keys.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/**
 * A node's description of itself: who it is, where it is reached, and with which keys it signs, connects and keeps its journal.
 * The signed form is {@link CardDocument}.
 *
 * @param party ISO 3166-1 alpha-3 or a registered code
 * @param name of the party, by language
 * @param onBehalfOf the parties that a secretariat acts for; else empty
 * @param authorities the offices within the party, with those who may sign agreements for it
 * @param node base URI of the node listener, without a slash at its end
 * @param protocol versions that the node speaks
 * @param signing keys that sign its messages; exactly what every message must carry
 * @param tls certificates that either end of its TLS connections may present
 * @param journalKey verifies its journal's checkpoints; its name is the journal's origin
 * @param issued when the card was made, in whole seconds
 * @param validUntil after which the card is not accepted, in whole seconds
 * @param previous base64url SHA-256 of the card before, or null for the first
 * @param sequence 1 for the first card (the root card), then one more each time
 * @param sealing key to which files for this party are sealed (EC P-256); null if it takes files that anybody can read
 * @param replaces that its keys take the place of ones that were lost or stolen, so that it is not signed by the key before but by an
 *     officer on the card before; null for every other card
 * @param journalCompanion post-quantum companion of the journal key (ML-DSA-44, under the same name), without whose signature a checkpoint
 *     by that key does not count; null if the journal has none
 */
public record Card(
        String party,
        Map<String, String> name,
        List<String> onBehalfOf,
        List<Authority> authorities,
        URI node,
        List<String> protocol,
        List<Signing> signing,
        List<X509Certificate> tls,
        VerifierKey journalKey,
        Instant issued,
        Instant validUntil,
        @Nullable String previous,
        int sequence,
        @Nullable PublicKey sealing,
        @Nullable Replacement replaces,
        @Nullable VerifierKey journalCompanion) {

    /** The protocol of this version of the gateway. */
    public static final String PROTOCOL = "entente/1";

    /** Name of the key that every card lists first. */
    public static final String SIGNING_KEY = "signing";

    /**
     * Whether nobody is reached at an address, since its host lies under {@code .invalid} (RFC 2606 section 2): a party that works with sealed
     * files only. Messages to it are signed for the address all the same.
     */
    public static boolean isByFileOnly(URI node) {
        return node.getHost() != null && node.getHost().endsWith(".invalid");
    }
    /** Name under which this gateway lists a post-quantum companion of that key. */
    public static final String COMPANION_KEY = "post-quantum";

    /** Keeps the lists unchangeable. */
    public Card {
        name = Map.copyOf(name);
        onBehalfOf = List.copyOf(onBehalfOf);
        authorities = List.copyOf(authorities);
        protocol = List.copyOf(protocol);
        signing = List.copyOf(signing);
        tls = List.copyOf(tls);
    }

    /** A card without a key for sealed files and without a companion of the journal key, that replaces nothing. */
    public Card(
            String party,
            Map<String, String> name,
            List<String> onBehalfOf,
            List<Authority> authorities,
            URI node,
            List<String> protocol,
            List<Signing> signing,
            List<X509Certificate> tls,
            VerifierKey journalKey,
            Instant issued,
            Instant validUntil,
            @Nullable String previous,
            int sequence) {
        this(
                party,
                name,
                onBehalfOf,
                authorities,
                node,
                protocol,
                signing,
                tls,
                journalKey,
                issued,
                validUntil,
                previous,
                sequence,
                null,
                null,
                null);
    }

    /**
     * That the keys of the card before were lost or stolen.
     *
     * @param since from when on they no longer count, in whole seconds; not after the card is issued
     */
    public record Replacement(Reason reason, Instant since) {
        /** What became of the keys. */
        public enum Reason {
            /** Nobody has them any more. */
            LOST,
            /** Somebody else has them, or may have them. */
            STOLEN
        }
    }

    /** Whether a certificate is that of somebody who may sign for one of its authorities. */
    boolean isSignatory(X509Certificate certificate) {
        String digest = Partner.digest(certificate);
        return authorities.stream()
                .flatMap(authority -> authority.signatories().stream())
                .anyMatch(signatory -> signatory.certificateSha256().equals(digest));
    }

    /** An office within the party. */
    public record Authority(String id, Map<String, String> name, String kind, List<Signatory> signatories) {
        /** Keeps the lists unchangeable. */
        public Authority {
            name = Map.copyOf(name);
            signatories = List.copyOf(signatories);
        }
    }

    /**
     * A person who may sign agreements for an authority.
     *
     * @param certificateSha256 base64url SHA-256 of the person's certificate
     * @param companion the person's post-quantum key, with which each of the person's acts must be signed beside the certificate's; null if
     *     the person has none
     */
    @JsonDeserialize(using = SignatoryReader.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Signatory(
            String name,
            String post,
            String certificateSha256,
            @Nullable AkpKey companion) {
        /** A person without a post-quantum key. */
        public Signatory(String name, String post, String certificateSha256) {
            this(name, post, certificateSha256, null);
        }
    }

    /** A key that signs messages, under its name in {@code keyid}. */
    public record Signing(String name, SignatureAlgorithm algorithm, X509Certificate certificate) {}

    /** The journal's origin: its address without scheme. */
    public String journalOrigin() {
        return journalKey.name();
    }

    /**
     * Verifies its cosignatures as a witness of other journals (C2SP tlog-cosignature): the journal key, under a name and a signature type
     * of their own (docs/decisions/0055).
     */
    public VerifierKey witnessKey() {
        return witness().key();
    }

    /** The same with the companion, under the witness's name, where the journal key has one. */
    public ListedKey witness() {
        return journal().asWitness(witnessName(journalKey.name()));
    }

    /** The journal key with its companion. */
    public ListedKey journal() {
        return new ListedKey(journalKey, journalCompanion);
    }

    /** The key name under which the node with the journal of that origin cosigns: its address with {@code /witness}. */
    static String witnessName(String origin) {
        int slash = origin.indexOf('/');
        return (slash < 0 ? origin : origin.substring(0, slash)) + "/witness";
    }

    /** The signing key of that name. */
    public Optional<Signing> signing(String keyName) {
        return signing.stream().filter(key -> key.name().equals(keyName)).findFirst();
    }

    /**
     * Reads a card's payload strictly: every member known, present and in its form.
     *
     * @throws VerificationException naming the member that is wrong
     */
    static Card read(JsonNode payload) throws VerificationException {
        return CardCodec.read(payload);
    }

    /** The payload, canonical. */
    byte[] write() {
        return CardCodec.write(this);
    }
}
