package org.entente.gateway.node.command;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
                    "The file " + file + " holds no " + what + " in JSON: " + e.getMessage(),
                    e);
        }
    }
}
