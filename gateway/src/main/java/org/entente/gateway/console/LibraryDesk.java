package org.entente.gateway.console;

import io.micronaut.http.HttpParameters;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.SessionCookie;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.region.library.Library;
import org.entente.gateway.region.library.LibraryEntry;
import org.entente.gateway.region.library.LibraryHarvest;
import org.jspecify.annotations.Nullable;

/** Puts together the page of the library. */
@Singleton
class LibraryDesk {
    static final String PATH = SessionCookie.PAGES + "/library";

    private static final int MOST = 200;
    private static final String STANDING = "";
    private static final String WITHDRAWN = "withdrawn";
    private static final String ALL = "all";
    private static final Comparator<Library.Held> NEWEST = Comparator.comparingInt(
                    (Library.Held held) -> held.listed().entry().year())
            .reversed()
            .thenComparing(held -> held.listed().entry().title());

    private final Library library;
    private final LibraryHarvest harvest;

    LibraryDesk(Library library, LibraryHarvest harvest) {
        this.library = library;
        this.harvest = harvest;
    }

    /**
     * What the caller wants to see; empty texts for everything.
     *
     * @param source party that has entered it
     * @param state empty for entries that stand, {@code withdrawn}, or {@code all}
     */
    record Narrowing(String country, String year, String language, String source, String state) {
        static final Narrowing NONE = new Narrowing("", "", "", "", STANDING);

        static Narrowing of(HttpParameters query) {
            Function<String, String> value = name -> query.get(name, String.class, "");
            return new Narrowing(
                    value.apply("country"),
                    value.apply("year"),
                    value.apply("language"),
                    value.apply("source"),
                    value.apply("state"));
        }

        boolean leaves(Library.Held held) {
            LibraryEntry entry = held.listed().entry();
            boolean stands = held.listed().withdrawn() == null;
            return (country.isEmpty() || entry.countries().contains(country))
                    && (year.isEmpty() || year.equals(String.valueOf(entry.year())))
                    && (language.isEmpty() || entry.languages().contains(language))
                    && (source.isEmpty() || source.equals(held.party()))
                    && (state.equals(ALL) || stands != state.equals(WITHDRAWN));
        }
    }

    /**
     * The page.
     *
     * @param typed what stands in the form for a new entry
     * @param problem why the last form was refused; null if it was not
     */
    LibraryPage page(Narrowing wanted, LibraryPage.Form typed, @Nullable String problem, StaffUser user, Messages say) {
        boolean enters = user.hasRole(Roles.STATISTICIAN);
        List<Library.Held> all = library.all();
        List<Library.Held> left =
                all.stream().filter(wanted::leaves).sorted(NEWEST).toList();
        return new LibraryPage(
                filters(all, wanted, say),
                left.size(),
                left.stream().limit(MOST).map(held -> entry(held, enters, say)).toList(),
                harvest.states().stream().map(state -> harvest(state, say)).toList(),
                enters,
                enters ? typed : null,
                problem);
    }

    private static List<LibraryPage.Filter> filters(List<Library.Held> all, Narrowing wanted, Messages say) {
        Function<String, String> itself = code -> code;
        return List.of(
                filter(
                        "country",
                        all,
                        held -> held.listed().entry().countries().stream(),
                        country(say),
                        wanted.country,
                        say),
                filter(
                        "year",
                        all,
                        held -> Stream.of(String.valueOf(held.listed().entry().year())),
                        itself,
                        wanted.year,
                        say),
                filter(
                        "language",
                        all,
                        held -> held.listed().entry().languages().stream(),
                        language(say),
                        wanted.language,
                        say),
                filter("source", all, held -> Stream.of(held.party()), itself, wanted.source, say),
                new LibraryPage.Filter(
                        "state",
                        say.get("library.state"),
                        Stream.of(STANDING, WITHDRAWN, ALL)
                                .map(state -> new Choice(
                                        state, say.get("library.state." + state), state.equals(wanted.state)))
                                .toList()));
    }

    private static LibraryPage.Filter filter(
            String name,
            List<Library.Held> all,
            Function<Library.Held, Stream<String>> codes,
            Function<String, String> words,
            String chosen,
            Messages say) {
        List<Choice> choices = new ArrayList<>(List.of(new Choice("", say.get("library.any"), chosen.isEmpty())));
        all.stream()
                .flatMap(codes)
                .distinct()
                .sorted(Comparator.comparing(words))
                .forEach(code -> choices.add(new Choice(code, words.apply(code), code.equals(chosen))));
        return new LibraryPage.Filter(name, say.get("library." + name), choices);
    }

    private static LibraryPage.Entry entry(Library.Held held, boolean enters, Messages say) {
        LibraryEntry.Listed listed = held.listed();
        LibraryEntry entry = listed.entry();
        String id = listed.id().toString();
        boolean stands = listed.withdrawn() == null;
        Choice place = place(held, say);
        return new LibraryPage.Entry(
                id,
                entry.title(),
                place.label(),
                place.value(),
                entry.producer(),
                String.valueOf(entry.year()),
                joined(entry.countries(), country(say)),
                joined(entry.languages(), language(say)),
                entry.rights(),
                held.party(),
                say.time(listed.changed()),
                stands ? "" : String.valueOf(listed.withdrawn()),
                held.own() && stands && enters);
    }

    /** Where a profile is to be had; partners' files stay with them, and a file that was withdrawn is gone. */
    private static Choice place(Library.Held held, Messages say) {
        LibraryEntry entry = held.listed().entry();
        String link = entry.link();
        LibraryEntry.File file = entry.file();
        if (link != null) {
            return Choice.of(link, say.get("library.link"));
        }
        if (file == null
                || held.listed().withdrawn() != null
                || (!held.own() && held.site().isEmpty())) {
            return Choice.of("", file == null ? "" : file.name());
        }
        return Choice.of(
                held.own()
                        ? PATH + "/files/" + held.listed().id()
                        : held.site() + "/library/files/" + held.listed().id(),
                file.name());
    }

    private static LibraryPage.Harvest harvest(LibraryHarvest.State state, Messages say) {
        return new LibraryPage.Harvest(
                state.party(),
                state.taken() == null ? say.get("library.never") : say.time(state.taken()),
                state.next() == null ? say.get("library.soon") : say.time(state.next()),
                state.problem() == null ? "" : say.get("library.failures", state.failures(), state.problem()));
    }

    private static String joined(List<String> codes, Function<String, String> words) {
        return codes.stream().map(words).collect(Collectors.joining(", "));
    }

    private static Function<String, String> country(Messages say) {
        return code -> Locale.of("", code).getDisplayCountry(Locale.of(say.language()));
    }

    private static Function<String, String> language(Messages say) {
        return code -> Locale.of(code).getDisplayLanguage(Locale.of(say.language()));
    }
}
