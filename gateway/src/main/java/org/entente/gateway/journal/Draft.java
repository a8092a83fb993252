package org.entente.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.entente.crypto.canonical.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * An act to be journaled: the record that is committed to, and the row changes that go with it. Immutable; the record
 * is written in canonical form when the draft is made, so that later changes to the given object have no effect.
 */
public final class Draft {
    /** Longest record in bytes: with salt and framing it stays within one entry of any log (65,535 bytes). */
    public static final int MAX_RECORD_BYTES = 60_000;

    private static final int MAX_KIND = 40;
    private static final int MAX_SUBJECT = 128;

    private final String kind;
    private final byte[] record;
    private final @Nullable String subject;
    private final List<Write> writes;

    /**
     * A draft.
     *
     * @param kind what kind of act it is, such as {@code answered}; at most 40 characters
     * @param record a JSON object as a map, a record or a Jackson node; kind and time stand in it
     * @param subject what it is about (an exchange, an agreement, a party), for finding it again; at most 128 characters
     * @param writes the row changes that become durable with it
     * @throws IllegalArgumentException if the record is no JSON object or longer than {@link #MAX_RECORD_BYTES}
     */
    public Draft(String kind, Object record, @Nullable String subject, List<? extends Write> writes) {
        this.kind = kind;
        this.record = CanonicalJson.encode(record);
        this.subject = subject;
        this.writes = List.copyOf(writes);
        if (kind.isEmpty() || kind.length() > MAX_KIND || (subject != null && subject.length() > MAX_SUBJECT)) {
            throw new IllegalArgumentException("kind or subject is empty or too long");
        }
        if (this.record[0] != '{') {
            throw new IllegalArgumentException("a journal record is a JSON object");
        }
        if (this.record.length > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("a journal record has at most 60000 bytes, not " + this.record.length);
        }
    }

    /** A draft without subject and writes. */
    public Draft(String kind, Object record) {
        this(kind, record, null, List.of());
    }

    /** What kind of act it is. */
    public String kind() {
        return kind;
    }

    /** The canonical JSON of the record; not copied, so not to be changed. */
    byte[] record() {
        return record;
    }

    /** What it is about. */
    public Optional<String> subject() {
        return Optional.ofNullable(subject);
    }

    /** The row changes that become durable with it. */
    public List<Write> writes() {
        return writes;
    }

    @Override
    public String toString() {
        return kind + " " + new String(record, UTF_8);
    }
}
