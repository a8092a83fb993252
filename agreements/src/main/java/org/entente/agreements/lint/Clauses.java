package org.entente.agreements.lint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.entente.agreements.Agreement;
import org.entente.agreements.Article;

/**
 * The published list of forty clauses, with the members of the document that hold each; docs/agreements.md prints it. A member is a JSON
 * pointer in which {@code *} stands for any one step. A clause without members is carried as text in {@code /articles}.
 */
public final class Clauses {
    /** A clause of the list. */
    public record Clause(int number, String name, boolean enforced, List<String> members) {
        public Clause {
            members = List.copyOf(members);
        }
    }

    /** All forty, in order. */
    public static final List<Clause> ALL = List.of(
            enforced(
                    1,
                    "Title and identifier",
                    "/title",
                    "/id",
                    "/version",
                    "/supersedes",
                    "/kind",
                    "/nature",
                    "/authenticForm",
                    "/authenticTexts",
                    "/languages",
                    "/schema",
                    "/timeZone"),
            enforced(2, "Parties", "/parties"),
            carried(3, "Legal basis", "/parties/*/legalBasis", "/parent"),
            enforced(4, "Definitions", "/legs/*/population", "/definitions"),
            enforced(5, "Purpose and permitted use", "/legs/*/purposes", "/terms/use"),
            carried(6, "Objectives and benefits"),
            enforced(7, "Data scope: datasets", "/legs", "/legs/*/datasets", "/legs/*/measure", "/legs/*/cube"),
            enforced(
                    8,
                    "Data scope: exclusions",
                    "/legs/*/cube/neverCross",
                    "/legs/*/coverage",
                    "/legs/*/population/excluded"),
            enforced(9, "Exchange criteria", "/legs/*/population/origins"),
            enforced(10, "Standards and codes", "/legs/*/standards", "/legs/*/dataflow", "/areas"),
            enforced(11, "Metadata and quality", "/terms/quality"),
            enforced(12, "Disclosure control", "/legs/*/disclosure"),
            enforced(13, "Confidentiality", "/legs/*/access", "/terms/confidentiality"),
            enforced(14, "Personal data", "/terms/personalData"),
            enforced(15, "Periodicity and calendar", "/legs/*/calendar"),
            enforced(16, "On-request exchange", "/legs/*/answering", "/legs/*/quota"),
            enforced(17, "Means of transfer", "/terms/transfer", "/legs/*/receiptHours"),
            enforced(18, "Security", "/terms/security"),
            enforced(19, "Integrity and correction", "/terms/correction"),
            enforced(20, "Liaison officers", "/parties/*/liaison"),
            enforced(21, "Onward sharing", "/legs/*/onward"),
            enforced(22, "Publication and attribution", "/terms/publication"),
            enforced(23, "Reciprocity and symmetry", "/terms/reciprocity"),
            carried(24, "Joint analysis"),
            enforced(25, "Logging and audit", "/terms/audit"),
            enforced(26, "Retention and deletion", "/legs/*/retention"),
            enforced(27, "Breach", "/terms/breach"),
            carried(28, "No warranty"),
            carried(29, "Costs"),
            carried(30, "Capacity building"),
            carried(31, "Public notice"),
            enforced(32, "Crisis or emergency mode", "/crisis"),
            enforced(33, "Accession and withdrawal", "/accession"),
            enforced(34, "Federation role", "/federation"),
            enforced(35, "Relation to other agreements", "/terms/relation"),
            carried(36, "Settlement of differences"),
            enforced(37, "Entry into force and duration", "/course", "/course/entryIntoForce", "/course/validity"),
            enforced(38, "Amendment", "/course/amendment"),
            enforced(39, "Suspension and termination", "/course/suspension", "/course/termination"),
            carried(40, "Status", "/terms/status"));

    private Clauses() {}

    private static Clause enforced(int number, String name, String... members) {
        return new Clause(number, name, true, List.of(members));
    }

    private static Clause carried(int number, String name, String... members) {
        return new Clause(number, name, false, List.of(members));
    }

    /** The clause to whose members a place belongs; of several, the one with the longest member. */
    public static Optional<Clause> at(String pointer) {
        Optional<Clause> found = Optional.empty();
        int longest = 0;
        for (Clause clause : ALL) {
            for (String member : clause.members()) {
                int depth = (int) member.chars().filter(c -> c == '/').count();
                if (depth > longest && pattern(member).matcher(pointer).lookingAt()) {
                    found = Optional.of(clause);
                    longest = depth;
                }
            }
        }
        return found;
    }

    private static Pattern pattern(String member) {
        List<String> steps = new ArrayList<>();
        Arrays.stream(member.substring(1).split("/"))
                .map(s -> s.equals("*") ? "[^/]+" : Pattern.quote(s))
                .forEach(steps::add);
        return Pattern.compile("/" + String.join("/", steps) + "(?=/|$)");
    }

    /** Numbers of the clauses that a document says something about. */
    public static Set<Integer> in(Agreement agreement) {
        Set<Integer> numbers = new TreeSet<>();
        agreement.articles().stream().map(Article::clause).forEach(numbers::add);
        numbers.addAll(new ClausePresence(agreement).structured());
        return numbers;
    }
}
