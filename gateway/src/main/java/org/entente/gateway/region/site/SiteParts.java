package org.entente.gateway.region.site;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.region.library.Library;
import org.entente.gateway.region.national.NationalPublication;
import org.entente.gateway.region.profile.PublicEditions;

/** The parts of the site: regional profiles, the state's own profile, the library. */
@Singleton
@Requires(property = Listeners.PUBLIC_PORT)
class SiteParts {
    private final PublicEditions regional;
    private final NationalPublication national;
    private final Library library;

    SiteParts(PublicEditions regional, NationalPublication national, Library library) {
        this.regional = regional;
        this.national = national;
        this.library = library;
    }

    /** Where the parts that have anything in them begin; one alone needs no way to it. */
    List<SiteTable.Link> links(Reader reader) {
        List<SiteTable.Link> links = new ArrayList<>();
        if (!regional.all().isEmpty()) {
            links.add(new SiteTable.Link(reader.say().get("parts.regional"), reader.at("/profiles")));
        }
        if (hasNational()) {
            links.add(national(reader));
        }
        if (!library.standing().isEmpty()) {
            links.add(new SiteTable.Link(reader.say().get("library.title"), reader.at("/library")));
        }
        return links.size() > 1 ? links : List.of();
    }

    /** Where the first part that has anything in it begins; where none has, the list of profiles says so. */
    String first() {
        if (!regional.all().isEmpty()) {
            return "/profiles";
        }
        if (hasNational()) {
            return NationalPage.PATH;
        }
        return library.standing().isEmpty() ? "/profiles" : "/library";
    }

    boolean hasNational() {
        return national.latest().isPresent();
    }

    static SiteTable.Link national(Reader reader) {
        return new SiteTable.Link(reader.say().get("parts.national"), reader.at(NationalPage.PATH));
    }
}
