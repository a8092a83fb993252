package org.entente.gateway.region.national;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What the ministries' technical working group writes for an edition of the extended migration profile, JSON or YAML.
 *
 * @param format {@link #FORMAT}
 * @param title by language
 * @param year that the profile is for
 * @param group offices of the working group
 * @param sections text, in the order in which it is read
 * @param objectives of migration policy, monitored from edition to edition
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NationalText(
        String format,
        SortedMap<String, String> title,
        int year,
        List<String> group,
        List<Section> sections,
        List<Objective> objectives) {
    /** The only format so far. */
    public static final String FORMAT = "entente-national-text/1";

    private static final int LONGEST = 100_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    public NationalText {
        title = title == null ? new TreeMap<>() : new TreeMap<>(title);
        group = group == null ? List.of() : List.copyOf(group);
        sections = sections == null ? List.of() : List.copyOf(sections);
        objectives = objectives == null ? List.of() : List.copyOf(objectives);
    }

    /** The parts of an extended migration profile. */
    public enum Part {
        /** Trends and characteristics. */
        A,
        /** Impact of migration. */
        B,
        /** Governance of migration. */
        C,
        /** Findings and recommendations. */
        D
    }

    /**
     * A section.
     *
     * @param author office that answers for it
     */
    public record Section(Part part, String heading, String text, String author) {}

    /**
     * An objective of migration policy.
     *
     * @param id stays the same over all editions
     * @param statement what is to be reached
     * @param indicator by which that is measured, with its unit
     * @param value where it stands in this edition; null where nobody has measured it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Objective(
            String id,
            String statement,
            String indicator,
            Mark baseline,
            Mark target,
            @Nullable Mark value) {
        /** How much of the way from baseline to target is done, 0 to 1 and beyond; null where nobody has measured it or there is no way. */
        public @Nullable Double progress() {
            double way = target.value() - baseline.value();
            return value == null || way == 0 ? null : (value.value() - baseline.value()) / way;
        }
    }

    /**
     * A value at a time.
     *
     * @param source where it is from; null for a target
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Mark(
            String period, double value, @Nullable String source) {}

    /**
     * Reads one.
     *
     * @throws EntenteException {@code national-profile-invalid} naming everything that is wrong
     */
    public static NationalText read(byte[] jsonOrYaml) {
        NationalText text;
        try {
            text = JSON.treeToValue(YAML.readTree(jsonOrYaml), NationalText.class);
        } catch (JsonProcessingException e) {
            throw invalid(List.of("It cannot be read: " + e.getOriginalMessage()));
        } catch (IOException e) {
            throw invalid(List.of("It cannot be read: " + e.getMessage()));
        }
        List<String> faults = text == null ? List.of("It is empty.") : text.faults();
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
        return text;
    }

    private static EntenteException invalid(List<String> faults) {
        return new EntenteException(
                ErrorCode.NATIONAL_PROFILE_INVALID, String.join(" ", faults), Map.of("faults", List.copyOf(faults)));
    }

    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        require(faults, FORMAT.equals(format), "format: is " + FORMAT + ".");
        require(faults, !title.isEmpty(), "title: is missing.");
        require(faults, year >= 1900 && year <= 2200, "year: is missing.");
        require(faults, !group.isEmpty(), "group: names the offices of the working group.");
        for (Section section : sections) {
            boolean whole = section.part() != null
                    && present(section.heading())
                    && present(section.text())
                    && group.contains(section.author());
            require(
                    faults,
                    whole,
                    "sections: " + section.heading()
                            + " needs a part A to D, heading, text, and an author of the group.");
        }
        Set<String> ids = new HashSet<>();
        for (Objective objective : objectives) {
            boolean whole = present(objective.id())
                    && present(objective.statement())
                    && present(objective.indicator())
                    && complete(objective.baseline(), true)
                    && complete(objective.target(), false)
                    && (objective.value() == null || complete(objective.value(), true));
            require(
                    faults,
                    whole,
                    "objectives: " + objective.id()
                            + " needs a statement, an indicator, a baseline with source, and a target.");
            require(faults, ids.add(objective.id()), "objectives: " + objective.id() + " stands twice.");
        }
        return faults;
    }

    private static boolean complete(@Nullable Mark mark, boolean sourced) {
        return mark != null && present(mark.period()) && (!sourced || present(mark.source()));
    }

    private static boolean present(@Nullable String text) {
        return text != null && !text.isBlank() && text.length() <= LONGEST;
    }

    private static void require(List<String> faults, boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
