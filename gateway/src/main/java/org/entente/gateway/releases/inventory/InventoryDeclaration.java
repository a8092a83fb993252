package org.entente.gateway.releases.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.agreements.SensitiveGroup;
import org.entente.agreements.decision.Facts;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.statistics.TimePeriod;
import org.jspecify.annotations.Nullable;

/**
 * What an authority says it holds, where no dataset of this node says it: a register, a survey, a table that was never imported.
 *
 * @param authority the office that holds it
 * @param title 1 to 200 characters
 * @param concepts what is counted, at least one, in words or codes
 * @param from first period
 * @param until last period; absent while it goes on
 * @param coverage for each sensitive group that is spoken of, as datasets declare it
 * @param gaps what is missing
 */
public record InventoryDeclaration(
        @Nullable String authority,
        @Nullable String title,
        @Nullable List<String> concepts,
        @Nullable String from,
        @Nullable String until,
        @Nullable Map<String, String> coverage,
        @Nullable List<String> gaps,
        @Nullable String note) {
    private static final int LONGEST = 200;
    private static final int LONGEST_NOTE = 2000;
    private static final int MOST = 50;

    /**
     * The entry that is declared.
     *
     * @throws EntenteException {@code inventory-entry-invalid}, naming everything that is missing or unknown
     */
    InventoryEntry check(String id) {
        List<String> faults = new ArrayList<>();
        String office = line("authority", authority, faults);
        String name = line("title", title, faults);
        List<String> counted = lines("concepts", concepts, faults);
        if (counted.isEmpty()) {
            faults.add("concepts: say what is counted");
        }
        TimePeriod first = period("from", from, faults);
        TimePeriod last = period("until", until, faults);
        if (first == null && from == null) {
            faults.add("from: say from which period on");
        }
        if (first != null && last != null && last.end().isBefore(first.start())) {
            faults.add("until: ends before it begins");
        }
        if (note != null && (note.isBlank() || note.length() > LONGEST_NOTE)) {
            faults.add("note: has 1 to " + LONGEST_NOTE + " characters");
        }
        List<String> missing = lines("gaps", gaps, faults);
        SortedMap<SensitiveGroup, Facts.Presence> groups = coverage(faults);
        if (!faults.isEmpty()) {
            throw new EntenteException(
                    ErrorCode.INVENTORY_ENTRY_INVALID, String.join("; ", faults), Map.of("faults", faults));
        }
        return new InventoryEntry(
                id,
                office,
                InventoryEntry.Origin.DECLARED,
                name,
                counted,
                from,
                until,
                groups,
                null,
                null,
                missing,
                note);
    }

    private static String line(String member, @Nullable String text, List<String> faults) {
        if (text == null
                || text.isBlank()
                || text.length() > LONGEST
                || text.lines().count() > 1) {
            faults.add(member + ": is one line of 1 to " + LONGEST + " characters");
            return "";
        }
        return text;
    }

    private static List<String> lines(String member, @Nullable List<String> given, List<String> faults) {
        List<String> lines = new ArrayList<>();
        for (String text : given == null ? List.<String>of() : given) {
            lines.add(line(member, text, faults));
        }
        if (lines.size() > MOST) {
            faults.add(member + ": has at most " + MOST + " lines");
        }
        return lines;
    }

    private static @Nullable TimePeriod period(String member, @Nullable String text, List<String> faults) {
        if (text == null) {
            return null;
        }
        TimePeriod period = TimePeriod.tryParse(text).orElse(null);
        if (period == null) {
            faults.add(member + ": is a period such as 2020, 2020-07 or 2020-Q1");
        }
        return period;
    }

    private SortedMap<SensitiveGroup, Facts.Presence> coverage(List<String> faults) {
        SortedMap<SensitiveGroup, Facts.Presence> checked = new TreeMap<>();
        (coverage == null ? Map.<String, String>of() : coverage).forEach((group, presence) -> {
            try {
                checked.put(SensitiveGroup.valueOf(group), Facts.Presence.valueOf(presence));
            } catch (IllegalArgumentException e) {
                faults.add("coverage." + group + ": a sensitive group is EXCLUDED, SEPARATED, SEPARABLE or INCLUDED");
            }
        });
        return checked;
    }
}
