package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.PartnerClient;
import org.entente.gateway.partners.Partners;

/** Compares what this node holds of an agreement with what a partner says, under its signature, that it holds. */
@Singleton
final class Comparison {
    private static final byte[] NO_CONTENT = {};

    private final Partners partners;
    private final PartnerClient client;
    private final TreatyDirectory directory;
    private final Signatories signatories;

    Comparison(Partners partners, PartnerClient client, TreatyDirectory directory, Signatories signatories) {
        this.partners = partners;
        this.client = client;
        this.directory = directory;
        this.signatories = signatories;
    }

    /** A text with the ids of the acts on it. */
    private record Held(int version, Set<String> acts) {}

    SameText with(String agreement, String party) {
        Map<String, Held> ours = ours(agreement, party);
        Map<String, Held> theirs = theirs(agreement, party);
        Set<String> digests = new TreeSet<>(ours.keySet());
        digests.addAll(theirs.keySet());
        if (digests.isEmpty()) {
            throw TreatyErrors.unknown(agreement);
        }
        List<SameText.Text> texts = new ArrayList<>();
        for (String digest : digests) {
            texts.add(text(digest, party, ours.get(digest), theirs.get(digest)));
        }
        texts.sort(java.util.Comparator.comparingInt(SameText.Text::version));
        boolean same = texts.stream().allMatch(SameText.Text::same);
        return new SameText(agreement, signatories.own(), party, same, texts);
    }

    private SameText.Text text(
            String digest,
            String party,
            @org.jspecify.annotations.Nullable Held own,
            @org.jspecify.annotations.Nullable Held other) {
        Set<String> ours = own == null ? Set.of() : own.acts();
        Set<String> theirs = other == null ? Set.of() : other.acts();
        List<String> heldBy = new ArrayList<>();
        if (own != null) {
            heldBy.add(signatories.own());
        }
        if (other != null) {
            heldBy.add(party);
        }
        int version = own != null ? own.version() : other != null ? other.version() : 0;
        return new SameText.Text(
                version,
                digest,
                heldBy,
                (int) ours.stream().filter(theirs::contains).count(),
                ours.stream().filter(id -> !theirs.contains(id)).toList(),
                theirs.stream().filter(id -> !ours.contains(id)).toList());
    }

    private Map<String, Held> ours(String agreement, String party) {
        Map<String, Held> held = new TreeMap<>();
        for (Treaty treaty : directory.reload().all()) {
            if (treaty.file().agreement().id().equals(agreement) && treaty.concerns(party)) {
                Set<String> acts = new TreeSet<>();
                treaty.acts().forEach(act -> acts.add(act.instrument().id()));
                held.put(
                        treaty.file().digest(),
                        new Held(treaty.file().agreement().version(), acts));
            }
        }
        return held;
    }

    private Map<String, Held> theirs(String agreement, String party) {
        PartnerClient.Answered answer =
                client.call(partners.require(party), "GET", "/agreements", Headers.EMPTY, NO_CONTENT, false);
        if (answer.response().status() != 200) {
            throw invalid(party, "the status is " + answer.response().status(), null);
        }
        Map<String, Held> held = new TreeMap<>();
        try {
            for (JsonNode text : CanonicalJson.parseStrict(answer.body()).path("agreements")) {
                if (text.path("agreement").asText().equals(agreement)) {
                    Set<String> acts = new TreeSet<>();
                    text.path("acts").forEach(act -> acts.add(act.asText()));
                    held.put(
                            text.path("digest").asText(),
                            new Held(text.path("version").asInt(), acts));
                }
            }
        } catch (IllegalArgumentException e) {
            throw invalid(party, e.getMessage() == null ? "it cannot be read" : e.getMessage(), e);
        }
        return held;
    }

    private static EntenteException invalid(
            String party, String what, @org.jspecify.annotations.Nullable Exception cause) {
        return new EntenteException(
                ErrorCode.PARTNER_ANSWER_INVALID, "The list of agreements of " + party + ": " + what + ".", cause);
    }
}
