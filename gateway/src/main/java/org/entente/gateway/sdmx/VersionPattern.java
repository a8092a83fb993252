package org.entente.gateway.sdmx;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * A version in a query (SDMX REST 2, querying versions): {@code 1.0.0} exactly, {@code *} any, {@code ~} the latest,
 * {@code +} the latest stable, and one of these operators within a semantic version, as in {@code 1.2+.0} (the latest
 * stable of 1 from 1.2.0 on), {@code 1~.2.0} or {@code 1.*.0}.
 */
final class VersionPattern {

    private static final Pattern PART =
            Pattern.compile("(\\d+)([+~])?\\.(?:(\\d+)([+~])?|(\\*))(?:\\.(?:(\\d+)([+~])?|(\\*)))?(-[0-9A-Za-z.-]+)?");
    private static final Comparator<String> ORDER = VersionPattern::compare;

    private final String text;
    private final char operator;
    private final List<String> fixed;

    private VersionPattern(String text, char operator, List<String> fixed) {
        this.text = text;
        this.operator = operator;
        this.fixed = fixed;
    }

    static VersionPattern parse(String text) {
        if (text.equals("*") || text.equals("~") || text.equals("+")) {
            return new VersionPattern(text, text.charAt(0), List.of());
        }
        Matcher matcher = PART.matcher(text);
        long operators =
                text.chars().filter(c -> c == '*' || c == '+' || c == '~').count();
        if (!matcher.matches() || operators > 1 || (parts(text) < 3 && operators > 0)) {
            throw new EntenteException(
                    ErrorCode.QUERY_MALFORMED, "'" + text + "' is not a version or a supported version pattern");
        }
        if (operators == 0) {
            return new VersionPattern(text, '=', List.of());
        }
        String[] parts = text.split("\\.");
        int at = 0;
        while (parts[at].chars().noneMatch(c -> c == '*' || c == '+' || c == '~')) {
            at++;
        }
        char operator = parts[at].charAt(parts[at].length() - 1);
        // With * the parts after it are fixed too (1.*.0); with + and ~ they say from where on.
        return new VersionPattern(
                text,
                operator,
                operator == '*' ? List.of(parts) : List.of(parts).subList(0, at));
    }

    private static int parts(String version) {
        return version.split("\\.").length;
    }

    /** The versions meant among those there are. */
    List<String> select(Collection<String> versions) {
        if (operator == '=') {
            return versions.contains(text) ? List.of(text) : List.of();
        }
        List<String> candidates =
                versions.stream().filter(this::inRange).sorted(ORDER).toList();
        if (operator == '*' || candidates.isEmpty()) {
            return candidates;
        }
        return List.of(candidates.getLast());
    }

    private boolean inRange(String version) {
        if (operator == '+' && version.contains("-")) {
            return false;
        }
        String[] parts = version.split("[.-]");
        for (int i = 0; i < fixed.size(); i++) {
            if (i >= parts.length || (!fixed.get(i).equals("*") && !parts[i].equals(fixed.get(i)))) {
                return false;
            }
        }
        Optional<String> least = least();
        return least.isEmpty() || compare(version, least.get()) >= 0;
    }

    /** The lowest version that {@code +} or {@code ~} within a version admits. */
    private Optional<String> least() {
        return text.length() == 1 || operator == '*'
                ? Optional.empty()
                : Optional.of(text.replace(String.valueOf(operator), ""));
    }

    private static int compare(String a, String b) {
        String[] left = a.split("-", 2)[0].split("\\.");
        String[] right = b.split("-", 2)[0].split("\\.");
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int result = Integer.compare(number(left, i), number(right, i));
            if (result != 0) {
                return result;
            }
        }
        // A version with an extension (1.0.0-draft) comes before the version itself.
        boolean draft = a.contains("-");
        return draft == b.contains("-") ? a.compareTo(b) : draft ? -1 : 1;
    }

    private static int number(String[] parts, int index) {
        try {
            return index < parts.length ? Integer.parseInt(parts[index]) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
