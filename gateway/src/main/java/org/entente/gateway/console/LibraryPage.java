package org.entente.gateway.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the page of the library shows.
 *
 * @param filters what the table can be narrowed by
 * @param count entries that the filters leave, of which the table shows the first
 * @param harvests how far the harvest of each partner's library has come
 * @param mayHarvest whether the caller may harvest now
 * @param form for a new entry; null for whoever may not enter any
 * @param problem why the last form was refused; null if it was not
 */
public record LibraryPage(
        List<Filter> filters,
        int count,
        List<Entry> entries,
        List<Harvest> harvests,
        boolean mayHarvest,
        @Nullable Form form,
        @Nullable String problem) {

    /** What the table can be narrowed by: a field with its choices. */
    public record Filter(String name, String label, List<Choice> choices) {}

    /**
     * A profile.
     *
     * @param place words of the link that leads to it; empty where it cannot be had
     * @param address that the link leads to
     * @param source party that has entered it
     * @param changed when it was entered or withdrawn
     * @param withdrawn why it was; empty while it stands
     * @param withdrawable whether the caller may withdraw it
     */
    public record Entry(
            String id,
            String title,
            String place,
            String address,
            String producer,
            String year,
            String countries,
            String languages,
            String rights,
            String source,
            String changed,
            String withdrawn,
            boolean withdrawable) {}

    /**
     * The harvest of a partner's library.
     *
     * @param last when the newest list that was taken was signed, in words
     * @param next when it is harvested again, in words
     * @param problem why the last harvest failed; empty if it did not
     */
    public record Harvest(String party, String last, String next, String problem) {}

    /** What was typed for a new entry, but for the file, which no page can give back. */
    public record Form(
            String title,
            String producer,
            String year,
            String countries,
            String languages,
            String rights,
            String link) {
        static final Form EMPTY = new Form("", "", "", "", "", "", "");
    }
}
