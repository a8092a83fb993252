package org.entente.gateway.statistics;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The texts that one component uses in a cube, numbered from 0. Dimensions are sorted by text, time periods by time, so
 * that comparing numbers compares values. An attribute's number 0 is the empty text and means that it is absent.
 */
public final class Dictionary {

    private final String[] texts;
    private final Map<String, Integer> numbers;

    Dictionary(String[] texts) {
        this.texts = texts;
        this.numbers = HashMap.newHashMap(texts.length);
        for (int i = 0; i < texts.length; i++) {
            numbers.put(texts[i], i);
        }
    }

    public int size() {
        return texts.length;
    }

    public String text(int number) {
        return texts[number];
    }

    /** The text's number, or -1 if the cube does not use it. */
    public int number(String text) {
        return numbers.getOrDefault(text, -1);
    }

    /** All texts in the order of their numbers. */
    void forEach(Consumer<String> action) {
        for (String text : texts) {
            action.accept(text);
        }
    }

    /** The text in UTF-8, freshly made. */
    public byte[] utf8(int number) {
        return texts[number].getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return Arrays.toString(texts);
    }
}
