package org.entente.agreements;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.Consumer;
import org.entente.crypto.canonical.CanonicalJson;

/** The PHL-ITA memorandum as tests use it, and variants of it. */
public final class Sample {
    public static final String ID = "urn:uuid:6f1c5b1e-0d1c-4b7e-9a51-3f0a7c0c1d11";
    public static final String STOCK = "ITA-PHL-STOCK";
    public static final String DEPARTURES = "PHL-ITA-DEPARTURES";

    private Sample() {}

    public static Map<String, String> values() {
        return Map.ofEntries(
                Map.entry("id", ID),
                Map.entry("timeZone", "Europe/Rome"),
                Map.entry("origin.id", "PHL"),
                Map.entry("origin.name", "Philippines"),
                Map.entry("origin.area", "PH"),
                Map.entry("origin.rootCard", "p".repeat(43)),
                Map.entry("origin.authority", "CFO"),
                Map.entry("origin.authorityName", "Commission on Filipinos Overseas"),
                Map.entry("origin.contact", "liaison@cfo.example"),
                Map.entry("destination.id", "ITA"),
                Map.entry("destination.name", "Italy"),
                Map.entry("destination.area", "IT"),
                Map.entry("destination.rootCard", "i".repeat(43)),
                Map.entry("destination.authority", "ISTAT"),
                Map.entry("destination.authorityName", "Italian National Institute of Statistics"),
                Map.entry("destination.contact", "liaison@istat.example"));
    }

    private static final Agreement AGREEMENT = filled();

    public static Agreement agreement() {
        return AGREEMENT;
    }

    private static Agreement filled() {
        try {
            return Template.load("bilateral-diaspora-stock").fill(values());
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    /** The document as a tree that a test may edit. */
    public static ObjectNode tree() {
        return (ObjectNode) CanonicalJson.parseStrict(agreement().canonical());
    }

    /** The memorandum after an edit; the edit must leave it valid. */
    public static Agreement edited(Consumer<ObjectNode> edit) {
        try {
            return read(edit);
        } catch (InvalidAgreementException e) {
            throw new AssertionError(e);
        }
    }

    /** The memorandum after an edit that may break it. */
    public static Agreement read(Consumer<ObjectNode> edit) throws InvalidAgreementException {
        ObjectNode tree = tree();
        edit.accept(tree);
        return Agreement.parse(CanonicalJson.encode(tree));
    }

    public static ObjectNode leg(ObjectNode document, int index) {
        return (ObjectNode) document.path("legs").path(index);
    }

    /** An edit at a JSON pointer's parent object. */
    public static ObjectNode at(ObjectNode document, String pointer) {
        return (ObjectNode) document.at(pointer);
    }
}
