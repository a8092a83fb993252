package org.entente.gateway.region.library;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A profile that somebody else has made, as a library names it.
 *
 * @param title as it stands on the profile
 * @param producer who has made it
 * @param year that it is of
 * @param countries that it is on, codes of ISO 3166-1, two letters
 * @param languages that it is in, codes of ISO 639-1
 * @param link where it is to be had; null where there is a file
 * @param file the profile itself; null where there is a link
 * @param rights who holds the rights, and what one may do with it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LibraryEntry(
        String title,
        String producer,
        int year,
        List<String> countries,
        List<String> languages,
        @Nullable String link,
        @Nullable File file,
        String rights) {
    private static final int LONGEST = 500;
    private static final int MOST = 60;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

    public LibraryEntry {
        countries = countries == null ? List.of() : List.copyOf(countries);
        languages = languages == null ? List.of() : List.copyOf(languages);
    }

    /**
     * A file that the library keeps.
     *
     * @param name for whoever saves it
     * @param type media type
     * @param digest base64url SHA-256
     * @param length bytes
     */
    public record File(String name, String type, String digest, int length) {}

    /**
     * An entry with its place in a library.
     *
     * @param changed when it was entered or withdrawn
     * @param withdrawn why it was; null while it stands
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Listed(UUID id, Instant changed, @Nullable String withdrawn, LibraryEntry entry) {}

    /** @throws EntenteException {@code library-entry-invalid} naming everything that is wrong */
    void check() {
        List<String> faults = new ArrayList<>();
        text(faults, "title", title);
        text(faults, "producer", producer);
        text(faults, "rights", rights);
        require(faults, year >= 1900 && year <= 2200, "year: is missing.");
        require(
                faults,
                !countries.isEmpty() && countries.size() <= MOST && COUNTRIES.containsAll(countries),
                "countries: are 1 to " + MOST + " codes of two capitals (ISO 3166-1).");
        require(
                faults,
                !languages.isEmpty() && languages.size() <= MOST && LANGUAGES.containsAll(languages),
                "languages: are codes of two small letters (ISO 639-1).");
        require(faults, (link == null) != (file == null), "link, file: there is one of both.");
        require(faults, link == null || isWeb(link), "link: is an address that begins with https:// or http://.");
        if (!faults.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.LIBRARY_ENTRY_INVALID, String.join(" ", faults), Map.of("faults", List.copyOf(faults)));
        }
    }

    private static void text(List<String> faults, String name, @Nullable String text) {
        require(
                faults,
                text != null && !text.isBlank() && text.length() <= LONGEST,
                name + ": has 1 to " + LONGEST + " characters.");
    }

    private static boolean isWeb(String address) {
        try {
            URI uri = new URI(address);
            return address.length() <= LONGEST
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static void require(List<String> faults, boolean holds, String otherwise) {
        if (!holds) {
            faults.add(otherwise);
        }
    }
}
