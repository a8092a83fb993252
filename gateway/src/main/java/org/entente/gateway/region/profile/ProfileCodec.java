package org.entente.gateway.region.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.region.programme.Programme;

/** Profiles, programmes and results of comments as canonical JSON (RFC 8785). */
final class ProfileCodec {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private ProfileCodec() {}

    static byte[] encode(Profile profile) {
        return CanonicalJson.encode(MAPPER.valueToTree(profile));
    }

    static byte[] encode(Programme programme) {
        return CanonicalJson.encode(MAPPER.valueToTree(programme));
    }

    static byte[] encode(CommentsResult comments) {
        return CanonicalJson.encode(MAPPER.valueToTree(comments));
    }

    static CommentsResult comments(byte[] canonical) throws VerificationException {
        CommentsResult comments = read(canonical, CommentsResult.class, "result of the comments");
        if (!CommentsResult.FORMAT.equals(comments.format())) {
            throw new VerificationException(
                    Reason.MALFORMED, "The result of the comments is not of format " + CommentsResult.FORMAT + ".");
        }
        return comments;
    }

    static Profile profile(byte[] canonical) throws VerificationException {
        Profile profile = read(canonical, Profile.class, "profile");
        if (!Profile.FORMAT.equals(profile.format())) {
            throw new VerificationException(Reason.MALFORMED, "The profile is not of format " + Profile.FORMAT + ".");
        }
        return profile;
    }

    static Programme programme(byte[] canonical) throws VerificationException {
        return read(canonical, Programme.class, "programme");
    }

    private static <T> T read(byte[] canonical, Class<T> type, String what) throws VerificationException {
        try {
            return MAPPER.treeToValue(CanonicalJson.parseStrict(canonical), type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new VerificationException(Reason.MALFORMED, "The " + what + " cannot be read: " + e.getMessage(), e);
        }
    }
}
