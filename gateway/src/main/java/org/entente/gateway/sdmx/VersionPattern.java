package org.entente.gateway.sdmx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/**
 * A version in a query (SDMX REST 2.2, querying versions): an exact one, or a wildcard.
 *
 * <p>{@code +} is the latest stable semantic version from 1.0.0 on, {@code ~} the latest of any status, {@code *} all of them.
 * A wildcard may also stand within a version: what is before it is fixed, what it is attached to and what comes after is the
 * least that is meant ({@code 1.2+.0} is the latest stable 1.y.z with y.z from 2.0 on, {@code 1.+.0} is {@code 1.0+.0}). With
 * two parts only versions of two parts are meant, with three those of three.
 */
final class VersionPattern {

    private static final String NUMBER = "(?:0|[1-9]\\d*)";
    private static final Pattern EXACT = Pattern.compile(NUMBER + "(?:\\." + NUMBER + "){0,2}|" + NUMBER + "(?:\\."
            + NUMBER + "){2}-[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*");

    /** A wildcard takes the place of a part, which means 0 and lets only zeros follow, or stands behind its number. */
    private static final Pattern WILD =
            Pattern.compile("((?:" + NUMBER + "\\.){0,2})(" + NUMBER + ")?([+~*])((?:\\." + NUMBER + "){0,2})");

    private static final int SEMANTIC_PARTS = 3;
    private static final Comparator<String> ORDER = VersionPattern::compare;

    private final String text;
    private final char wildcard;
    private final List<Integer> fixed;
    private final List<Integer> least;
    private final int parts;

    private VersionPattern(String text, char wildcard, List<Integer> fixed, List<Integer> least, int parts) {
        this.text = text;
        this.wildcard = wildcard;
        this.fixed = fixed;
        this.least = least;
        this.parts = parts;
    }

    /** Whether the text is a version and no pattern. */
    static boolean isExact(String text) {
        return EXACT.matcher(text).matches();
    }

    static VersionPattern parse(String text) {
        if (isExact(text)) {
            return new VersionPattern(text, '=', List.of(), List.of(), 0);
        }
        if (text.equals("*") || text.equals("~")) {
            return new VersionPattern(text, text.charAt(0), List.of(), List.of(), 0);
        }
        if (text.equals("+")) {
            return new VersionPattern(text, '+', List.of(), List.of(1, 0, 0), SEMANTIC_PARTS);
        }
        Matcher matcher = WILD.matcher(text);
        if (!matcher.matches()) {
            throw unsupported(text);
        }
        List<Integer> fixed = numbers(text, matcher.group(1));
        boolean bare = matcher.group(2) == null;
        List<Integer> least = new ArrayList<>(numbers(text, bare ? "0" : matcher.group(2)));
        List<Integer> rest = numbers(text, matcher.group(4));
        least.addAll(rest);
        char wildcard = matcher.group(3).charAt(0);
        int parts = fixed.size() + least.size();
        boolean onlyZeros = rest.stream().allMatch(part -> part == 0);
        if (parts < 2 || parts > SEMANTIC_PARTS || (bare && !onlyZeros)) {
            throw unsupported(text);
        }
        if (wildcard == '+') {
            requireStable(text, parts, fixed, least, bare);
        }
        return new VersionPattern(text, wildcard, fixed, List.copyOf(least), parts);
    }

    /** Only semantic versions from 1.0.0 on can be stable. */
    private static void requireStable(String text, int parts, List<Integer> fixed, List<Integer> least, boolean bare) {
        int major = fixed.isEmpty() ? least.getFirst() : fixed.getFirst();
        boolean anyMajor = fixed.isEmpty() && bare;
        if (parts != SEMANTIC_PARTS || (major == 0 && !anyMajor)) {
            throw unsupported(text);
        }
    }

    private static List<Integer> numbers(String text, String dotted) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : dotted.split("\\.")) {
            if (!part.isEmpty()) {
                try {
                    numbers.add(Integer.parseInt(part));
                } catch (NumberFormatException e) {
                    throw unsupported(text);
                }
            }
        }
        return List.copyOf(numbers);
    }

    private static EntenteException unsupported(String text) {
        return new EntenteException(
                ErrorCode.QUERY_MALFORMED, "'" + text + "' is not a version or a supported version pattern");
    }

    /** The versions meant among those there are, in ascending order. */
    List<String> select(Collection<String> versions) {
        if (wildcard == '=') {
            return versions.contains(text) ? List.of(text) : List.of();
        }
        List<String> candidates =
                versions.stream().distinct().filter(this::inRange).sorted(ORDER).toList();
        return wildcard == '*' || candidates.isEmpty() ? candidates : List.of(candidates.getLast());
    }

    private boolean inRange(String version) {
        if (parts == 0) {
            return true;
        }
        boolean extended = version.indexOf('-') >= 0;
        int[] numbers = numbers(version);
        if (numbers.length != parts || (extended && (wildcard == '+' || parts < SEMANTIC_PARTS))) {
            return false;
        }
        if (wildcard == '+' && numbers[0] == 0) {
            return false;
        }
        for (int i = 0; i < fixed.size(); i++) {
            if (numbers[i] != fixed.get(i)) {
                return false;
            }
        }
        for (int i = 0; i < least.size(); i++) {
            int compared = Integer.compare(numbers[fixed.size() + i], least.get(i));
            if (compared != 0) {
                return compared > 0;
            }
        }
        return true;
    }

    private static int[] numbers(String version) {
        String plain = version.indexOf('-') < 0 ? version : version.substring(0, version.indexOf('-'));
        return Arrays.stream(plain.split("\\."))
                .mapToInt(VersionPattern::number)
                .toArray();
    }

    private static int number(String part) {
        try {
            return Integer.parseInt(part);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static int compare(String a, String b) {
        int[] left = numbers(a);
        int[] right = numbers(b);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int result = Integer.compare(i < left.length ? left[i] : 0, i < right.length ? right[i] : 0);
            if (result != 0) {
                return result;
            }
        }
        // A version with an extension (1.0.0-draft) comes before the version itself.
        boolean draft = a.contains("-");
        return draft == b.contains("-") ? a.compareTo(b) : draft ? -1 : 1;
    }

    @Override
    public String toString() {
        return text;
    }
}
