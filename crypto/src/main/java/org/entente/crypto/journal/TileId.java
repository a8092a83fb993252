package org.entente.crypto.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.entente.crypto.VerificationException;

/**
 * The name of a tile (C2SP tlog-tiles, "Merkle Tree"): 1 to 256 consecutive hashes of one height of the tree.
 *
 * @param level tile level; its hashes are roots of subtrees with 256^level leaves
 * @param index number of the tile within the level
 * @param width how many hashes it holds; 256 makes it full and immutable
 */
public record TileId(int level, long index, int width) {
    /** Height of a tile: one level of tiles stands for eight of the tree. */
    public static final int HEIGHT = 8;

    /** Hashes in a full tile. */
    public static final int FULL_WIDTH = 1 << HEIGHT;

    private static final int MAX_LEVEL = 63;
    private static final Pattern LEVEL = Pattern.compile("0|[1-9][0-9]?");
    private static final Pattern WIDTH = Pattern.compile("[1-9][0-9]{0,2}");
    private static final Pattern INDEX = Pattern.compile("(?:x[0-9]{3}/)*[0-9]{3}");

    /** Refuses a level above 63, a negative index and a width outside 1 to 256. */
    public TileId {
        if (level < 0 || level > MAX_LEVEL || index < 0 || width < 1 || width > FULL_WIDTH) {
            throw new IllegalArgumentException("no such tile: " + level + ", " + index + ", " + width);
        }
    }

    /** Whether it holds 256 hashes. */
    public boolean full() {
        return width == FULL_WIDTH;
    }

    /** Where it is served: {@code tile/<L>/<N>[.p/<W>]}. */
    public String path() {
        return "tile/" + level + "/" + suffix();
    }

    /** Where the entry bundle with the same index and width is served: {@code tile/entries/<N>[.p/<W>]}. */
    public String entriesPath() {
        return "tile/entries/" + suffix();
    }

    /** The same tile at another width. */
    public TileId withWidth(int other) {
        return new TileId(level, index, other);
    }

    private String suffix() {
        return formatIndex(index) + (full() ? "" : ".p/" + width);
    }

    /** Three-digit groups, all but the last prefixed with x: 1234067 is {@code x001/x234/067}. */
    static String formatIndex(long index) {
        String last = "%03d".formatted(index % 1000);
        StringBuilder path = new StringBuilder(last);
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return path.toString();
    }

    /**
     * Reads a path as {@link #path()} writes it, and nothing else: no leading zeros, no superfluous groups.
     *
     * @throws VerificationException with MALFORMED if it is no such path
     */
    public static TileId parsePath(String path) throws VerificationException {
        List<String> parts = new ArrayList<>(List.of(path.split("/", -1)));
        if (parts.size() < 3
                || !parts.getFirst().equals("tile")
                || !LEVEL.matcher(parts.get(1)).matches()) {
            throw noTile(path);
        }
        int level = Integer.parseInt(parts.get(1));
        if (level > MAX_LEVEL) {
            throw noTile(path);
        }
        return parseSuffix(level, path.substring(("tile/" + parts.get(1) + "/").length()), path);
    }

    /**
     * Reads the path of an entry bundle; the answer is the level 0 tile with the same entries.
     *
     * @throws VerificationException with MALFORMED if it is no such path
     */
    public static TileId parseEntriesPath(String path) throws VerificationException {
        String prefix = "tile/entries/";
        if (!path.startsWith(prefix)) {
            throw noTile(path);
        }
        return parseSuffix(0, path.substring(prefix.length()), path);
    }

    private static TileId parseSuffix(int level, String suffix, String path) throws VerificationException {
        String number = suffix;
        int width = FULL_WIDTH;
        int partial = suffix.indexOf(".p/");
        if (partial >= 0) {
            number = suffix.substring(0, partial);
            String digits = suffix.substring(partial + 3);
            if (!WIDTH.matcher(digits).matches() || Integer.parseInt(digits) >= FULL_WIDTH) {
                throw noTile(path);
            }
            width = Integer.parseInt(digits);
        }
        // Six groups reach 10^18, beyond any index of a tree with 2^63 leaves but below the range of long.
        if (number.length() > 29 || !INDEX.matcher(number).matches()) {
            throw noTile(path);
        }
        long index = Long.parseLong(number.replace("x", "").replace("/", ""));
        if (!formatIndex(index).equals(number)) {
            throw noTile(path);
        }
        return new TileId(level, index, width);
    }

    private static VerificationException noTile(String path) {
        String shown = path.length() > 80 ? path.substring(0, 80) + "..." : path;
        return StrictText.malformed("\"" + shown + "\" is not the path of a tile.");
    }
}
