package org.entente.gateway.region.site;

import java.util.List;

/**
 * A table of a page.
 *
 * @param id of its element, unique in the page
 * @param columns heads; the first column says what a row is
 * @param chart how its numbers are also drawn: {@code bar}, {@code line}, or empty
 * @param notes below it
 */
public record SiteTable(
        String id, String caption, List<Column> columns, List<Row> rows, String chart, List<String> notes) {
    /** A table without a chart and notes. */
    static SiteTable plain(String id, String caption, List<Column> columns, List<Row> rows) {
        return new SiteTable(id, caption, columns, rows, "", List.of());
    }

    /** This table; nothing if it has no row. */
    List<SiteTable> ifAny() {
        return rows.isEmpty() ? List.of() : List.of(this);
    }

    /**
     * A column.
     *
     * @param number whether it holds figures
     */
    public record Column(String text, boolean number) {
        static Column words(String text) {
            return new Column(text, false);
        }

        static Column figures(String text) {
            return new Column(text, true);
        }
    }

    /** A row; its first cell says what it is. */
    public record Row(List<Cell> cells) {
        static Row of(Cell... cells) {
            return new Row(List.of(cells));
        }
    }

    /**
     * A cell.
     *
     * @param links what of it leads elsewhere; shown after the text
     * @param value the figure in the digits of programs, for the chart and for whoever reads the page by program; empty if there is none
     * @param quote somebody else's words, in a language that is not known; shown after all else
     */
    public record Cell(String text, List<Link> links, String value, String quote) {
        /** A cell without anybody's words. */
        Cell(String text, List<Link> links, String value) {
            this(text, links, value, "");
        }

        static Cell empty() {
            return new Cell("", List.of(), "");
        }

        static Cell words(String text) {
            return new Cell(text, List.of(), "");
        }

        static Cell link(String text, String address) {
            return new Cell("", List.of(new Link(text, address)), "");
        }
    }

    /** A link. */
    public record Link(String text, String address) {}
}
