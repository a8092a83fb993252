package org.entente.gateway.node.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.partners.CardText;
import org.jspecify.annotations.Nullable;

/** What people write on a card, as a JSON file: {@code {"name":{"en":"Italy"},"onBehalfOf":[],"authorities":[...]}}. */
final class CardTextFile {

    private CardTextFile() {}

    /** Reads the file strictly: an unknown or missing member is refused. */
    static CardText read(Path file) {
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build()
                    .readValue(CommandFiles.read(file), CardText.class);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE,
                    "The file " + file + " is not a card's text: name, onBehalfOf and authorities (id, name, kind,"
                            + " signatories with name, post, certificateSha256) in JSON.",
                    e);
        }
    }

    /** The text as {@link #read} takes it. */
    static byte[] write(CardText text) {
        try {
            return JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValueAsBytes(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a card's text is plain JSON", e);
        }
    }

    /** The file's content, or the barest card there is: the party's code as its name. */
    static CardText readOrBare(@Nullable Path file, String party) {
        return file == null ? new CardText(Map.of("en", party), List.of(), List.of()) : read(file);
    }
}
