package org.entente.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.entente.agreements.life.CrisisAct;
import org.entente.agreements.prose.ProseDocument;
import org.entente.gateway.exchange.PackDocument;

/** What the evidence of a crisis pack proves, in words of one language. It carries no proof of its own. */
final class PackProse {
    private static final int SHOWN_LINES = 40;

    private final PageWords words;
    private final PackEvidenceFile evidence;
    private final JsonNode received;
    private final CrisisAct.PackOpened act;
    private final PackDocument document;

    private PackProse(PackEvidenceFile evidence, CrisisAct.PackOpened act, PackDocument document, String language) {
        this.evidence = evidence;
        this.received = evidence.received().record();
        this.act = act;
        this.document = document;
        this.words = new PageWords(language);
    }

    /**
     * The text.
     *
     * @param act the declaration in the file
     * @param document the document in the file
     * @param language BCP 47 tag; what there is no translation of is read in English
     */
    static ProseDocument of(
            PackEvidenceFile evidence, CrisisAct.PackOpened act, PackDocument document, String language) {
        return new PackProse(evidence, act, document, language).written(language);
    }

    private ProseDocument written(String language) {
        return words.document(
                language,
                received.path("document").asText(),
                "pack.title",
                List.of(
                        words.article("what", "what.heading", what()),
                        words.article("about", "pack.heading", about()),
                        words.article("proofs", "proofs.heading", proofs()),
                        words.article("figures", "figures.heading", figures())));
    }

    private List<String> what() {
        return List.of(
                words.say(
                        "pack.delivered",
                        received.path("provider").path("party").asText(),
                        received.path("consumer").path("party").asText()),
                words.say("pack.opened", act.party(), act.at().toString(), act.reason()));
    }

    private List<String> about() {
        return List.of(
                words.say("pack.id", evidence.pack()),
                words.say("pack.received", received.path("time").asText()),
                words.say(
                        "about.agreement",
                        document.agreement().id(),
                        String.valueOf(document.agreement().version()),
                        document.leg()),
                words.say("about.release", document.release().id()));
    }

    private List<String> proofs() {
        List<String> lines = new ArrayList<>();
        evidence.cards()
                .forEach((party, chain) -> lines.add(words.say("proofs.cards", party, String.valueOf(chain.size()))));
        List<EvidenceFile.Stamp> stamps = evidence.stamps();
        if (stamps != null) {
            lines.add(words.say("proofs.stamps", String.valueOf(stamps.size())));
        }
        lines.add(words.say(
                "proofs.made", evidence.exported().time(), evidence.exported().by()));
        return lines;
    }

    private List<String> figures() {
        List<String> lines = new String(Base64.getDecoder().decode(document.csv()), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(SHOWN_LINES, lines.size())));
        if (lines.size() > SHOWN_LINES) {
            shown.add(words.say("figures.more", String.valueOf(lines.size() - SHOWN_LINES)));
        }
        return shown;
    }
}
