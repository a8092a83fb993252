package org.entente.gateway.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of pages in one language, from files {@code messages_LANGUAGE.properties} beside the class that they belong to. A text that a
 * language lacks is shown in English.
 */
public class PageTexts {
    /** Languages with a file, the first one the default. */
    public static final List<String> LANGUAGES = List.of("en", "fr", "es", "ar");

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final String ISOLATE = "\u2068";
    private static final String ISOLATE_END = "\u2069";

    private static final Pattern RANGE =
            Pattern.compile("\\s*([A-Za-z*]+)(?:-[A-Za-z0-9]+)*\\s*(?:;\\s*q=([0-9.]+))?\\s*");

    private final String language;
    private final Properties texts;
    private final Properties english;

    /**
     * Reads them.
     *
     * @param owner class beside which the files lie
     * @param language one of {@link #LANGUAGES}
     */
    protected PageTexts(Class<?> owner, String language) {
        this.language = language;
        this.texts = load(owner, language);
        this.english = load(owner, LANGUAGES.getFirst());
    }

    /** The language of {@link #LANGUAGES} that a browser prefers by its {@code Accept-Language} field (RFC 9110 section 12.5.4). */
    public static String preferred(@Nullable String field) {
        String best = LANGUAGES.getFirst();
        double bestQuality = 0;
        for (String part : field == null ? new String[0] : field.split(",", 50)) {
            var range = RANGE.matcher(part);
            if (range.matches()) {
                String tag = range.group(1).toLowerCase(Locale.ROOT);
                double quality = quality(range.group(2));
                if (LANGUAGES.contains(tag) && quality > bestQuality) {
                    best = tag;
                    bestQuality = quality;
                }
            }
        }
        return best;
    }

    private static double quality(@Nullable String text) {
        try {
            return text == null ? 1 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Properties load(Class<?> owner, String language) {
        String name = "messages_" + language + ".properties";
        try (InputStream in = Objects.requireNonNull(owner.getResourceAsStream(name), name)) {
            Properties loaded = new Properties();
            loaded.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return loaded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** BCP 47 tag. */
    public String language() {
        return language;
    }

    /** {@code ltr} or {@code rtl}. */
    public String direction() {
        return get("direction");
    }

    /**
     * The direction of a text that somebody else has written, such as a name or a title in its author's language, where it is not the
     * page's: most of its words run the other way. Without it a browser would order its words and points as the page's. Words are counted,
     * and not letters, since a digest in a sentence is longer than the sentence.
     *
     * @return {@code ltr} or {@code rtl}; null where the text may stand as it is
     */
    public @Nullable String otherDirection(String text) {
        long left = 0;
        long right = 0;
        for (String word : SPACE.split(text, -1)) {
            boolean leftwards = word.codePoints().anyMatch(PageTexts::isLeftwards);
            left += leftwards ? 1 : 0;
            right += !leftwards && word.codePoints().anyMatch(PageTexts::isRightwards) ? 1 : 0;
        }
        if (direction().equals("rtl")) {
            return right > left ? "ltr" : null;
        }
        return left > right ? "rtl" : null;
    }

    private static boolean isRightwards(int codePoint) {
        return Character.getDirectionality(codePoint) == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
    }

    private static boolean isLeftwards(int codePoint) {
        byte direction = Character.getDirectionality(codePoint);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    /** Somebody else's words as a part of a sentence of the page: kept apart from it by isolates (UAX 9) where they run the other way. */
    public String apart(String text) {
        return otherDirection(text) == null ? text : ISOLATE + text + ISOLATE_END;
    }

    /** A text with its gaps filled; words that depend on a count are chosen by the rules of {@link Plurals}. */
    public String get(String key, Object... values) {
        String own = texts.getProperty(key);
        String text = own == null ? english.getProperty(key) : own;
        if (text == null) {
            throw new IllegalArgumentException("no text " + key);
        }
        String chosen = Plurals.choose(text, own == null ? LANGUAGES.getFirst() : language, values);
        return new MessageFormat(chosen, Locale.of(language)).format(words(values));
    }

    /** Values as they are shown. */
    protected Object[] words(Object... values) {
        return values;
    }

    /** The names of the texts that this language has. */
    public Set<String> keys() {
        return texts.stringPropertyNames();
    }

    /** A figure as this language writes it, in the digits that the files have too. */
    public String number(double value) {
        NumberFormat format = NumberFormat.getInstance(Locale.forLanguageTag(language + "-u-nu-latn"));
        format.setMaximumFractionDigits(6);
        return format.format(value);
    }
}
