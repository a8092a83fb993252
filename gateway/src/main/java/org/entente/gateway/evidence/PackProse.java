package org.entente.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import org.entente.agreements.life.CrisisAct;
import org.entente.agreements.prose.ProseDocument;
import org.entente.crypto.VerificationException;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.exchange.PackDocument;
import org.jspecify.annotations.Nullable;

/** What the evidence of a crisis pack proves, in words of one language. It carries no proof of its own. */
final class PackProse {
    private static final int SHOWN_LINES = 40;

    private final PageWords words;
    private final Facts facts;
    private final CrisisAct.PackOpened act;
    private final PackDocument document;

    /**
     * What a file says beside the document and the declaration, whichever side made it.
     *
     * @param received the consumer's record that it held the pack
     */
    record Facts(
            String pack,
            JsonNode received,
            SortedMap<String, List<JsonNode>> cards,
            @Nullable List<EvidenceFile.Stamp> stamps,
            EvidenceFile.Exported exported) {}

    private PackProse(Facts facts, CrisisAct.PackOpened act, PackDocument document, String language) {
        this.facts = facts;
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
    private static ProseDocument of(Facts facts, CrisisAct.PackOpened act, PackDocument document, String language) {
        return new PackProse(facts, act, document, language).written(language);
    }

    /**
     * A whole page, in each of some languages.
     *
     * @param declaration the act, as nodes exchanged it
     * @param document as it was delivered
     * @throws EntenteException {@code evidence-invalid} if they cannot be read
     */
    static String page(Facts facts, JsonNode declaration, byte[] document, List<String> languages) {
        try {
            PackDocument read = PackDocument.parse(document);
            if (!(SignedAct.act(declaration) instanceof CrisisAct.PackOpened act)) {
                throw new EntenteException(
                        ErrorCode.EVIDENCE_INVALID, "The act " + SignedAct.id(declaration) + " opens no crisis pack.");
            }
            return EvidencePage.of(
                    "Evidence of the crisis pack " + facts.pack(),
                    languages.stream()
                            .map(language -> of(facts, act, read, language))
                            .toList());
        } catch (VerificationException e) {
            throw new EntenteException(ErrorCode.EVIDENCE_INVALID, "The crisis pack cannot be read.", e);
        }
    }

    private ProseDocument written(String language) {
        return words.document(
                language,
                facts.received().path("document").asText(),
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
                        facts.received().path("provider").path("party").asText(),
                        facts.received().path("consumer").path("party").asText()),
                words.say("pack.opened", act.party(), act.at().toString(), act.reason()));
    }

    private List<String> about() {
        return List.of(
                words.say("pack.id", facts.pack()),
                words.say("pack.received", facts.received().path("time").asText()),
                words.say(
                        "about.agreement",
                        document.agreement().id(),
                        String.valueOf(document.agreement().version()),
                        document.leg()),
                words.say("about.release", document.release().id()));
    }

    private List<String> proofs() {
        List<String> lines = new ArrayList<>();
        facts.cards()
                .forEach((party, chain) -> lines.add(words.say("proofs.cards", party, String.valueOf(chain.size()))));
        List<EvidenceFile.Stamp> stamps = facts.stamps();
        if (stamps != null) {
            lines.add(words.say("proofs.stamps", String.valueOf(stamps.size())));
        }
        lines.add(words.say(
                "proofs.made", facts.exported().time(), facts.exported().by()));
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
