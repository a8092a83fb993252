package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.PublicListenerSettings;
import org.entente.gateway.region.profile.ProfileEdition;
import org.entente.gateway.region.profile.PublicEditions;
import org.entente.gateway.region.programme.Programme;

/** What is newly published, as Atom feeds (RFC 4287): of all profiles, and of each one. */
@Controller(port = Listeners.PUBLIC)
@Requires(property = Listeners.PUBLIC_PORT)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class Feed {
    static final String ATOM = "application/atom+xml";

    private static final String NAMESPACE = "http://www.w3.org/2005/Atom";
    private static final String NEVER = "1970-01-01T00:00:00Z";

    private final PublicEditions editions;
    private final SitePages pages;
    private final PublicListenerSettings listener;

    Feed(PublicEditions editions, SitePages pages, PublicListenerSettings listener) {
        this.editions = editions;
        this.pages = pages;
        this.listener = listener;
    }

    /** Of all profiles. */
    @Get("/profiles/feed")
    @Produces(ATOM)
    HttpResponse<byte[]> all(HttpRequest<?> request) {
        return answer(request, "/profiles", editions.all());
    }

    /** Of one profile. */
    @Get("/profiles/{programme}/feed")
    @Produces(ATOM)
    HttpResponse<byte[]> of(HttpRequest<?> request, String programme) {
        List<ProfileEdition> published = editions.of(programme);
        if (published.isEmpty()) {
            throw new EntenteException(ErrorCode.NOT_FOUND, "No edition of a profile " + programme + " is published.");
        }
        return answer(request, "/profiles/" + programme, published);
    }

    private HttpResponse<byte[]> answer(HttpRequest<?> request, String path, List<ProfileEdition> published) {
        SiteTexts say = SiteTexts.of(request);
        try {
            return SitePages.known(request, feed(path, published, say), ATOM + ";charset=utf-8", SiteFiles.SHORT);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a feed in memory cannot be written", e);
        }
    }

    private byte[] feed(String path, List<ProfileEdition> published, SiteTexts say) throws XMLStreamException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XMLStreamWriter xml =
                XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
        String address = listener.baseUri() + path;
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace(NAMESPACE);
        xml.writeAttribute("xml:lang", say.language());
        element(xml, "id", address);
        element(xml, "title", say.get("list.title") + " · " + pages.partyName(say));
        element(xml, "updated", published.isEmpty() ? NEVER : time(published.getFirst()));
        link(xml, "self", address + "/feed");
        link(xml, "alternate", address);
        xml.writeStartElement("author");
        element(xml, "name", pages.partyName(say));
        xml.writeEndElement();
        for (ProfileEdition edition : published) {
            entry(xml, edition, say);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
        return out.toByteArray();
    }

    private void entry(XMLStreamWriter xml, ProfileEdition edition, SiteTexts say) throws XMLStreamException {
        String address = listener.baseUri() + "/profiles/" + edition.programme() + "/" + edition.edition();
        String title = Programme.in(editions.programme(edition).title(), say.language());
        xml.writeStartElement("entry");
        element(xml, "id", address);
        element(xml, "title", title + " · " + say.get("edition", edition.edition()));
        element(xml, "updated", time(edition));
        element(xml, "published", time(edition));
        link(xml, "alternate", address);
        element(xml, "summary", say.get("proof.digest", edition.digest()));
        xml.writeEndElement();
    }

    private static String time(ProfileEdition edition) {
        return edition.published() == null ? NEVER : edition.published().toString();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static void link(XMLStreamWriter xml, String relation, String address) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("href", address);
    }
}
