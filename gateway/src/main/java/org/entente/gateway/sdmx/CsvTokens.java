package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Cuts RFC 4180 text into cells without making strings. Lines end with CRLF or LF. */
final class CsvTokens {

    /** Longest cell in bytes. */
    static final int MAX_CELL = 1 << 16;

    /** What stands after a cell. */
    enum End {
        CELL,
        ROW,
        /** The input is over; the cell belongs to the last row, which had no line end. */
        INPUT
    }

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private byte separator = ',';
    private byte[] cell = new byte[256];
    private int length;
    private String fault = "";

    CsvTokens(InputStream in) {
        this.in = in;
    }

    void separator(byte newSeparator) {
        separator = newSeparator;
    }

    byte[] cell() {
        return cell;
    }

    int length() {
        return length;
    }

    /** What is wrong with the form of the current cell; empty if nothing. */
    String fault() {
        return fault;
    }

    /** The next byte without taking it, or -1 at the end. */
    int peek() throws IOException {
        return position < limit || fill() ? buffer[position] & 0xFF : -1;
    }

    /** Takes the next byte, or -1 at the end. */
    int take() throws IOException {
        return position < limit || fill() ? buffer[position++] & 0xFF : -1;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = in.read(buffer);
        if (limit <= 0) {
            limit = 0;
            return false;
        }
        return true;
    }

    /** Reads the next cell. */
    End next() throws IOException {
        length = 0;
        fault = "";
        return peek() == '"' ? quoted() : plain();
    }

    private End plain() throws IOException {
        while (true) {
            int b = take();
            if (b == (separator & 0xFF)) {
                return End.CELL;
            }
            if (b == '\n') {
                return End.ROW;
            }
            if (b == '\r' && peek() == '\n') {
                take();
                return End.ROW;
            }
            if (b < 0) {
                return End.INPUT;
            }
            if (b == '"') {
                fault = "a quote stands inside a cell that is not quoted";
            }
            append((byte) b);
        }
    }

    private End quoted() throws IOException {
        take();
        while (true) {
            int b = take();
            if (b < 0) {
                fault = "a quoted cell is not closed";
                return End.INPUT;
            }
            if (b != '"') {
                append((byte) b);
            } else if (peek() == '"') {
                append((byte) take());
            } else {
                break;
            }
        }
        int quotedLength = length;
        String earlier = fault;
        End end = plain();
        fault = length > quotedLength ? "text stands after the closing quote" : earlier;
        return end;
    }

    private void append(byte b) {
        if (length == MAX_CELL) {
            fault = "a cell is longer than " + MAX_CELL + " bytes";
            return;
        }
        if (length == cell.length) {
            cell = Arrays.copyOf(cell, cell.length * 2);
        }
        cell[length++] = b;
    }
}
