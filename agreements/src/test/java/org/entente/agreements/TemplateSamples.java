package org.entente.agreements;

import java.util.Map;
import java.util.TreeMap;

/** Every template filled, as tests use them. */
public final class TemplateSamples {
    private TemplateSamples() {}

    /** Values for a template. */
    public static Map<String, String> values(String template) {
        return switch (template) {
            case "bilateral-diaspora-stock", "bilateral-diaspora-stock-crisis" -> Sample.values();
            case "technical-annex" -> annex();
            case "rcp-framework" -> framework();
            default -> throw new AssertionError("no values for template " + template);
        };
    }

    /** The template filled with them. */
    public static Agreement filled(String template) {
        try {
            return Template.load(template).fill(values(template));
        } catch (InvalidAgreementException e) {
            throw new AssertionError(template, e);
        }
    }

    private static Map<String, String> annex() {
        Map<String, String> values = new TreeMap<>(Map.of(
                "id", "urn:uuid:0d9a1a4e-58f2-4a3c-a3f4-6b8f3f9f2c11",
                "timeZone", "Europe/Chisinau",
                "parent.title", "Treaty on cooperation in statistics",
                "parent.reference", "United Nations Treaty Series, vol. 1",
                "parent.article", "Article 7",
                "letters.sha256", "l".repeat(43)));
        party(values, "first", "MDA", "Moldova", "MD", "NBS");
        party(values, "second", "AZE", "Azerbaijan", "AZ", "SSC");
        return values;
    }

    private static Map<String, String> framework() {
        Map<String, String> values = new TreeMap<>(Map.of(
                "id", "urn:uuid:7be3b1f0-3c1e-4b57-9c0e-0a2d7f1b4c22",
                "title", "Framework of the Abu Dhabi Dialogue on migration statistics",
                "process", "Abu Dhabi Dialogue",
                "secretariat.id", "ADD",
                "secretariat.name", "Secretariat of the Abu Dhabi Dialogue",
                "secretariat.rootCard", "a".repeat(43),
                "secretariat.host", "MOHRE",
                "secretariat.contact", "focal@add.example"));
        party(values, "members.1", "PHL", "Philippines", "PH", "PSA");
        party(values, "members.2", "IND", "India", "IN", "MEA");
        party(values, "members.3", "ARE", "United Arab Emirates", "AE", "FCSC");
        values.putAll(Map.of("joining.1.id", "THA", "joining.1.name", "Thailand", "joining.1.area", "TH"));
        return values;
    }

    private static void party(
            Map<String, String> values, String at, String id, String name, String area, String authority) {
        values.putAll(Map.of(
                at + ".id", id,
                at + ".name", name,
                at + ".area", area,
                at + ".rootCard",
                        id.substring(0, 1).toLowerCase(java.util.Locale.ROOT).repeat(43),
                at + ".authority", authority,
                at + ".authorityName", "Statistical office of " + name,
                at + ".contact", "liaison@" + id + ".example"));
    }
}
