package org.entente.gateway.sdmx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.Codelist;
import org.entente.gateway.statistics.Heading;
import org.entente.gateway.statistics.LocalName;
import org.entente.gateway.statistics.MetadataSet.Reported;
import org.entente.gateway.statistics.Metadataflow;
import org.jspecify.annotations.Nullable;

/**
 * A report as a statistician writes it: YAML or JSON, heading to text, or heading to a map of language to text. A heading is named by its
 * id, or by its path ({@code CONTACT.CONTACT_NAME}) where several have the id. Everything that is wrong is named with its line.
 */
public final class MetadataFile {

    /** Largest file that is read. */
    public static final int MAX_BYTES = 1 << 20;

    private static final int LONGEST_TEXT = 20_000;
    private static final int MOST_FAULTS = 50;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");
    private static final JsonFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Heading> headings;
    private final String language;
    private final Metadataflow flow;
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Said> said = new LinkedHashMap<>();

    private record Said(@Nullable LocalName text, @Nullable String code) {}

    private MetadataFile(Metadataflow flow, String language) {
        this.flow = flow;
        this.headings = flow.structure().byPath();
        this.language = language;
    }

    /**
     * Reads a file and holds it against the structure.
     *
     * @param language of texts that name none, a BCP 47 tag
     * @return what is said, in the order of the structure
     * @throws EntenteException {@code metadata-invalid} with every fault: unknown headings and codes, empty texts, required headings that are
     *     missing
     */
    public static List<Reported> read(byte[] document, Metadataflow flow, String language) {
        MetadataFile file = new MetadataFile(flow, language);
        if (!LANGUAGE.matcher(language).matches()) {
            file.faults.add("'" + Refusal.shortened(language) + "' is no language tag such as en");
        }
        if (document.length > MAX_BYTES) {
            file.faults.add("the file is larger than " + MAX_BYTES + " bytes");
            throw file.refused();
        }
        try (JsonParser parser = factory(document).createParser(document)) {
            file.read(parser);
        } catch (JsonProcessingException e) {
            file.faults.add(
                    (e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ": ")
                            + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (file.faults.isEmpty()) {
            file.required("", flow.structure().headings());
        }
        List<Reported> reported = file.reported("", flow.structure().headings());
        if (file.faults.isEmpty() && reported.isEmpty()) {
            file.faults.add("the file says nothing");
        }
        if (!file.faults.isEmpty()) {
            throw file.refused();
        }
        return reported;
    }

    private static JsonFactory factory(byte[] document) {
        for (byte one : document) {
            if (one == '{') {
                return JSON;
            }
            if (one > ' ') {
                return YAML;
            }
        }
        return YAML;
    }

    private static String firstLine(String message) {
        return Refusal.shortened(message.lines().findFirst().orElse("it cannot be read"));
    }

    private EntenteException refused() {
        List<String> first = faults.subList(0, Math.min(MOST_FAULTS, faults.size()));
        return new EntenteException(
                ErrorCode.METADATA_INVALID, String.join("; ", first) + ".", Map.of("faults", List.copyOf(first)));
    }

    private void read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            faults.add("the file is no list of headings with their texts");
            return;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            String path = path(name, line);
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                languages(parser, name, path, line);
            } else if (value.isScalarValue()) {
                String text = scalar(parser);
                if (path != null) {
                    single(path, name, text, line);
                }
            } else {
                faults.add("line " + line + ": " + name + " is neither a text nor texts by language");
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            faults.add("there is more after the headings");
        }
    }

    /** An empty text for null and for what YAML takes from elsewhere. */
    private static String scalar(JsonParser parser) throws IOException {
        boolean elsewhere = parser instanceof YAMLParser yaml && yaml.isCurrentAlias();
        return elsewhere || parser.currentToken() == JsonToken.VALUE_NULL
                ? ""
                : parser.getText().strip();
    }

    private @Nullable String path(String name, int line) {
        if (headings.containsKey(name)) {
            return name;
        }
        List<String> paths = headings.keySet().stream()
                .filter(path -> path.endsWith("." + name))
                .toList();
        if (paths.size() == 1) {
            return paths.getFirst();
        }
        faults.add("line " + line + ": "
                + (paths.isEmpty()
                        ? "'" + Refusal.shortened(name) + "' is no heading of "
                                + flow.structure().id()
                        : name + " may be any of " + String.join(", ", paths)));
        return null;
    }

