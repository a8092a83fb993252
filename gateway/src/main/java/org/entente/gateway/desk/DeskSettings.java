package org.entente.gateway.desk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.entente.agreements.decision.Facts;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.JsonConventions;
import org.jspecify.annotations.Nullable;

/**
 * What a desk is told once: {@code desk.json} in its folder. Nothing in it is secret.
 *
 * @param format {@link #FORMAT}
 * @param party whose desk it is
 * @param node base URI that messages to it are signed for; under {@code .invalid}, since nobody is reached there
 * @param anchor folder outside the desk that remembers how far its journal has come
 * @param signingKey address of the signing key on a token (RFC 7512); absent while it is in the key ring
 * @param fileValidityDays how old a message in a file may be
 * @param nationalLaw the floor that this party's law sets, stricter than any agreement; absent if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeskSettings(
        String format,
        String party,
        URI node,
        Path anchor,
        @Nullable String signingKey,
        int fileValidityDays,
        Facts.@Nullable NationalFloor nationalLaw) {
    static final String FORMAT = "entente-desk/1";
    static final int FILE_VALIDITY_DAYS = 30;
    private static final String FILE = "desk.json";
    private static final ObjectMapper MAPPER = JsonConventions.mapper();

    static boolean existIn(Path folder) {
        return Files.exists(folder.resolve(FILE));
    }

    /** @throws EntenteException {@code settings-invalid} if there is no desk, or its settings cannot be read */
    static DeskSettings read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID,
                    "There is no desk in " + folder + ": " + file + " is missing. Make one with `desk init`.");
        }
        try {
            DeskSettings settings = MAPPER.readValue(Files.readAllBytes(file), DeskSettings.class);
            if (FORMAT.equals(settings.format)) {
                return settings;
            }
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID,
                    file + " is of the form " + settings.format + ", and not " + FORMAT + ".");
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID, file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }

    void write(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.write(
                    folder.resolve(FILE),
                    MAPPER.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(this)
                            .concat("\n")
                            .getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new EntenteException(
                    ErrorCode.SETTINGS_INVALID, "The settings of the desk cannot be written into " + folder + ".", e);
        }
    }

    String journalOrigin() {
        return node.getRawAuthority() + "/journal";
    }
}
