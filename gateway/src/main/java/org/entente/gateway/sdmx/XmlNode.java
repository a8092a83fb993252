package org.entente.gateway.sdmx;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An element of a small XML document that is built whole and then written: schemas, structures, errors. Names carry their
 * prefix; the prefixes are declared as attributes of the root.
 */
final class XmlNode {

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<XmlNode> children = new ArrayList<>();
    private @Nullable String text;

    XmlNode(String name) {
        this.name = name;
    }

    /** Sets an attribute and returns this node. */
    XmlNode with(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    /** Adds a child and returns the child. */
    XmlNode add(String child) {
        XmlNode node = new XmlNode(child);
        children.add(node);
        return node;
    }

    /** Adds a child that is built elsewhere and returns this node. */
    XmlNode add(XmlNode child) {
        children.add(child);
        return this;
    }

    /** Adds a child with a text and returns the child. */
    XmlNode add(String child, String content) {
        return add(child).text(content);
    }

    XmlNode text(String content) {
        text = content;
        return this;
    }

    boolean isEmpty() {
        return children.isEmpty() && text == null;
    }

    /** Writes a document with this node as its root, in UTF-8; the stream is flushed, not closed. */
    void write(OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        write(writer, "");
        writer.flush();
    }

    private void write(Writer writer, String indent) throws IOException {
        writer.write(indent);
        writer.write('<');
        writer.write(name);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            writer.write(' ');
            writer.write(attribute.getKey());
            writer.write("=\"");
            escape(attribute.getValue(), true, writer);
            writer.write('"');
        }
        if (isEmpty()) {
            writer.write("/>\n");
            return;
        }
        writer.write('>');
        if (text != null) {
            escape(text, false, writer);
        } else {
            writer.write('\n');
            for (XmlNode child : children) {
                child.write(writer, indent + "  ");
            }
            writer.write(indent);
        }
        writer.write("</");
        writer.write(name);
        writer.write(">\n");
    }

    /** Characters that XML 1.0 cannot hold at all become U+FFFD. */
    private static void escape(String value, boolean attribute, Writer writer) throws IOException {
        for (int i = 0; i < value.length(); ) {
            int point = value.codePointAt(i);
            i += Character.charCount(point);
            switch (point) {
                case '<' -> writer.write("&lt;");
                case '>' -> writer.write("&gt;");
                case '&' -> writer.write("&amp;");
                case '"' -> writer.write(attribute ? "&quot;" : "\"");
                case '\t', '\n', '\r' -> writer.write("&#" + point + ";");
                default -> writer.write(Character.toString(isXml(point) ? point : 0xFFFD));
            }
        }
    }

    private static boolean isXml(int point) {
        return (point >= 0x20 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
    }
}
