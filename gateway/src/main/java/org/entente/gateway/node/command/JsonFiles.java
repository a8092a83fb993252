package org.entente.gateway.node.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;

/** Parts of acts that are too long for a command line, as JSON files. */
final class JsonFiles {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private JsonFiles() {}

    static <T> T read(Path file, Class<T> type, String what) {
        return read(file, JSON.constructType(type), what);
    }

    static <T> List<T> readList(Path file, Class<T> type, String what) {
        return read(file, JSON.getTypeFactory().constructCollectionType(List.class, type), what);
    }

    private static <T> T read(Path file, JavaType type, String what) {
        try {
            T value = JSON.readValue(CommandFiles.read(file), type);
            if (value == null) {
                throw new IOException("it is empty");
            }
            return value;
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.FILE_UNUSABLE,
                    "The file " + file + " holds no " + what + " in JSON: " + sentence(e) + ".",
                    e);
        }
    }

    /** What is wrong, without the names of classes. */
    private static String sentence(IOException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "at " + at(unknown) + " there is no such member; the members are "
                        + unknown.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "));
            case JsonMappingException wrong
            when !wrong.getPath().isEmpty() -> "the value at " + at(wrong) + " does not fit";
            case JsonProcessingException unreadable ->
                unreadable.getOriginalMessage()
                        + (unreadable.getLocation() == null
                                ? ""
                                : " (line " + unreadable.getLocation().getLineNr() + ", column "
                                        + unreadable.getLocation().getColumnNr() + ")");
            default -> String.valueOf(e.getMessage());
        };
    }

    private static String at(JsonMappingException e) {
        return e.getPath().stream()
                .map(step ->
                        "/" + (step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName()))
                .collect(Collectors.joining());
    }
}
