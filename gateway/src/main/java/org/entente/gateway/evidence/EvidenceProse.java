package org.entente.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.entente.agreements.prose.ProseDocument;
import org.entente.crypto.Base64Url;

/**
 * What an evidence file proves, in words of one language, for a person who will never see a tlog-proof. It carries no proof of its own; the
 * file's other parts do. The languages are those of agreements' prose.
 */
public final class EvidenceProse {
    private static final int SHOWN_LINES = 40;

    private final PageWords words;
    private final EvidenceFile evidence;
    private final JsonNode record;

    private EvidenceProse(EvidenceFile evidence, String language) {
        this.evidence = evidence;
        this.record = evidence.answered().record();
        this.words = new PageWords(language);
    }

    /**
     * The text.
     *
     * @param language BCP 47 tag; what there is no translation of is read in English
     */
    public static ProseDocument of(EvidenceFile evidence, String language) {
        return new EvidenceProse(evidence, language).document(language);
    }

    private String say(String key, Object... gaps) {
        return words.say(key, gaps);
    }

    private ProseDocument document(String language) {
        return words.document(
                language,
                digest(),
                "title",
                List.of(
                        words.article("what", "what.heading", what()),
                        words.article("about", "about.heading", about()),
                        words.article("proofs", "proofs.heading", proofs()),
                        words.article("figures", permit() ? "figures.heading" : "refusal.heading", figures())));
    }

    /** The digest of the answer as renderings print digests, from its {@code Content-Digest}. */
    private String digest() {
        String field = evidence.response().headers().stream()
                .filter(line -> line.getFirst().equalsIgnoreCase("content-digest"))
                .map(line -> line.get(1))
                .findFirst()
                .orElse("");
        return field.matches("sha-256=:[A-Za-z0-9+/]{43}=:")
                ? Base64Url.encode(Base64.getDecoder().decode(field.substring(9, field.length() - 1)))
                : "";
    }

    private boolean permit() {
        return evidence.response().status() == 200;
    }

    private List<String> what() {
        return List.of(
                say(
                        permit() ? "what.permit" : "what.refusal",
                        record.path("consumer").path("party").asText(),
                        record.path("provider").path("party").asText()),
                say("what.both"));
    }

    private List<String> about() {
        List<String> lines = new ArrayList<>();
        lines.add(say("about.id", evidence.exchange()));
        lines.add(say("about.time", record.path("time").asText()));
        lines.add(say("about.purpose", record.path("purpose").asText()));
        lines.add(say("about.requester", record.path("requester").asText()));
        JsonNode agreement = record.path("agreement");
        lines.add(
                agreement.isObject()
                        ? say(
                                "about.agreement",
                                agreement.path("id").asText(),
                                agreement.path("version").asText(),
                                record.path("leg").asText())
                        : say("about.noagreement"));
        lines.add(say(
                "about.request",
                evidence.request().method() + " " + evidence.request().url()));
        if (record.path("release").isObject()) {
            lines.add(say("about.release", record.path("release").path("id").asText()));
        }
        return lines;
    }

    private List<String> proofs() {
        List<String> lines = new ArrayList<>();
        evidence.cards().forEach((party, chain) -> lines.add(say("proofs.cards", party, String.valueOf(chain.size()))));
        lines.add(say(evidence.received() == null ? "proofs.noreceipt" : "proofs.receipt"));
        EvidenceFile.Entry deleted = evidence.deleted();
        if (deleted != null) {
            JsonNode gone = deleted.record();
            lines.add(say(
                    "proofs.deleted",
                    gone.path("time").asText(),
                    gone.path("cause").asText(),
                    gone.path("because").asText()));
        }
        List<JsonNode> notes = evidence.notes();
        if (notes != null) {
            lines.add(say("proofs.notes", String.valueOf(notes.size())));
        }
        List<EvidenceFile.Stamp> stamps = evidence.stamps();
        if (stamps != null) {
            lines.add(say("proofs.stamps", String.valueOf(stamps.size())));
        }
        lines.add(say(
                "proofs.made", evidence.exported().time(), evidence.exported().by()));
        return lines;
    }

    private List<String> figures() {
        String encoded = evidence.response().body();
        if (encoded == null) {
            return List.of(say("figures.deleted"));
        }
        List<String> lines = new String(Base64Url.decode(encoded), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(SHOWN_LINES, lines.size())));
        if (lines.size() > SHOWN_LINES) {
            shown.add(say("figures.more", String.valueOf(lines.size() - SHOWN_LINES)));
        }
        return shown;
    }
}
