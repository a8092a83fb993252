package org.entente.gateway.treaties;

import java.util.List;
import java.util.Set;
import org.entente.gateway.sdmx.Format;

/** The forms in which an agreement is put into words. */
enum ProseFormat implements Format {
    TEXT("text/plain", "text"),
    HTML("text/html", "html"),
    PDF("application/pdf", "pdf");

    private final String mediaType;
    private final String alias;

    ProseFormat(String mediaType, String alias) {
        this.mediaType = mediaType;
        this.alias = alias;
    }

    /** What there is, most preferred first. */
    static List<ProseFormat> offered() {
        return List.of(values());
    }

    @Override
    public String mediaType() {
        return mediaType;
    }

    /** These media types have no versions. */
    @Override
    public String version() {
        return "1.0.0";
    }

    @Override
    public Set<String> aliases() {
        return Set.of(alias);
    }

    @Override
    public String contentType() {
        return this == PDF ? mediaType : mediaType + "; charset=utf-8";
    }
}
