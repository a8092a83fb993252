package org.entente.gateway.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.agreements.Template;
import org.entente.crypto.canonical.CanonicalJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A legal officer at the command line, without any node: from a template to a text that can be proposed. */
class AgreementDraftingTest {
    private Path folder;
    private Terminal terminal;

    @BeforeEach
    void open(@TempDir Path scratch) {
        folder = scratch;
        terminal = new Terminal(scratch);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    /** The form of the memorandum, filled in as a person would. */
    private Path filledForm() throws IOException {
        assertEquals(
                0,
                terminal.entente("agreement", "templates", "bilateral-diaspora-stock", "--out", file("values.yaml")),
                () -> terminal.err);
        String form = Files.readString(file("values.yaml"));
        form = filled(form, "origin:", "PHL", "Philippines", "PH", "p", "CFO");
        form = filled(form, "destination:", "ITA", "Italy", "IT", "i", "ISTAT");
        return Files.writeString(file("filled.yaml"), form);
    }

    private static String filled(
            String form, String side, String id, String name, String area, String card, String authority) {
        String[][] answers = {
            {"id", id},
            {"name", name},
            {"area", area},
            {"rootCard", card.repeat(43)},
            {"authority", authority},
            {"authorityName", "Office of " + name},
            {"contact", "liaison@" + area + ".example"}
        };
        String filled = form;
        for (String[] answer : answers) {
            String gap = "  " + answer[0] + ": \"\"";
            int at = filled.indexOf(gap, filled.indexOf("\n" + side));
            filled = filled.substring(0, at) + "  " + answer[0] + ": \"" + answer[1] + "\""
                    + filled.substring(at + gap.length());
        }
        return filled;
    }

    private Path memorandum() throws IOException {
        Path text = file("agreement.yaml");
        assertEquals(
                0,
                terminal.entente(
                        "agreement", "new", "bilateral-diaspora-stock", "--values", filledForm(), "--out", text),
                () -> terminal.err);
        return text;
    }

    @Test
    void aTextIsMadeFromATemplateCheckedAndReadInFourLanguages() throws IOException {
        assertEquals(0, terminal.entente("agreement", "templates"));
        assertEquals(Template.NAMES.size(), terminal.out.lines().count());
        Path text = memorandum();
        assertTrue(terminal.out.contains("urn:uuid:"), terminal.out);
        assertEquals(0, terminal.entente("agreement", "lint", text, "--strict"), () -> terminal.out);
        assertEquals("Nothing found.", terminal.out.strip());
        String[][] participants = {
            {"en", "Participants"}, {"fr", "Participants"}, {"es", "Participantes"}, {"ar", "المشاركون"}
        };
        for (String[] words : participants) {
            assertEquals(0, terminal.entente("agreement", "prose", text, "--language", words[0]), () -> terminal.err);
            assertTrue(terminal.out.contains(words[1]), terminal.out);
        }
        Path page = file("text.html");
        assertEquals(0, terminal.entente("agreement", "prose", text, "--format", "html", "--out", page));
        assertTrue(Files.readString(page).startsWith("<!DOCTYPE html>"));
        Path pdf = file("text.pdf");
        assertEquals(
                0,
                terminal.entente("agreement", "prose", text, "--language", "ar", "--format", "pdf", "--out", pdf),
                () -> terminal.err);
        assertTrue(Files.readString(pdf, StandardCharsets.ISO_8859_1).startsWith("%PDF-"));
    }

    @Test
    void aFaultIsFoundWithItsPlaceAndStopsTheSignature() throws IOException {
        String text = Files.readString(memorandum());
        Path quota =
                Files.writeString(file("quota.yaml"), text.replaceAll("(?s)  quota:\n.*?  calendar:", "  calendar:"));
        assertEquals(0, terminal.entente("agreement", "lint", quota), () -> terminal.out);
        assertTrue(terminal.out.contains("WARNING quota-missing (clause 16) at /legs/0"), terminal.out);
        assertEquals(1, terminal.entente("agreement", "lint", quota, "--strict"));
        Path binding = Files.writeString(file("binding.yaml"), text.replace("binding: false", "binding: true"));
        assertEquals(1, terminal.entente("agreement", "lint", binding, "--json"));
        assertEquals(
                "mou-binding",
                CanonicalJson.parseStrict(terminal.out.getBytes(StandardCharsets.UTF_8))
                        .at("/0/code")
                        .asText());
        Path broken = Files.writeString(file("broken.yaml"), text.replace("\"BILATERAL\"", "\"TRILATERAL\""));
        assertEquals(1, terminal.entente("agreement", "lint", broken));
        assertTrue(terminal.out.contains("document-schema (clause 1) at /kind"), terminal.out);
        assertEquals(1, terminal.entente("agreement", "prose", broken));
        assertTrue(terminal.err.contains("agreement-invalid") && terminal.err.contains("/kind"), terminal.err);
    }

    @Test
    void theCodesOfTheStructureAreKnownWithoutANode() throws IOException {
        String text = Files.readString(memorandum());
        Path odd = Files.writeString(file("odd.yaml"), text.replace("\"Y_GE65\"", "\"Y_GE66\""));
        assertEquals(1, terminal.entente("agreement", "lint", odd));
        assertTrue(terminal.out.contains("code-unknown") && terminal.out.contains("Y_GE66"), terminal.out);
        assertFalse(terminal.out.contains("structure-unknown"));
    }

    @Test
    void twoVersionsAreComparedInWords() throws IOException {
        Path before = memorandum();
        String text = Files.readString(before);
        Path after = Files.writeString(file("after.yaml"), text.replaceAll("(?m)^ *- \"[FM]\"\n", ""));
        assertEquals(0, terminal.entente("agreement", "compare", before, after), () -> terminal.err);
        assertTrue(terminal.out.contains("Leg ITA-PHL-STOCK no longer allows, of SEX: F, M."), () -> terminal.out);
        assertEquals(0, terminal.entente("agreement", "compare", before, before, "--language", "fr"));
        assertTrue(terminal.out.contains("Les deux textes disent la même chose."), terminal.out);
    }

    @Test
    void wrongUsageIsNamed() throws IOException {
        assertEquals(2, terminal.entente("agreement", "templates", "no-such"));
        assertTrue(terminal.err.contains("rcp-framework"), terminal.err);
        assertEquals(2, terminal.entente("agreement", "new", "no-such", "--out", file("x.yaml")));
        assertEquals(
                1, terminal.entente("agreement", "new", "rcp-framework", "--set", "title=x", "--out", file("x.yaml")));
        assertTrue(terminal.err.contains("/members: has 0 items; at least 3"), terminal.err);
        Path text = memorandum();
        assertEquals(2, terminal.entente("agreement", "prose", text, "--language", "tlh"));
        assertTrue(terminal.err.contains("en, fr, es, ar"), terminal.err);
        assertEquals(2, terminal.entente("agreement", "prose", text, "--format", "pdf"));
        assertTrue(terminal.err.contains("--out"), terminal.err);
        assertEquals(2, terminal.entente("agreement", "lint", text, "--config", file("nowhere.yml")));
    }
}
