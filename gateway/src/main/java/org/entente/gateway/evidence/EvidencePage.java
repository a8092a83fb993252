package org.entente.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The page of an evidence file: what happened, in words, for a person who will never see a tlog-proof. It carries no proof of its own; the
 * file's other parts do.
 */
final class EvidencePage {
    private static final int SHOWN_LINES = 40;
    private static final String STYLE = "body{font-family:serif;max-width:46rem;margin:2rem auto;line-height:1.4}"
            + "th{text-align:left;vertical-align:top;padding-right:1rem}pre{overflow-x:auto;background:#f4f4f4;padding:.5rem}";

    private EvidencePage() {}

    static String of(EvidenceFile evidence) {
        JsonNode record = evidence.answered().record();
        String provider = record.path("provider").path("party").asText();
        String consumer = record.path("consumer").path("party").asText();
        boolean permit = evidence.response().status() == 200;
        StringBuilder page = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(text("Evidence of exchange " + evidence.exchange()))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>Evidence of an exchange of statistics</h1><p>")
                .append(text(consumer + " asked " + provider + "; " + provider
                        + (permit ? " answered with figures." : " refused.")
                        + " Both messages are signed, and the journals named below hold them."))
                .append("</p><table>");
        rows(evidence, record)
                .forEach(row -> page.append("<tr><th>")
                        .append(text(row.getKey()))
                        .append("</th><td>")
                        .append(text(row.getValue()))
                        .append("</td></tr>"));
        return page.append("</table><h2>")
                .append(permit ? "The figures" : "The refusal")
                .append("</h2><pre>")
                .append(text(excerpt(evidence)))
                .append(
                        "</pre><p>This page is a convenience. What counts is the signed messages and proofs in the same file, which the"
                                + " verifier checks.</p></body></html>")
                .toString();
    }

    private static List<Map.Entry<String, String>> rows(EvidenceFile evidence, JsonNode record) {
        List<Map.Entry<String, String>> rows = new ArrayList<>();
        rows.add(Map.entry("Exchange", evidence.exchange()));
        rows.add(Map.entry("Answered", record.path("time").asText() + " by the provider's clock"));
        rows.add(Map.entry("Purpose", record.path("purpose").asText()));
        rows.add(Map.entry(
                "Asked by",
                record.path("requester").asText() + " (a role, and a pseudonym only the asking party can resolve)"));
        JsonNode agreement = record.path("agreement");
        rows.add(Map.entry(
                "Agreement",
                agreement.isObject()
                        ? agreement.path("id").asText() + ", version "
                                + agreement.path("version").asInt() + ", leg "
                                + record.path("leg").asText()
                        : "none"));
        rows.add(Map.entry(
                "Request",
                evidence.request().method() + " " + evidence.request().url()));
        if (record.path("release").isObject()) {
            rows.add(Map.entry("Release", record.path("release").path("id").asText()));
        }
        evidence.cards()
                .forEach((party, chain) ->
                        rows.add(Map.entry("Cards of " + party, chain.size() + ", the newest in use")));
        rows.add(Map.entry("Consumer's receipt", evidence.received() == null ? "not in this file" : "in this file"));
        if (evidence.deleted() != null) {
            JsonNode gone = evidence.deleted().record();
            rows.add(Map.entry(
                    "Figures",
                    "deleted by the consumer on " + gone.path("time").asText() + " under "
                            + gone.path("cause").asText() + " ("
                            + gone.path("because").asText()
                            + "); their digest is in the answer"));
        }
        if (evidence.notes() != null) {
            rows.add(Map.entry("Signed notes on the figures", evidence.notes().size() + " in this file"));
        }
        rows.add(Map.entry(
                "File made",
                evidence.exported().time() + " by " + evidence.exported().by()));
        return rows;
    }

    private static String excerpt(EvidenceFile evidence) {
        if (evidence.response().body() == null) {
            return "deleted";
        }
        String body =
                new String(Base64.getUrlDecoder().decode(evidence.response().body()), StandardCharsets.UTF_8);
        List<String> lines = body.lines().toList();
        String shown = String.join("\n", lines.subList(0, Math.min(SHOWN_LINES, lines.size())));
        return lines.size() <= SHOWN_LINES ? shown : shown + "\n… and " + (lines.size() - SHOWN_LINES) + " more lines";
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
