package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.entente.agreements.Agreement;
import org.entente.agreements.Template;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.partners.NodeIdentity;
import org.entente.gateway.testing.TestNode;
import org.entente.gateway.treaties.TwoStates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How a concluded text is changed at the command line: a technical annex by letters, an error by consent. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TextsAtTheTerminalTest {
    private static final Object[] CRUZ = {"--name", "Maria Cruz", "--post", "Secretary"};
    private static final Object[] ROSSI = {"--name", "Anna Rossi", "--post", "Director"};

    private TwoStates states;
    private Delegation phl;
    private Delegation ita;
    private int files;

    @BeforeAll
    void open(@TempDir Path scratch) {
        states = new TwoStates();
        phl = new Delegation(scratch, states.philippines, states.cruz);
        ita = new Delegation(scratch, states.italy, states.rossi);
    }

    @AfterAll
    void close() {
        states.close();
    }

    private Agreement annex() throws Exception {
        Map<String, String> values = new TreeMap<>();
        values.put("id", "urn:uuid:" + UUID.randomUUID());
        values.put("parent.title", "Agreement on cooperation in statistics");
        values.put("parent.reference", "UNTS 1");
        values.put("parent.article", "Article 7");
        values.put("letters.sha256", "L".repeat(42) + "A");
        party(values, "first", states.philippines, "PH", "CFO");
        party(values, "second", states.italy, "IT", "ISTAT");
        return edited(
                Template.load("technical-annex").fill(values),
                document -> ((ObjectNode) document.path("course"))
                        .putObject("entryIntoForce")
                        .put("rule", "ON_LAST_SIGNATURE"));
    }

    private static void party(Map<String, String> values, String role, TestNode node, String area, String authority) {
        values.put(role + ".id", node.party());
        values.put(role + ".name", node.party());
        values.put(role + ".area", area);
        values.put(role + ".rootCard", node.bean(NodeIdentity.class).rootCardDigest());
        values.put(role + ".authority", authority);
        values.put(role + ".authorityName", authority);
        values.put(role + ".contact", "liaison@example.org");
    }

    private static Agreement edited(Agreement text, Consumer<ObjectNode> edit) throws Exception {
        ObjectNode tree = (ObjectNode) CanonicalJson.parseStrict(text.canonical());
        edit.accept(tree);
        return Agreement.parse(CanonicalJson.encode(tree));
    }

    private static Agreement next(Agreement text, int months) throws Exception {
        return edited(text, document -> {
            document.put("version", text.version() + 1).put("supersedes", text.digest());
            ((ObjectNode) document.at("/legs/0/retention")).put("months", months);
        });
    }

    private Path file(Agreement text) {
        return phl.staff.file("text-" + ++files + ".json", new String(text.canonical(), StandardCharsets.UTF_8));
    }

    /** Both propose and sign, each at its own node. */
    private void concluded(Agreement text) {
        phl.doesAs("tina", "agreement", "propose", file(text));
        ita.awaits(text.digest(), "PROPOSED");
        phl.doesAs("tina", "agreement", "submit", phl.signs(words("sign", phl.text(text.digest()), CRUZ)));
        ita.doesAs("tina", "agreement", "submit", ita.signs(words("sign", ita.text(text.digest()), ROSSI)));
        phl.awaits(text.digest(), "IN_EFFECT");
        ita.awaits(text.digest(), "IN_EFFECT");
    }

    private static Object[] words(Object first, Object second, Object[] more) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(first, second), java.util.Arrays.stream(more))
                .toArray();
    }

    private static Object[] letter(Path text, String replaces, Object[] who) {
        return words("letter", text, words("--replaces", replaces, words("--reference", "Note 7", who)));
    }

    @Test
    void aTechnicalAnnexIsAmendedByALetterOfEachSide() throws Exception {
        Agreement annex = annex();
        concluded(annex);
        Agreement wider = next(annex, 24);
        Path early = file(wider);
        phl.actIsRefused("agreement-unknown", wider.digest(), letter(early, annex.digest(), CRUZ));
        phl.doesAs("tina", "agreement", "propose", early);
        ita.awaits(wider.digest(), "PROPOSED");
        phl.actIsRefused("agreement-unknown", "is not held", letter(early, "x".repeat(43), CRUZ));
        phl.act(letter(phl.text(wider.digest()), annex.digest(), CRUZ));
        phl.actIsRefused("act-out-of-order", "sent its letter already", letter(early, annex.digest(), CRUZ));
        ita.awaits(wider.digest(), "reference: Note 7");
        assertTrue(ita.staff.out.contains("PROPOSED") && ita.staff.out.contains("signed by [PHL]"), ita.staff.out);
        assertTrue(ita.does("agreement", "show", annex.digest()).contains("IN_EFFECT"), ita.staff.out);

        ita.act(letter(ita.text(wider.digest()), annex.digest(), ROSSI));
        for (Delegation side : new Delegation[] {phl, ita}) {
            side.awaits(wider.digest(), "IN_EFFECT");
            assertTrue(side.does("agreement", "show", annex.id()).contains("version 2"), side.staff.out);
            assertTrue(
                    side.does("agreement", "list")
                            .lines()
                            .anyMatch(line -> line.contains(annex.digest()) && line.endsWith("replaced by version 2")),
                    side.staff.out);
        }
        ita.actIsRefused(
                "agreement-text-differs",
                wider.digest(),
                "suspend",
                ita.text(annex.digest()),
                "--leg",
                "ITA-PHL-PERMITS",
                "--reason",
                "the old text");
        assertTrue(
                phl.does("agreement", "same-text", annex.id(), "--with", "ITA").contains("same"), phl.staff.out);
    }

    @Test
    void aDigestThatBeginsWithAHyphenIsNoOption() throws Exception {
        Agreement text = states.memorandum();
        for (String start : new String[] {"-c", "--", "-Z"}) {
            String digest = start + "d".repeat(41);
            phl.isRefused(
                    "tina", "agreement-unknown", digest, "agreement", "propose", file(text), "--counters", digest);
            phl.isRefused(
                    "tina", "agreement-unknown", digest, "agreement", "propose", file(text), "--counters=" + digest);
            assertEquals(1, phl.staff.onNode(false, "agreement", "show", digest));
            assertTrue(
                    phl.staff.err.contains("agreement-unknown: This node holds no agreement " + digest), phl.staff.err);
        }
    }

    @Test
    void amongOtherAgreementsLettersChangeNothing() throws Exception {
        Agreement memorandum = states.memorandum();
        concluded(memorandum);
        Agreement wider = next(memorandum, 24);
        phl.doesAs("tina", "agreement", "propose", file(wider));
        ita.awaits(wider.digest(), "PROPOSED");
        phl.actIsRefused("act-not-allowed", "only a technical annex", letter(file(wider), memorandum.digest(), CRUZ));
    }

    @Test
    void anErrorIsCorrectedOnceTheOtherSideHasConsented() throws Exception {
        Agreement wrong =
                edited(states.memorandum(), document -> ((ObjectNode) document.path("title")).put("en", "Memoramdum"));
        concluded(wrong);
        Agreement right = edited(wrong, document -> ((ObjectNode) document.path("title")).put("en", "Memorandum"));
        Path corrected = file(right);
        Path defective = phl.text(wrong.digest());
        phl.isRefused("tina", "agreement-text-differs", wrong.digest(), "agreement", "propose", corrected);
        ita.actIsRefused(
                "agreement-unknown", right.digest(), "consent-to-correction", corrected, "--replaces", wrong.digest());
        Agreement version = next(wrong, 24);
        phl.actIsRefused(
                "act-not-allowed",
                "is a new version",
                "propose-correction",
                file(version),
                "--defective",
                defective,
                "--reason",
                "months");

        phl.act("propose-correction", corrected, "--defective", defective, "--reason", "misprint in the title");
        // The same text put forward again, by whichever side, is the same proposal.
        phl.act("propose-correction", corrected, "--defective", defective, "--reason", "again");
        assertFalse(phl.does("agreement", "show", right.digest()).contains("reason: again"), phl.staff.out);
        phl.actIsRefused(
                "act-out-of-order", "already", "consent-to-correction", corrected, "--replaces", wrong.digest());
        ita.awaits(right.digest(), "Memoramdum");
        assertTrue(ita.staff.out.contains("misprint in the title"), ita.staff.out);
        assertTrue(ita.does("agreement", "show", wrong.id()).contains(wrong.digest()), "nothing has changed yet");
        ita.isRefused(
                "tina",
                "act-not-allowed",
                "correct",
                "agreement",
                "submit",
                ita.signs(words("sign", ita.text(right.digest()), ROSSI)));

        ita.act("consent-to-correction", ita.text(right.digest()), "--replaces", wrong.digest());
        for (Delegation side : new Delegation[] {phl, ita}) {
            side.awaits(wrong.id(), right.digest());
            assertTrue(side.staff.out.contains("IN_EFFECT"), side.staff.out);
            side.actIsRefused(
                    "agreement-text-differs",
                    right.digest(),
                    "suspend",
                    side.text(wrong.digest()),
                    "--leg",
                    "ITA-PHL-STOCK",
                    "--reason",
                    "the old text");
        }
        assertFalse(Files.readString(phl.text(right.id())).contains("Memoramdum"));
        assertTrue(
                phl.does("agreement", "same-text", right.id(), "--with", "ITA").contains("same"), phl.staff.out);
    }
}
