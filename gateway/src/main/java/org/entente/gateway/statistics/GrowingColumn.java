package org.entente.gateway.statistics;

import java.util.Arrays;

/** An {@link IntColumn} in the making: begins as a constant and widens when a value needs it. */
final class GrowingColumn {

    private int size;
    private int constant;
    private byte[] bytes = {};
    private short[] shorts = {};
    private int[] ints = {};
    private int width;

    void add(int value) {
        if (size == 0) {
            constant = value;
        }
        if (width == 0 && value != constant) {
            widen(1);
        }
        if (width == 1 && value >= 1 << 8) {
            widen(2);
        }
        if (width == 2 && value >= 1 << 16) {
            widen(4);
        }
        switch (width) {
            case 1 -> {
                bytes = size == bytes.length ? Arrays.copyOf(bytes, grown()) : bytes;
                bytes[size] = (byte) value;
            }
            case 2 -> {
                shorts = size == shorts.length ? Arrays.copyOf(shorts, grown()) : shorts;
                shorts[size] = (short) value;
            }
            case 4 -> {
                ints = size == ints.length ? Arrays.copyOf(ints, grown()) : ints;
                ints[size] = value;
            }
            default -> {}
        }
        size++;
    }

    private int grown() {
        return Math.max(64, size + (size >> 1));
    }

    private void widen(int newWidth) {
        if (newWidth == 1 && constant < 1 << 8) {
            bytes = new byte[Math.max(64, size + 1)];
            Arrays.fill(bytes, 0, size, (byte) constant);
            width = 1;
            return;
        }
        if (newWidth <= 2 && (width == 1 || constant < 1 << 16)) {
            short[] wider = new short[Math.max(64, size + 1)];
            for (int i = 0; i < size; i++) {
                wider[i] = (short) get(i);
            }
            shorts = wider;
            bytes = new byte[0];
            width = 2;
            return;
        }
        int[] wider = new int[Math.max(64, size + 1)];
        for (int i = 0; i < size; i++) {
            wider[i] = get(i);
        }
        ints = wider;
        bytes = new byte[0];
        shorts = new short[0];
        width = 4;
    }

    int get(int index) {
        return switch (width) {
            case 0 -> constant;
            case 1 -> bytes[index] & 0xFF;
            case 2 -> shorts[index] & 0xFFFF;
            default -> ints[index];
        };
    }

    int size() {
        return size;
    }

    /** What was added, in no more room than it needs. */
    IntColumn toColumn() {
        return switch (width) {
            case 0 -> IntColumn.constant(constant, size);
            case 1 -> IntColumn.ofBytes(Arrays.copyOf(bytes, size));
            case 2 -> IntColumn.ofShorts(Arrays.copyOf(shorts, size));
            default -> IntColumn.ofInts(Arrays.copyOf(ints, size));
        };
    }
}
