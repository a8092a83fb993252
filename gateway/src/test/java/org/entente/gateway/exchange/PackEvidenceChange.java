package org.entente.gateway.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.testing.Alteration;

/** One change to the evidence of a crisis pack, and the step of its verification that must find it. */
record PackEvidenceChange(String step, Consumer<ObjectNode> change) {
    byte[] of(byte[] file) {
        ObjectNode tree = (ObjectNode) CanonicalJson.parseStrict(file);
        change.accept(tree);
        return CanonicalJson.encode(tree);
    }

    /** To the consumer's evidence: each part is changed, or exchanged for one that is sound in itself. */
    static List<PackEvidenceChange> toTheConsumers() {
        return List.of(
                new PackEvidenceChange("format", tree -> tree.remove("declaration")),
                new PackEvidenceChange("format", tree -> tree.put("format", "entente-evidence/1")),
                new PackEvidenceChange("format", tree -> tree.put("request", "none")),
                new PackEvidenceChange("cards", tree -> tree.putObject("cards").putArray("ITA")),
                new PackEvidenceChange(
                        "cards", tree -> ((ArrayNode) tree.at("/cards/ITA")).set(0, tree.at("/cards/PHL/0"))),
                new PackEvidenceChange("agreement", tree -> tree.set("agreement", tree.at("/declaration/instrument"))),
                new PackEvidenceChange(
                        "agreement", tree -> Alteration.of((ObjectNode) tree.path("agreement"), "payload", 90)),
                new PackEvidenceChange("agreement", tree -> tree.remove("companions")),
                new PackEvidenceChange(
                        "agreement",
                        tree -> Alteration.of((ObjectNode) tree.at("/companions/signatures/1"), "signature", 1_000)),
                // the figures are a part of the message
                new PackEvidenceChange(
                        "delivery-digest", tree -> Alteration.of((ObjectNode) tree.path("delivery"), "body", 900)),
                new PackEvidenceChange(
                        "delivery-signature", tree -> ((ObjectNode) tree.path("delivery")).put("method", "PUT")),
                new PackEvidenceChange("delivery-signature", tree -> header(tree, "signature", "entente=:")),
                new PackEvidenceChange("delivery-signature", tree -> header(tree, "signature", "entente-pq=:")),
                new PackEvidenceChange("pack", tree -> tree.put("pack", "0192f3a1-0000-7000-8000-000000000001")),
                new PackEvidenceChange("consumer", tree -> tree.set("received", tree.get("opened"))),
                new PackEvidenceChange("consumer", tree -> ((ObjectNode) tree.path("exported")).put("by", "ITA")),
                new PackEvidenceChange(
                        "received", tree -> ((ObjectNode) tree.at("/received/record")).put("leg", "other")),
                new PackEvidenceChange(
                        "received",
                        tree -> ((ObjectNode) tree.path("received")).set("proof", tree.at("/opened/proof"))),
                new PackEvidenceChange(
                        "declaration",
                        tree -> ((ObjectNode) tree.path("declaration")).set("instrument", tree.get("agreement"))),
                new PackEvidenceChange(
                        "declaration", tree -> ((ObjectNode) tree.path("declaration")).remove("companion")),
                new PackEvidenceChange(
                        "declaration",
                        tree -> Alteration.of(
                                (ObjectNode) tree.at("/declaration/companion/document"), "signature", 50)),
                new PackEvidenceChange("opened", tree -> tree.set("opened", tree.get("received"))),
                new PackEvidenceChange(
                        "opened", tree -> ((ObjectNode) tree.at("/opened/record")).put("figures", "other")),
                new PackEvidenceChange(
                        "opened", tree -> ((ObjectNode) tree.at("/opened/record")).put("time", "2026-01-01T00:00:00Z")),
                new PackEvidenceChange(
                        "opened", tree -> ((ObjectNode) tree.path("opened")).set("proof", tree.at("/received/proof"))),
                new PackEvidenceChange("seal", tree -> tree.put("page", "<p>something else</p>")),
                new PackEvidenceChange(
                        "seal", tree -> Alteration.of((ObjectNode) tree.at("/seal/signatures/0"), "signature", 10)));
    }

    /** Changes a letter of a field of the delivery, a little behind a mark. */
    private static void header(ObjectNode tree, String name, String mark) {
        for (JsonNode header : tree.at("/delivery/headers")) {
            if (header.get(0).asText().equalsIgnoreCase(name)) {
                String value = header.get(1).asText();
                ((ArrayNode) header).set(1, Alteration.of(value, value.indexOf(mark) + mark.length() + 20));
            }
        }
    }

    /** The same to the provider's. */
    static List<PackEvidenceChange> toTheProviders() {
        return List.of(
                new PackEvidenceChange("format", tree -> tree.remove("made")),
                new PackEvidenceChange("format", tree -> tree.put("format", "entente-pack-evidence/1")),
                new PackEvidenceChange(
                        "cards", tree -> ((ArrayNode) tree.at("/cards/PHL")).set(0, tree.at("/cards/ITA/0"))),
                new PackEvidenceChange("agreement", tree -> tree.remove("companions")),
                new PackEvidenceChange("pack", tree -> tree.put("pack", "0192f3a1-0000-7000-8000-000000000001")),
                new PackEvidenceChange("pack", tree -> ((ObjectNode) tree.path("exported")).put("by", "PHL")),
                new PackEvidenceChange(
                        "consumer",
                        tree -> tree.set("received", tree.get("made").deepCopy())
                                .withObject("/received/record/consumer")
                                .put("party", "ITA")),
                // other figures than those whose digest both journals hold
                new PackEvidenceChange("made", PackEvidenceChange::otherFigures),
                new PackEvidenceChange("made", tree -> ((ObjectNode) tree.at("/made/record")).put("leg", "other")),
                new PackEvidenceChange(
                        "made", tree -> ((ObjectNode) tree.path("made")).set("proof", tree.at("/received/proof"))),
                new PackEvidenceChange("received", tree -> tree.set("received", tree.get("made"))),
                new PackEvidenceChange(
                        "received",
                        tree -> ((ObjectNode) tree.at("/received/record/request")).put("keyid", "other/signing")),
                new PackEvidenceChange(
                        "received",
                        tree -> ((ObjectNode) tree.at("/received/record")).put("time", "2026-01-01T00:00:00Z")),
                new PackEvidenceChange(
                        "declaration",
                        tree -> ((ObjectNode) tree.path("declaration")).set("instrument", tree.get("agreement"))),
                new PackEvidenceChange(
                        "declaration", tree -> ((ObjectNode) tree.path("declaration")).remove("companion")),
                new PackEvidenceChange("seal", tree -> tree.put("page", "<p>something else</p>")));
    }

    private static void otherFigures(ObjectNode tree) {
        ObjectNode document = (ObjectNode) CanonicalJson.parseStrict(
                Base64.getUrlDecoder().decode(tree.path("document").asText()));
        document.put("csv", "bm90aGluZw==");
        tree.put("document", Base64.getUrlEncoder().withoutPadding().encodeToString(CanonicalJson.encode(document)));
    }
}
