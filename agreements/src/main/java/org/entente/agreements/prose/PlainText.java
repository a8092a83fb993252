package org.entente.agreements.prose;

/** Plain text with lines broken between words. */
final class PlainText {
    private final int width;
    private final StringBuilder out = new StringBuilder();

    PlainText(int width) {
        this.width = width;
    }

    /** One paragraph, every line of it indented. */
    void paragraph(String text, String indent) {
        int column = 0;
        for (String word : text.split("\\s+")) {
            if (column > 0 && column + 1 + word.length() > width) {
                out.append('\n');
                column = 0;
            }
            String before = column == 0 ? indent : " ";
            out.append(before).append(word);
            column += before.length() + word.length();
        }
        out.append('\n');
    }

    /** An empty line. */
    void gap() {
        out.append('\n');
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