    private void languages(JsonParser parser, String name, @Nullable String path, int line) throws IOException {
        TreeMap<String, String> texts = new TreeMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String tag = parser.currentName();
            int at = parser.currentTokenLocation().getLineNr();
            if (!parser.nextToken().isScalarValue()) {
                faults.add("line " + at + ": " + name + " has something else than a text for '" + Refusal.shortened(tag)
                        + "'");
                parser.skipChildren();
            } else if (!LANGUAGE.matcher(tag).matches()) {
                faults.add("line " + at + ": " + name + ": '" + Refusal.shortened(tag)
                        + "' is no language tag such as en");
            } else {
                String text = scalar(parser);
                if (admitted(name, text, at)) {
                    texts.put(tag, text);
                }
            }
        }
        if (path == null || !mayHaveText(path, name, line)) {
            return;
        }
        Heading heading = headings.get(path);
        if (heading != null && heading.codes() != null) {
            faults.add("line " + line + ": " + name + " takes a code, which is the same in all languages");
        } else if (texts.isEmpty()) {
            faults.add("line " + line + ": " + name + " says nothing");
        } else {
            put(path, name, new Said(new LocalName(texts), null), line);
        }
    }

    private boolean mayHaveText(String path, String name, int line) {
        Heading heading = headings.get(path);
        if (heading != null && heading.presentational()) {
            faults.add("line " + line + ": " + name + " has no text of its own; say it below one of "
                    + String.join(
                            ", ", heading.headings().stream().map(Heading::id).toList()));
            return false;
        }
        return true;
    }

    private boolean admitted(String name, String text, int line) {
        if (text.isEmpty()) {
            faults.add("line " + line + ": " + name + " says nothing");
        } else if (text.length() > LONGEST_TEXT) {
            faults.add("line " + line + ": " + name + " is longer than " + LONGEST_TEXT + " characters");
        } else {
            return true;
        }
        return false;
    }

    private void single(String path, String name, String text, int line) {
        if (!mayHaveText(path, name, line) || !admitted(name, text, line)) {
            return;
        }
        Heading heading = headings.get(path);
        Codelist codes = heading == null ? null : heading.codes();
        if (codes == null) {
            put(path, name, new Said(new LocalName(new TreeMap<>(Map.of(language, text))), null), line);
        } else if (codes.contains(text)) {
            put(path, name, new Said(null, text), line);
        } else {
            faults.add(
                    "line " + line + ": " + name + ": '" + Refusal.shortened(text) + "' is no code of " + codes.id());
        }
    }

    private void put(String path, String name, Said one, int line) {
        if (said.putIfAbsent(path, one) != null) {
            faults.add("line " + line + ": " + name + " stands there twice");
        }
    }

    /** A heading is wanted where it is required and the one above it is there or required too. */
    private void required(String prefix, List<Heading> among) {
        for (Heading heading : among) {
            String path = prefix + heading.id();
            boolean there = said.keySet().stream().anyMatch(one -> one.equals(path) || one.startsWith(path + "."));
            boolean missing = heading.presentational() ? !there : !said.containsKey(path);
            if (heading.required() && missing && (!heading.presentational() || noneRequired(heading))) {
                faults.add(path + " (" + heading.concept().name().in("en") + ") is required and missing");
            }
            if (there || heading.required()) {
                required(path + ".", heading.headings());
            }
        }
    }

    /** A heading without a text of its own is missing by those below it, if some of them are required. */
    private static boolean noneRequired(Heading heading) {
        return heading.headings().stream().noneMatch(Heading::required);
    }

    private List<Reported> reported(String prefix, List<Heading> among) {
        List<Reported> reported = new ArrayList<>();
        for (Heading heading : among) {
            String path = prefix + heading.id();
            Said own = said.get(path);
            List<Reported> below = reported(path + ".", heading.headings());
            if (own != null || !below.isEmpty()) {
                reported.add(new Reported(
                        heading.id(),
                        heading.concept().name(),
                        own == null ? null : own.text(),
                        own == null ? null : own.code(),
                        below));
            }
        }
        return reported;
    }
}
