package org.entente.agreements.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.entente.agreements.Nature;

/**
 * A table of acts by states, kept beside the tests so that a treaty officer can read it: {@code yes}, or in one word why the act is
 * refused. A cell does not count for a nature that does not know the state.
 */
final class ActTable {
    private static final Author OFFICER = new Author("cert", Set.of("cert"));

    private final String resource;
    private final Map<Nature, Map<String, Map<String, Try>>> tries = new EnumMap<>(Nature.class);

    ActTable(
            String resource,
            Function<Nature, Map<String, AgreementFile>> situations,
            Function<AgreementFile, Map<String, Try>> acts) {
        this.resource = resource;
        for (Nature nature : Nature.values()) {
            Map<String, Map<String, Try>> byState = new LinkedHashMap<>();
            situations.apply(nature).forEach((state, file) -> byState.put(state, acts.apply(file)));
            tries.put(nature, byState);
        }
    }

    /** An act, the text it is about, and the other texts there are. */
    record Try(AgreementFile file, List<AgreementFile> others, Instrument act) {
        static Try on(AgreementFile file, Instrument act) {
            return new Try(file, List.of(), act);
        }

        String outcome() {
            try {
                Life.check(file, others, act, OFFICER, Situations.NOW);
                return "yes";
            } catch (ActRefusedException e) {
                assertTrue(String.valueOf(e.getMessage()).length() > 15, "a refusal says why");
                return switch (e.reason()) {
                    case OUT_OF_ORDER -> "order";
                    case NOT_ALLOWED_BY_NATURE -> "nature";
                    case NOT_ALLOWED_BY_CLAUSE -> "clause";
                    case NOT_A_PARTY -> "party";
                    case NOT_ENTITLED -> "entitled";
                    case UNKNOWN_REFERENCE -> "reference";
                    case TEXT_NOT_HELD, OTHER_TEXT -> "text";
                    case OTHER_AGREEMENT, UNKNOWN_SIGNATORY, UNKNOWN_LEG, INCOMPLETE, TIME ->
                        throw new AssertionError(act.word() + " was not tried well: " + e.getMessage());
                };
            }
        }
    }

    /** Tries everything and compares; fails with the list of all differences. */
    void check() throws IOException {
        List<String[]> table = read();
        List<String> states = Arrays.asList(table.get(0)).subList(2, table.get(0).length);
        Set<String> covered = new TreeSet<>();
        List<String> wrong = new ArrayList<>();
        for (String[] row : table.subList(1, table.size())) {
            for (Nature nature : natures(row[1])) {
                assertTrue(covered.add(row[0] + " " + nature), row[0] + " " + nature + " stands twice");
                for (int i = 0; i < states.size(); i++) {
                    Map<String, Try> acts = tries(nature).get(states.get(i));
                    if (acts != null) {
                        String outcome =
                                Objects.requireNonNull(acts.get(row[0]), row[0]).outcome();
                        if (!outcome.equals(row[i + 2])) {
                            wrong.add(
                                    String.join(" ", row[0], nature.name(), states.get(i), row[i + 2], "but", outcome));
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
        Set<String> all = new TreeSet<>();
        for (Nature nature : Nature.values()) {
            tried().forEach(act -> all.add(act + " " + nature));
            assertTrue(states.containsAll(tries(nature).keySet()));
        }
        assertEquals(all, covered, "the table has every act for every nature");
    }

    private Map<String, Map<String, Try>> tries(Nature nature) {
        return Objects.requireNonNull(tries.get(nature));
    }

    /** The acts that are tried. */
    Set<String> tried() {
        return new TreeSet<>(tries(Nature.MOU).values().iterator().next().keySet());
    }

    /** The words of all acts there are. */
    static Set<String> words() {
        return Arrays.stream(Instrument.class.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Nature> natures(String named) {
        return named.equals("any")
                ? List.of(Nature.values())
                : Arrays.stream(named.split("\\+")).map(Nature::valueOf).toList();
    }

    private List<String[]> read() throws IOException {
        try (InputStream in = Objects.requireNonNull(ActTable.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.strip().split(" *, *"))
                    .toList();
        }
    }
}
