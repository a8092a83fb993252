package org.entente.agreements.prose;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.entente.agreements.Text;

/**
 * The words of one language, from a translation file {@code words_<language>.properties} (UTF-8). A key that a translation lacks is read in
 * English. Gaps are numbered: {@code {0}}, {@code {1}}. What fills a gap and runs against the language's direction is isolated (Unicode
 * Standard Annex 9, FSI and PDI), so that a code or a digest in an Arabic sentence disturbs nothing around it.
 */
final class Words {
    /** First strong isolate, U+2068. */
    static final char ISOLATE = '\u2068';
    /** Pop directional isolate, U+2069. */
    static final char END_ISOLATE = '\u2069';

    private static final Pattern GAP = Pattern.compile("\\{(\\d)}");

    private final String language;
    private final Properties words = new Properties();
    private final boolean rightToLeft;

    /**
     * @throws IllegalArgumentException when there is no translation file for the language
     */
    Words(String language) {
        this.language = language;
        load("en");
        if (!language.equals("en")) {
            load(language);
        }
        this.rightToLeft = "rtl".equals(words.getProperty("direction"));
    }

    private void load(String file) {
        String name = "words_" + file + ".properties";
        try (InputStream in = Words.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no translation into " + file);
            }
            try (Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                words.load(reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean rightToLeft() {
        return rightToLeft;
    }

    /** The phrase with its gaps filled. */
    String say(String key, Object... values) {
        String phrase = words.getProperty(key);
        if (phrase == null) {
            throw new IllegalArgumentException("no words for " + key);
        }
        // One pass, so that a gap-like text in a value stays what it is.
        return GAP.matcher(phrase)
                .replaceAll(gap ->
                        Matcher.quoteReplacement(isolated(String.valueOf(values[Integer.parseInt(gap.group(1))]))));
    }

    /** The phrase for a constant of a closed list: {@code prefix.NAME}. */
    String say(String prefix, Enum<?> constant) {
        return say(prefix + "." + constant.name());
    }

    /** The phrases for constants, as a list in words. */
    String list(String prefix, Iterable<? extends Enum<?>> constants) {
        List<String> said = new ArrayList<>();
        constants.forEach(c -> said.add(say(prefix, c)));
        return list(said);
    }

    /** Items as a list in words. */
    String list(List<String> items) {
        return items.stream().map(this::isolated).collect(Collectors.joining(say("list.separator")));
    }

    /** The wording of a text in this language, or the best there is. */
    String of(Text text) {
        return text.best(language);
    }

    private String isolated(String value) {
        boolean isolated =
                !value.isEmpty() && value.charAt(0) == ISOLATE && value.indexOf(END_ISOLATE) == value.length() - 1;
        return isolated || value.chars().noneMatch(this::against) ? value : ISOLATE + value + END_ISOLATE;
    }

    /** Whether the character runs against the language. */
    private boolean against(int character) {
        byte direction = Character.getDirectionality(character);
        boolean arabic = direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
        return rightToLeft ? direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT : arabic;
    }
}
