package org.entente.gateway.releases;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.entente.agreements.DisclosureRule;
import org.entente.agreements.DisclosureRule.By;
import org.entente.agreements.DisclosureRule.Method;
import org.entente.agreements.DisclosureRule.Zeros;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.disclosure.Rules;
import org.entente.gateway.disclosure.Specification;
import org.jspecify.annotations.Nullable;

/** What a method of disclosure control guarantees, in the words in which agreements ask for it (clause 12). */
public final class AppliedRule {

    /** Of figures that an office has protected in a way that it only describes. */
    static final DisclosureRule UNKNOWN =
            new DisclosureRule(By.OFFICE, Method.NONE, false, null, Zeros.SHOWN, null, null, false, false);

    private AppliedRule() {}

    /** What protection by a specification guarantees. */
    static DisclosureRule of(Specification specification, By by) {
        Rules rules = specification.rules();
        int base = specification.method().base();
        boolean suppresses = base == 0;
        Method method = switch (specification.method().kind()) {
            case SUPPRESS -> Method.SUPPRESSION;
            case ROUND_SMALL_COUNTS -> Method.SMALL_COUNT_ROUNDING;
            case ROUND -> Method.CONVENTIONAL_ROUNDING;
        };
        return new DisclosureRule(
                by,
                method,
                false,
                method == Method.CONVENTIONAL_ROUNDING ? null : Math.toIntExact(rules.threshold()),
                rules.zeros() == Rules.Zeros.PROTECTED ? Zeros.PROTECTED : Zeros.SHOWN,
                suppresses && !rules.exactOnly() ? Math.toIntExact(rules.width()) : null,
                suppresses ? null : base,
                suppresses,
                false,
                suppresses ? ConsumerRegisters.reckoned(specification.holders()) : List.of());
    }

    /**
     * Reads what an office says of its own method: the method ({@code suppression}, {@code small-count-rounding}, {@code
     * conventional-rounding} or {@code cell-key}), then, as far as they hold, {@code threshold=N}, {@code width=N}, {@code base=N},
     * {@code secondary} and {@code zeros=protected}, with blanks between.
     *
     * @throws EntenteException {@code release-unprotected}
     */
    public static DisclosureRule parse(String text) {
        List<String> words = Arrays.asList(text.strip().split("\\s+"));
        Method method = null;
        for (Method one : Method.values()) {
            if (one != Method.NONE && name(one).equals(words.getFirst())) {
                method = one;
            }
        }
        if (method == null) {
            throw unread(words.getFirst());
        }
        Integer threshold = null;
        Integer width = null;
        Integer base = null;
        boolean secondary = false;
        Zeros zeros = Zeros.SHOWN;
        for (String word : words.subList(1, words.size())) {
            String[] parts = word.split("=", 2);
            switch (parts[0]) {
                case "threshold" -> threshold = number(word, parts);
                case "width" -> width = number(word, parts);
                case "base" -> base = number(word, parts);
                default -> {
                    if (word.equals("secondary")) {
                        secondary = true;
                    } else if (word.equals("zeros=protected")) {
                        zeros = Zeros.PROTECTED;
                    } else {
                        throw unread(word);
                    }
                }
            }
        }
        return new DisclosureRule(By.OFFICE, method, false, threshold, zeros, width, base, secondary, false);
    }

    private static int number(String word, String[] parts) {
        if (parts.length == 2 && parts[1].matches("[1-9][0-9]{0,5}")) {
            return Integer.parseInt(parts[1]);
        }
        throw unread(word);
    }

    private static EntenteException unread(String word) {
        return new EntenteException(
                ErrorCode.RELEASE_UNPROTECTED,
                "In the rule of the office's protection, '" + word + "' cannot be read; a rule is such as"
                        + " \"suppression threshold=5 width=1 secondary zeros=protected\" or \"conventional-rounding base=10\".");
    }

    private static String name(Method method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The rule as {@link #parse} reads it. */
    static String words(DisclosureRule rule) {
        return name(rule.method())
                + word(" threshold=", rule.threshold())
                + word(" width=", rule.width())
                + word(" base=", rule.roundingBase())
                + (rule.secondary() ? " secondary" : "")
                + (rule.zeros() == Zeros.PROTECTED ? " zeros=protected" : "");
    }

    private static String word(String name, @Nullable Integer number) {
        return number == null ? "" : name + number;
    }
}
