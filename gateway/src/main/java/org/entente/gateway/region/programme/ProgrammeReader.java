package org.entente.gateway.region.programme;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.region.comparison.ComparabilityTable;
import org.entente.gateway.region.comparison.ReconciliationMethod;
import org.entente.gateway.region.indicator.IndicatorTable;
import org.jspecify.annotations.Nullable;

/** Reads programmes as authors write them, JSON or YAML, and says all that is wrong with one at once. */
final class ProgrammeReader {
    private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9-]{1,63}");
    private static final Pattern DAY = Pattern.compile("--(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])");
    private static final int MOST_TABLES = 100;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ProgrammeReader() {}

    /** @throws EntenteException {@code programme-invalid} */
    static Programme read(byte[] jsonOrYaml) {
        Programme programme;
        try {
            programme = JSON.treeToValue(YAML.readTree(jsonOrYaml), Programme.class);
            if (programme == null) {
                throw new IOException("it is empty");
            }
        } catch (JsonProcessingException e) {
            throw invalid(List.of("It cannot be read: " + e.getOriginalMessage()));
        } catch (IOException | RuntimeException e) {
            throw invalid(List.of("It cannot be read: " + e.getMessage()));
        }
        List<String> faults = faults(programme);
        if (!faults.isEmpty()) {
            throw invalid(faults);
        }
        return programme;
    }

    static EntenteException invalid(List<String> faults) {
        return new EntenteException(
                ErrorCode.PROGRAMME_INVALID, String.join(" ", faults), Map.of("faults", List.copyOf(faults)));
    }

    /** What can be said without looking at the framework. */
    private static List<String> faults(Programme programme) {
        List<String> faults = new ArrayList<>();
        require(faults, Programme.FORMAT.equals(programme.format()), "format: is " + Programme.FORMAT + ".");
        require(faults, matches(ID, programme.id()), "id: has 2 to 64 capitals, digits and hyphens.");
        require(faults, programme.version() >= 1, "version: counts from 1.");
        require(faults, programme.agreement() != null, "agreement: is missing.");
        require(faults, !programme.title().isEmpty(), "title: is missing.");
        require(
                faults,
                !programme.tables().isEmpty() && programme.tables().size() <= MOST_TABLES,
                "tables: there are 1 to " + MOST_TABLES + ".");
        require(faults, programme.acceptedYears() >= 0, "acceptedYears: is not negative.");
        require(faults, programme.minimumReporting() >= 3, "minimumReporting: is at least 3.");
        require(
                faults,
                programme.dominance() >= 0 && programme.dominance() <= 100,
                "dominance: is a percentage from 0 to 100.");
        comparability(faults, programme.comparability());
        rounds(faults, programme.rounds());
        Set<String> ids = new HashSet<>();
        for (Programme.Table table : programme.tables()) {
            boolean whole = matches(ID, table.id())
                    && table.dataflow() != null
                    && table.leg() != null
                    && table.purpose() != null
                    && table.publish() != null
                    && !table.title().isEmpty();
            require(faults, whole, "tables: " + table.id() + " lacks a member, or its id is none.");
            require(faults, ids.add(table.id()), "tables: " + table.id() + " stands twice.");
        }
        for (Programme.HarmonisationRule rule : programme.harmonisation()) {
            boolean whole = matches(ID, rule.id())
                    && rule.component() != null
                    && rule.note() != null
                    && !rule.note().isBlank()
                    && !rule.codes().isEmpty();
            require(faults, whole, "harmonisation: " + rule.id() + " lacks a member or says not why it is fair.");
            require(faults, ids.add(rule.id()), "harmonisation: " + rule.id() + " stands twice.");
        }
        indicators(faults, programme.indicators());
        for (ReconciliationRule rule : programme.reconciliation()) {
            reconciliation(faults, programme, rule);
            require(faults, ids.add(rule.id()), "reconciliation: " + rule.id() + " stands twice.");
        }
        return faults;
    }

    private static void reconciliation(List<String> faults, Programme programme, ReconciliationRule rule) {
        Optional<ReconciliationMethod> method = ReconciliationMethod.find(rule.method());
        String name = "reconciliation: " + rule.id();
        require(faults, matches(ID, rule.id()), name + " is no id.");
        require(
                faults,
                method.isPresent(),
                name + " is of no method that is known: "
                        + Arrays.stream(ReconciliationMethod.values())
                                .map(ReconciliationMethod::id)
                                .collect(Collectors.joining(", "))
                        + ".");
        require(
                faults,
                programme.tables().stream().anyMatch(table -> table.id().equals(rule.table())),
                name + " is for a table that the programme does not have.");
        require(
                faults,
                rule.origin() != null
                        && rule.destination() != null
                        && !rule.origin().equals(rule.destination()),
                name + " names two members.");
        require(
                faults,
                rule.note() != null && !rule.note().isBlank(),
                name + " says why the method is fair for this pair.");
        require(
                faults,
                (rule.prefer() != null) == (method.orElse(null) == ReconciliationMethod.PREFERRED),
                name + " names the preferred side exactly if its method is PREFERRED.");
    }

    private static void indicators(List<String> faults, Programme.@Nullable Indicators indicators) {
        if (indicators == null) {
            return;
        }
        require(
                faults,
                indicators.dataset() != null && !indicators.dataset().isBlank(),
                "indicators.dataset: names a data set of the secretariat's node.");
        require(faults, !indicators.codes().isEmpty(), "indicators.codes: names at least one.");
        List<String> known = IndicatorTable.codes();
        for (String code : indicators.codes()) {
            require(
                    faults,
                    known.contains(code) || code.equals(IndicatorTable.MIGRANT_SHARE),
                    "indicators.codes: " + code + " is no reference indicator.");
        }
    }

    private static void rounds(List<String> faults, Programme.Rounds rounds) {
        if (rounds == null) {
            faults.add("rounds: is missing.");
            return;
        }
        require(faults, rounds.due().stream().allMatch(DAY.asMatchPredicate()), "rounds.due: days are --MM-DD.");
        require(faults, rounds.yearsBack() >= 0, "rounds.yearsBack: is not negative.");
        require(
                faults,
                rounds.deadlineHours() >= 1 && rounds.deadlineHours() <= 24 * 366,
                "rounds.deadlineHours: is from 1 to 8784.");
        require(
                faults,
                rounds.attemptSeconds() >= 1 && rounds.attemptSeconds() <= 3600,
                "rounds.attemptSeconds: is from 1 to 3600.");
    }

    private static void comparability(List<String> faults, String version) {
        try {
            ComparabilityTable.load(String.valueOf(version));
        } catch (IllegalArgumentException e) {
            faults.add("comparability: " + e.getMessage() + ".");
        }
    }

    private static boolean matches(Pattern pattern, String text) {
        return text != null && pattern.matcher(text).matches();
    }

    private static void require(List<String> faults, boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
