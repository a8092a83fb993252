package org.entente.gateway.disclosure;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.entente.crypto.Digests;

/**
 * A table that may leave the office.
 *
 * @param spec how it was protected
 * @param cells every cell in the order of its codes
 * @param report what the protection did and proved
 */
public record ProtectedTable(Specification spec, List<Cell> cells, Report report) {

    /**
     * One cell.
     *
     * @param codes one per dimension
     * @param count what is shown; {@link CountTable#WITHHELD} if it is withheld
     * @param line the record of the table it comes from, 0 if the table left it out as zero
     * @param known whether it is public elsewhere
     */
    public record Cell(List<String> codes, long count, long line, boolean known) {
        /** Whether the cell is withheld, for itself or to protect another. */
        public boolean withheld() {
            return count == CountTable.WITHHELD;
        }
    }

    /**
     * What the protection did. It tells no reader which cell was withheld for itself.
     *
     * @param cells cells of the table
     * @param withheld cells withheld
     * @param people sum of all counts, totals counted like any other cell
     * @param peopleWithheld sum of the withheld counts
     * @param alreadyPublic small cells that are public elsewhere, with their codes
     * @param knownDiffers cells whose public figure is another one
     * @param beyondHelp cells that no pattern can protect, because of what is public already
     * @param safe whether the audit proved the whole pattern
     * @param solver who proved it
     * @param programs linear programs that took
     * @param integerPrograms integer programs that took
     * @param additive whether the shown figures add up
     */
    public record Report(
            long cells,
            long withheld,
            long people,
            long peopleWithheld,
            List<List<String>> alreadyPublic,
            List<List<String>> knownDiffers,
            List<List<String>> beyondHelp,
            boolean safe,
            String solver,
            long programs,
            long integerPrograms,
            boolean additive) {}

    public ProtectedTable {
        cells = List.copyOf(cells);
    }

    /** SHA-256 over the codes of all withheld cells, or of all figures where they are rounded; equal patterns agree. */
    public String patternDigest() {
        return patternDigest(asSeen(), spec.method().kind() == Specification.Method.Kind.SUPPRESS);
    }

    /** The same of a table whose rows stand in the order of their codes. */
    static String patternDigest(CountTable table, boolean suppressed) {
        StringBuilder text = new StringBuilder();
        for (CountTable.Row row : table.rows()) {
            if (row.count() == CountTable.WITHHELD || !suppressed) {
                text.append(String.join("\u001f", row.codes()))
                        .append(suppressed ? "" : "\u001f" + row.count())
                        .append('\n');
            }
        }
        return HexFormat.of().formatHex(Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The counts as they leave, for an audit that knows no more than a reader. */
    public CountTable asSeen() {
        return new CountTable(
                spec.dimensions().stream().map(Dimension::column).toList(),
                cells.stream()
                        .map(cell -> new CountTable.Row(cell.codes(), cell.count(), cell.line()))
                        .toList());
    }
}
