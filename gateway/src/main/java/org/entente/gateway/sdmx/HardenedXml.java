package org.entente.gateway.sdmx;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.entente.gateway.statistics.CubeException;

/**
 * XML from outside, element by element: no document type, so no entities; nothing is fetched; nesting is limited. Whatever the
 * parser stumbles over is a refusal with its line.
 */
final class HardenedXml {

    private final XMLStreamReader reader;
    private final int maxDepth;
    private int depth;

    HardenedXml(InputStream in, int maxDepth) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        this.maxDepth = maxDepth;
        try {
            this.reader = factory.createXMLStreamReader(in);
        } catch (XMLStreamException e) {
            throw failure(e, 1);
        }
    }

    private static CubeException failure(XMLStreamException e, int line) throws IOException {
        // Bytes that are not the encoding's, and encodings that nobody knows, are the file's fault, not the stream's.
        if (e.getNestedException() instanceof IOException io
                && !(io instanceof CharConversionException)
                && !(io instanceof UnsupportedEncodingException)) {
            throw io;
        }
        if (e.getNestedException() instanceof CubeException refusal) {
            return refusal;
        }
        String message = String.valueOf(e.getMessage());
        return Refusal.malformed("the file is not well-formed XML (line " + line + "): "
                + Refusal.shortened(message.substring(message.lastIndexOf('\n') + 1)));
    }

    /**
     * Moves to the next start or end of an element; texts between are passed over.
     *
     * @return whether there is one
     * @throws CubeException if the file is not well-formed or tries what is not admitted
     */
    boolean next() throws IOException {
        try {
            while (reader.hasNext()) {
                int event = reader.next();
                switch (event) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > maxDepth) {
                            throw Refusal.malformed("elements are nested deeper than " + maxDepth + at());
                        }
                        return true;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        return true;
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw Refusal.malformed(
                                "the file declares a document type or uses an entity" + at() + "; neither is read");
                    default -> {}
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw failure(e, line());
        } catch (CubeException e) {
            throw e;
        } catch (RuntimeException e) {
            // The parser's own failures over hostile bytes are the file's fault.
            throw Refusal.malformed("the file is not well-formed XML" + at());
        }
    }

    /** The text of the element that was begun; ends behind its end. */
    String text() throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            while (true) {
                switch (reader.next()) {
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                        if (text.length() > 1 << 16) {
                            throw Refusal.malformed("a text is longer than " + (1 << 16) + " characters" + at());
                        }
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        return text.toString();
                    }
                    case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                    default -> throw Refusal.malformed("an element stands where a text is expected" + at());
                }
            }
        } catch (XMLStreamException e) {
            throw failure(e, line());
        } catch (CubeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Refusal.malformed("the file is not well-formed XML" + at());
        }
    }

    /** All text within the element that was begun, whatever elements it stands in; ends behind its end. */
    String firstText() throws IOException {
        StringBuilder text = new StringBuilder();
        int inner = 0;
        try {
            while (true) {
                switch (reader.next()) {
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (text.length() < 1 << 16) {
                            text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                        }
                    }
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (++depth > maxDepth) {
                            throw Refusal.malformed("elements are nested deeper than " + maxDepth + at());
                        }
                        inner++;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        if (inner-- == 0) {
                            return text.toString().trim();
                        }
                    }
                    default -> {}
                }
            }
        } catch (XMLStreamException e) {
            throw failure(e, line());
        } catch (CubeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw Refusal.malformed("the file is not well-formed XML" + at());
        }
    }

    boolean isStart() {
        return reader.isStartElement();
    }

    /** The element's name without its prefix. */
    String name() {
        return reader.getLocalName();
    }

    String namespace() {
        String namespace = reader.getNamespaceURI();
        return namespace == null ? "" : namespace;
    }

    int attributes() {
        return reader.getAttributeCount();
    }

    /** Whether an attribute has no prefix. */
    boolean isLocal(int attribute) {
        String namespace = reader.getAttributeNamespace(attribute);
        return namespace == null || namespace.isEmpty();
    }

    String attributeName(int attribute) {
        return reader.getAttributeLocalName(attribute);
    }

    String attributeText(int attribute) {
        return reader.getAttributeValue(attribute);
    }

    /** The attribute of that name, whatever its prefix; empty if there is none. */
    String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return "";
    }

    int line() {
        return reader.getLocation().getLineNumber();
    }

    /** Where the parser stands, for a person. */
    String at() {
        return " (line " + line() + ")";
    }
}
