package org.entente.gateway.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the code list files that {@code src/main/scripts/codelists.py} writes. UTF-8, one item a line: lines beginning
 * with {@code #} are notes; then {@code codelist<TAB>AGENCY:ID(VERSION)}, {@code name<TAB>language<TAB>text} lines, a
 * line {@code id<TAB>parent<TAB>language...} and one line per code.
 */
final class CodelistFile {

    private CodelistFile() {}

    /**
     * @param resource file name without folder and ending, for example {@code CL_SEX}
     * @throws IllegalStateException if the application was assembled without the file, or it is broken
     */
    static Codelist load(String resource) {
        String path = "codelists/" + resource + ".tsv";
        try (InputStream in = CodelistFile.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("code list " + path + " is missing from the application");
            }
            return read(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Codelist read(BufferedReader lines, String path) throws IOException {
        @Nullable ArtefactId id = null;
        String[] languages = {};
        SortedMap<String, String> name = new TreeMap<>();
        List<Code> codes = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            if (languages.length > 0) {
                codes.add(code(cells, languages));
            } else if (cells[0].equals("codelist")) {
                id = ArtefactId.parse(cells[1]);
            } else if (cells[0].equals("name")) {
                name.put(cells[1], cells[2]);
            } else if (cells[0].equals("id")) {
                languages = java.util.Arrays.copyOfRange(cells, 2, cells.length);
            }
        }
        if (id == null) {
            throw new IllegalStateException(path + " does not say which code list it is");
        }
        return new Codelist(id, new LocalName(name), codes);
    }

    private static Code code(String[] cells, String[] languages) {
        SortedMap<String, String> names = new TreeMap<>();
        for (int i = 0; i < languages.length; i++) {
            if (!cells[i + 2].isEmpty()) {
                names.put(languages[i], cells[i + 2]);
            }
        }
        return new Code(cells[0], new LocalName(names), cells[1].isEmpty() ? null : cells[1]);
    }
}
