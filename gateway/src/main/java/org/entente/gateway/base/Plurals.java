package org.entente.gateway.base;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words that depend on a count, by the plural categories of the Unicode CLDR. A text writes them as ICU's messages do, {@code {0,plural,
 * one{# comment}other{# comments}}}, where {@code #} stands for the count and {@code other} for every category that is not named; the
 * words may hold other gaps. Counts are whole numbers, and below a million, from which on French and Spanish have a category more.
 */
final class Plurals {
    private static final Pattern START = Pattern.compile("\\{(\\d+),plural,\\s*");
    private static final String OTHER = "other";

    private Plurals() {}

    /** The categories that a language has, in the order of CLDR. */
    static List<String> categories(String language) {
        return language.equals("ar") ? List.of("zero", "one", "two", "few", "many", OTHER) : List.of("one", OTHER);
    }

    /** The category of a count in a language. */
    static String category(String language, long count) {
        return switch (language) {
            case "ar" -> arabic(count);
            case "fr" -> count == 0 || count == 1 ? "one" : OTHER;
            default -> count == 1 ? "one" : OTHER;
        };
    }

    private static String arabic(long count) {
        long last = count % 100;
        if (count < 3) {
            return List.of("zero", "one", "two").get((int) count);
        }
        return last >= 3 && last <= 10 ? "few" : last >= 11 ? "many" : OTHER;
    }

    /**
     * A text with the words for its counts; every other gap is left.
     *
     * @param values of the gaps; those that a plural is chosen by are numbers
     */
    static String choose(String text, String language, Object... values) {
        String chosen = text;
        for (Optional<Choice> next = next(chosen); next.isPresent(); next = next(chosen)) {
            Choice choice = next.get();
            long count = ((Number) values[choice.gap]).longValue();
            String words = choice.words.getOrDefault(category(language, count), choice.words.getOrDefault(OTHER, "#"));
            chosen = chosen.substring(0, choice.from)
                    + words.replace("#", "{" + choice.gap + "}")
                    + chosen.substring(choice.to);
        }
        return chosen;
    }

    /**
     * The first words of a text that depend on a count.
     *
     * @param gap number of the gap whose value is the count
     * @param words by category
     * @param from where they begin in the text
     * @param to where the text goes on
     */
    record Choice(int gap, Map<String, String> words, int from, int to) {}

    /** @throws IllegalArgumentException if the text does not close a brace */
    static Optional<Choice> next(String text) {
        Matcher start = START.matcher(text);
        if (!start.find()) {
            return Optional.empty();
        }
        Map<String, String> words = new HashMap<>();
        int at = start.end();
        while (at >= text.length() || text.charAt(at) != '}') {
            int open = text.indexOf('{', at);
            int close = closing(text, open);
            words.put(text.substring(at, open).strip(), text.substring(open + 1, close));
            at = close + 1;
        }
        return Optional.of(new Choice(Integer.parseInt(start.group(1)), words, start.start(), at + 1));
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i >= 0 && i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("a plural is not closed: " + text);
    }
}
