package org.entente.gateway.disclosure;

import java.util.Arrays;

/** A growing list of ints. */
final class Ints {
    private int[] items;
    private int size;

    Ints() {
        this(8);
    }

    Ints(int capacity) {
        items = new int[Math.max(capacity, 1)];
    }

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    int get(int at) {
        return items[at];
    }

    void set(int at, int item) {
        items[at] = item;
    }

    int size() {
        return size;
    }

    int removeLast() {
        return items[--size];
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
