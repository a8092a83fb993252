package org.entente.gateway.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers texts in the order in which they are first seen, and ranks them at the end. */
final class Interner {

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();

    /** The text's number, or -1 if it has none yet. */
    int number(String text) {
        return numbers.getOrDefault(text, -1);
    }

    int add(String text) {
        int number = texts.size();
        numbers.put(text, number);
        texts.add(text);
        return number;
    }

    String text(int number) {
        return texts.get(number);
    }

    int size() {
        return texts.size();
    }

    /** The rank of each number. */
    int[] ranks(Comparator<String> order) {
        String[] sorted = sorted(order);
        int[] ranks = new int[sorted.length];
        for (int rank = 0; rank < sorted.length; rank++) {
            ranks[number(sorted[rank])] = rank;
        }
        return ranks;
    }

    String[] sorted(Comparator<String> order) {
        String[] sorted = texts.toArray(new String[0]);
        java.util.Arrays.sort(sorted, order);
        return sorted;
    }
}
