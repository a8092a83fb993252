package org.entente.agreements.prose;

import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Reason;

/**
 * Why figures do not pass, in the reader's language. What is journaled and signed is the reason's own sentence, in English; in any other
 * language the reason is said by its code, followed by what it is about.
 */
public final class ReasonWords {
    private final String language;
    private final Words words;

    /**
     * @param language one of {@link Prose#LANGUAGES}
     * @throws IllegalArgumentException when there is no translation into it
     */
    public ReasonWords(String language) {
        this.language = language;
        this.words = new Words(language);
    }

    /** One reason as a sentence. */
    public String of(Reason reason) {
        if (language.equals("en")) {
            return reason.sentence();
        }
        String sentence = words.say("reason", reason.code());
        return reason.values().isEmpty() ? sentence : words.say("reason.about", sentence, words.list(values(reason)));
    }

    private List<String> values(Reason reason) {
        List<String> values = new ArrayList<>();
        for (String value : reason.values()) {
            values.add(group(value));
        }
        return values;
    }

    /** A sensitive group by its name in words; anything else as it stands. */
    private String group(String value) {
        for (SensitiveGroup group : SensitiveGroup.values()) {
            if (group.name().equals(value)) {
                return words.say("group", group);
            }
        }
        return value;
    }

    /** That the text which is looked at has no such leg. */
    public String legAbsent() {
        return words.say("outlook.leg-absent");
    }

    /** That a leg would let nothing out because nothing has been released for it. */
    public String noRelease() {
        return words.say("outlook.no-release");
    }
}
