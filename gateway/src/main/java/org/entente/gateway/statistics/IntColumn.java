package org.entente.gateway.statistics;

import java.nio.ByteBuffer;

/** Small non-negative ints, as narrow as the largest of them allows; a constant column takes no room. */
abstract sealed class IntColumn {

    abstract int get(int index);

    abstract int size();

    /** The one value that the whole column has, or -1. */
    int constant() {
        return -1;
    }

    /** Bytes per value: 0 (constant), 1, 2 or 4. */
    abstract int width();

    final long heapBytes() {
        return 16L + (long) width() * size();
    }

    /** Storage form, big-endian; a constant column is its one value in 4 bytes. */
    final byte[] toBytes() {
        int width = width();
        ByteBuffer bytes = ByteBuffer.allocate(width == 0 ? 4 : width * size());
        if (width == 0) {
            return bytes.putInt(constant()).array();
        }
        for (int i = 0; i < size(); i++) {
            switch (width) {
                case 1 -> bytes.put((byte) get(i));
                case 2 -> bytes.putShort((short) get(i));
                default -> bytes.putInt(get(i));
            }
        }
        return bytes.array();
    }

    static IntColumn fromBytes(int width, byte[] bytes, int size) {
        return switch (width) {
            case 0 -> new Constant(ByteBuffer.wrap(bytes).getInt(), size);
            case 1 -> new Bytes(bytes);
            case 2 -> {
                short[] values = new short[size];
                ByteBuffer.wrap(bytes).asShortBuffer().get(values);
                yield new Shorts(values);
            }
            default -> {
                int[] values = new int[size];
                ByteBuffer.wrap(bytes).asIntBuffer().get(values);
                yield new Ints(values);
            }
        };
    }

    static IntColumn constant(int value, int size) {
        return new Constant(value, size);
    }

    static IntColumn ofBytes(byte[] values) {
        return new Bytes(values);
    }

    static IntColumn ofShorts(short[] values) {
        return new Shorts(values);
    }

    static IntColumn ofInts(int[] values) {
        return new Ints(values);
    }

    /** The narrowest column that holds these values. */
    static IntColumn of(int[] values) {
        int max = 0;
        boolean constant = true;
        for (int value : values) {
            max = Math.max(max, value);
            constant &= value == values[0];
        }
        if (constant) {
            return new Constant(values.length == 0 ? 0 : values[0], values.length);
        }
        if (max < 1 << 8) {
            byte[] narrow = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                narrow[i] = (byte) values[i];
            }
            return new Bytes(narrow);
        }
        if (max < 1 << 16) {
            short[] narrow = new short[values.length];
            for (int i = 0; i < values.length; i++) {
                narrow[i] = (short) values[i];
            }
            return new Shorts(narrow);
        }
        return new Ints(values);
    }

    private static final class Constant extends IntColumn {
        private final int value;
        private final int size;

        Constant(int value, int size) {
            this.value = value;
            this.size = size;
        }

        @Override
        int get(int index) {
            return value;
        }

        @Override
        int width() {
            return 0;
        }

        @Override
        int size() {
            return size;
        }

        @Override
        int constant() {
            return value;
        }
    }

    private static final class Bytes extends IntColumn {
        private final byte[] values;

        Bytes(byte[] values) {
            this.values = values;
        }

        @Override
        int get(int index) {
            return values[index] & 0xFF;
        }

        @Override
        int width() {
            return 1;
        }

        @Override
        int size() {
            return values.length;
        }
    }

    private static final class Shorts extends IntColumn {
        private final short[] values;

        Shorts(short[] values) {
            this.values = values;
        }

        @Override
        int get(int index) {
            return values[index] & 0xFFFF;
        }

        @Override
        int width() {
            return 2;
        }

        @Override
        int size() {
            return values.length;
        }
    }

    private static final class Ints extends IntColumn {
        private final int[] values;

        Ints(int[] values) {
            this.values = values;
        }

        @Override
        int get(int index) {
            return values[index];
        }

        @Override
        int width() {
            return 4;
        }

        @Override
        int size() {
            return values.length;
        }
    }
}
