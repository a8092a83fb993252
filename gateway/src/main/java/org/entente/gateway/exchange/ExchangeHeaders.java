package org.entente.gateway.exchange;

import java.util.UUID;
import java.util.regex.Pattern;
import org.entente.crypto.message.Headers;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The fields that make a request an exchange (docs/protocol.md section 3).
 *
 * @param exchange UUIDv7 chosen by the consumer
 * @param agreement id of the agreement, or null for {@code none}
 * @param leg id of the leg, or null for {@code none}
 * @param purpose code from the agreement's closed list
 * @param requester role and pseudonym of the person who asks
 */
public record ExchangeHeaders(
        UUID exchange, @Nullable String agreement, @Nullable String leg, String purpose, Requester requester) {
    static final String EXCHANGE = "entente-exchange";
    static final String AGREEMENT = "entente-agreement";
    static final String LEG = "entente-leg";
    static final String PURPOSE = "entente-purpose";
    static final String REQUESTER = "entente-requester";
    /** Field that carries the proof in an answer; not covered by the signature. */
    public static final String PROOF = "entente-proof";

    private static final String NONE = "none";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9:._-]{1,64}");

    /**
     * Who asks: a role, a pseudonym that only the consumer can resolve, and the authority of the consumer for which the role is held
     * (clause 13), where the consumer says it.
     */
    public record Requester(
            String role, String pseudonym, @Nullable String authority) {
        private static final Pattern TEXT =
                Pattern.compile("([a-z][a-z-]{0,31});u=([0-9a-f]{16})(?:;a=([A-Za-z0-9][A-Za-z0-9_.-]{0,63}))?");

        /** Reads {@code role;u=pseudonym} or {@code role;u=pseudonym;a=authority}. */
        static Requester parse(String text) {
            var matcher = TEXT.matcher(text);
            if (!matcher.matches()) {
                throw malformed(REQUESTER, text);
            }
            return new Requester(matcher.group(1), matcher.group(2), matcher.group(3));
        }

        @Override
        public String toString() {
            return role + ";u=" + pseudonym + (authority == null ? "" : ";a=" + authority);
        }
    }

    /** Reads the fields of a request; refuses one that is absent or malformed with {@code query-malformed}. */
    public static ExchangeHeaders of(Headers headers) {
        return new ExchangeHeaders(
                exchangeId(one(headers, EXCHANGE)),
                orNull(token(headers, AGREEMENT)),
                orNull(token(headers, LEG)),
                token(headers, PURPOSE),
                Requester.parse(one(headers, REQUESTER)));
    }

    /** The fields as they are sent. */
    public Headers toHeaders() {
        return Headers.of(
                EXCHANGE,
                exchange.toString(),
                AGREEMENT,
                agreement == null ? NONE : agreement,
                LEG,
                leg == null ? NONE : leg,
                PURPOSE,
                purpose,
                REQUESTER,
                requester.toString());
    }

    /** Reads a UUIDv7 in its one canonical form (RFC 9562 section 5.7). */
    public static UUID exchangeId(String text) {
        try {
            UUID id = UUID.fromString(text);
            if (id.version() == 7 && id.variant() == 2 && id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException notAUuid) {
            throw malformed(EXCHANGE, text);
        }
        throw malformed(EXCHANGE, text);
    }

    private static String token(Headers headers, String name) {
        String value = one(headers, name);
        if (!TOKEN.matcher(value).matches()) {
            throw malformed(name, value);
        }
        return value;
    }

    private static String one(Headers headers, String name) {
        var values = headers.values(name);
        if (values.size() != 1) {
            throw new EntenteException(
                    ErrorCode.QUERY_MALFORMED, "An exchange carries the field " + name + " exactly once.");
        }
        return values.getFirst();
    }

    private static @Nullable String orNull(String value) {
        return value.equals(NONE) ? null : value;
    }

    private static EntenteException malformed(String name, String value) {
        return new EntenteException(
                ErrorCode.QUERY_MALFORMED, "The field " + name + " cannot be read: '" + value + "'.");
    }
}
