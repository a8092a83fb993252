package org.entente.gateway.sdmx;

/** The looks that cells of our workbooks have; the order is that of the formats in the style sheet. */
enum XlsxStyle {
    PLAIN(0, 0, 0, ""),
    TITLE(0, 2, 0, ""),
    HEADER(0, 1, 2, "<alignment vertical=\"top\" wrapText=\"1\"/>"),
    WHOLE(3, 0, 0, ""),
    DECIMAL(4, 0, 0, ""),
    WITHHELD(0, 3, 0, "<alignment horizontal=\"right\"/>"),
    TEXT(0, 0, 0, "<alignment vertical=\"top\" wrapText=\"1\"/>"),
    QUIET(0, 3, 0, ""),
    /** A cell of a protected sheet that people fill in. */
    INPUT(0, 0, 3, "<protection locked=\"0\"/>"),
    /** The same for texts, so that a program makes no date or number of them (number format 49 is text). */
    INPUT_TEXT(49, 0, 3, "<protection locked=\"0\"/>");

    private final int numberFormat;
    private final int font;
    private final int fill;
    private final String alignment;

    XlsxStyle(int numberFormat, int font, int fill, String alignment) {
        this.numberFormat = numberFormat;
        this.font = font;
        this.fill = fill;
        this.alignment = alignment;
    }

    /** The style sheet with all of them. */
    static String sheet() {
        StringBuilder formats = new StringBuilder();
        for (XlsxStyle style : values()) {
            formats.append("<xf numFmtId=\"" + style.numberFormat + "\" fontId=\"" + style.font + "\" fillId=\""
                    + style.fill
                    + "\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\""
                    + (style.alignment.isEmpty()
                            ? "/>"
                            : (style.alignment.startsWith("<protection")
                                            ? " applyProtection=\"1\">"
                                            : " applyAlignment=\"1\">")
                                    + style.alignment + "</xf>"));
        }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
                + "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><fonts count=\"4\">"
                + font("", 11) + font("<b/>", 11) + font("<b/>", 14)
                + "<font><i/><sz val=\"11\"/><color rgb=\"FF6B6B6B\"/><name val=\"Calibri\"/></font></fonts>"
                + "<fills count=\"4\"><fill><patternFill patternType=\"none\"/></fill>"
                + "<fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\">"
                + "<fgColor rgb=\"FFE8ECF2\"/></patternFill></fill><fill><patternFill patternType=\"solid\">"
                + "<fgColor rgb=\"FFFFF8DC\"/></patternFill></fill></fills>"
                + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
                + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
                + "<cellXfs count=\"" + values().length + "\">" + formats + "</cellXfs>"
                + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>"
                + "</styleSheet>";
    }

    private static String font(String weight, int size) {
        return "<font>" + weight + "<sz val=\"" + size + "\"/><name val=\"Calibri\"/></font>";
    }
}
