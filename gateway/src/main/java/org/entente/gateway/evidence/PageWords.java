package org.entente.gateway.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.entente.agreements.prose.ProseDocument;

/** The words of the pages of evidence files, in one language; what there is no translation of is read in English. */
final class PageWords {
    private final Properties words = new Properties();

    /** @param language BCP 47 tag */
    PageWords(String language) {
        load("en");
        load(language);
    }

    private void load(String language) {
        try (InputStream in = PageWords.class.getResourceAsStream("page_" + language + ".properties")) {
            if (in != null) {
                words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String say(String key, Object... gaps) {
        String pattern = Objects.requireNonNull(words.getProperty(key), key);
        return new MessageFormat(pattern, Locale.ROOT).format(gaps);
    }

    ProseDocument.Article article(String key, String heading, List<String> sentences) {
        return new ProseDocument.Article(
                key,
                say(heading),
                sentences.stream()
                        .map(sentence -> new ProseDocument.Paragraph(key, sentence))
                        .toList());
    }

    /**
     * A whole text.
     *
     * @param digest of what it is about, as renderings print digests
     * @param title key of its title
     */
    ProseDocument document(String language, String digest, String title, List<ProseDocument.Article> articles) {
        return new ProseDocument(
                language,
                language.equals("ar"),
                digest,
                say(title),
                say("status"),
                List.of(),
                new ProseDocument.Labels(say("digest"), say("article")),
                articles);
    }
}
