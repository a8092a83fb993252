package org.entente.agreements.prose;

import java.util.ArrayList;
import java.util.List;
import org.entente.agreements.Agreement;
import org.entente.agreements.Course;
import org.entente.agreements.Nature;

/** Entry into force, duration, amendment and end, in the vocabulary of the instrument's nature. */
final class CourseProse {
    private final Agreement agreement;
    private final Words words;

    CourseProse(Agreement agreement, Words words) {
        this.agreement = agreement;
        this.words = words;
    }

    List<ProseDocument.Article> articles() {
        Course course = agreement.course();
        boolean treaty = agreement.nature() == Nature.TREATY;
        String nature = treaty ? "TREATY" : "MOU";
        List<String> start = new ArrayList<>();
        Course.EntryIntoForce entry = course.entryIntoForce();
        Object value = entry.date() != null ? entry.date() : entry.days() != null ? entry.days() : entry.parties();
        start.add(words.say("starts." + nature, words.say("entry." + entry.rule(), String.valueOf(value))));
        if (entry.provisionalFrom() != null) {
            start.add(words.say("entry.provisional", entry.provisionalFrom()));
        }
        start.add(duration(course.validity()));
        Course.Renewal renewal =
                course.validity() == null ? null : course.validity().renewal();
        if (renewal != null) {
            start.add(words.say("validity.renewal", renewal.months(), renewal.noticeDays()));
        }
        List<String> end = new ArrayList<>();
        end.add(words.say("amendment." + course.amendment().procedure()));
        if (course.amendment().note() != null) {
            end.add(words.of(course.amendment().note()));
        }
        end.add(words.say(
                "suspension." + course.suspension().perLeg(),
                course.suspension().noticeDays()));
        end.add(words.say(
                "ends." + nature,
                course.termination().noticeDays(),
                words.say("afterEnd", course.termination().data())));
        if (course.termination().orderlyEnd() != null) {
            end.add(words.of(course.termination().orderlyEnd()));
        }
        return List.of(
                new ProseDocument.Article(words.say("start." + nature), start),
                new ProseDocument.Article(words.say("end"), end));
    }

    private String duration(Course.@org.jspecify.annotations.Nullable Validity validity) {
        if (validity == null) {
            return words.say("validity.indefinite");
        }
        return validity.until() != null
                ? words.say("validity.until", validity.until())
                : words.say("validity.months", String.valueOf(validity.months()));
    }
}
