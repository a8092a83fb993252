package org.entente.gateway.region.national;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.region.profile.ConsultationSummary;
import org.jspecify.annotations.Nullable;

/**
 * An edition of a state's migration profile.
 *
 * @param format {@link #FORMAT}
 * @param party the state
 * @param edition 1, 2, ...
 * @param made when, UTC
 * @param text of the working group
 * @param annex filled from own releases and from what partners have answered
 * @param consultation comments that came on the draft; null where nobody was asked
 */
public record NationalProfile(
        String format,
        String party,
        int edition,
        String made,
        NationalText text,
        List<AnnexRow> annex,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ConsultationSummary consultation) {
    /** The only format so far. */
    public static final String FORMAT = "entente-national-profile/1";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public NationalProfile {
        annex = List.copyOf(annex);
    }

    /** The same with other rows in the annex. */
    NationalProfile with(List<AnnexRow> rows) {
        return new NationalProfile(format, party, edition, made, text, rows, consultation);
    }

    byte[] encode() {
        return CanonicalJson.encode(MAPPER.valueToTree(this));
    }

    static NationalProfile decode(byte[] json) {
        try {
            return MAPPER.readValue(json, NationalProfile.class);
        } catch (IOException e) {
            throw new IllegalStateException("a stored national profile cannot be read", e);
        }
    }

    /**
     * Something that is different from an earlier edition.
     *
     * @param what {@code section}, {@code objective} or {@code annex}
     * @param name heading, id or row
     * @param before as text; null if it is new
     * @param after as text; null if it is gone
     */
    public record Difference(
            String what,
            String name,
            @Nullable String before,
            @Nullable String after) {}

    /** What is different from an earlier edition, in the order of sections, objectives, annex. */
    public List<Difference> since(NationalProfile earlier) {
        List<Difference> differences = new ArrayList<>();
        compare("section", sections(earlier), sections(this), differences);
        compare("objective", objectives(earlier), objectives(this), differences);
        compare("annex", annex(earlier), annex(this), differences);
        return differences;
    }

    private static void compare(
            String what, Map<String, String> before, Map<String, String> after, List<Difference> differences) {
        after.forEach((name, value) -> {
            if (!Objects.equals(before.get(name), value)) {
                differences.add(new Difference(what, name, before.get(name), value));
            }
        });
        before.forEach((name, value) -> {
            if (!after.containsKey(name)) {
                differences.add(new Difference(what, name, value, null));
            }
        });
    }

    private static Map<String, String> sections(NationalProfile profile) {
        Map<String, String> sections = new LinkedHashMap<>();
        profile.text().sections().forEach(one -> sections.put(one.part() + " " + one.heading(), one.text()));
        return sections;
    }

    private static Map<String, String> objectives(NationalProfile profile) {
        Map<String, String> objectives = new LinkedHashMap<>();
        profile.text()
                .objectives()
                .forEach(one -> objectives.put(
                        one.id(),
                        one.value() == null
                                ? "not measured, target " + one.target().value()
                                : one.value().value() + " in " + one.value().period() + ", target "
                                        + one.target().value() + " by "
                                        + one.target().period()));
        return objectives;
    }

    private static Map<String, String> annex(NationalProfile profile) {
        Map<String, String> rows = new LinkedHashMap<>();
        profile.annex()
                .forEach(row -> rows.put(
                        row.key(), (row.value() == null ? row.status() : row.value()) + " in " + row.period()));
        return rows;
    }
}
