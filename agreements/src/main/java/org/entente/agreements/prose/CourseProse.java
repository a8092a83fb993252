package org.entente.agreements.prose;

import java.util.List;
import org.entente.agreements.Agreement;
import org.entente.agreements.Course;
import org.jspecify.annotations.Nullable;

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
        String nature = agreement.nature().name();
        ArticleBuilder start = new ArticleBuilder(words, "start", words.say("start." + nature));
        Course.EntryIntoForce entry = course.entryIntoForce();
        Object value = entry.date() != null ? entry.date() : entry.days() != null ? entry.days() : entry.parties();
        start.add("starts", words.say("starts." + nature, words.say("entry." + entry.rule(), String.valueOf(value))));
        if (entry.provisionalFrom() != null) {
            start.say("entry.provisional", entry.provisionalFrom());
        }
        if (entry.declaresProvisional()) {
            start.say("entry.declared");
        }
        start.add("validity", duration(course.validity()));
        Course.Renewal renewal =
                course.validity() == null ? null : course.validity().renewal();
        if (renewal != null) {
            start.say("validity.renewal", renewal.months(), renewal.noticeDays());
        }
        ArticleBuilder end = ArticleBuilder.of(words, "end");
        end.add("amendment", words.say("amendment." + course.amendment().procedure()));
        end.text("amendment.note", course.amendment().note());
        end.add(
                "suspension",
                words.say(
                        "suspension." + course.suspension().perLeg(),
                        course.suspension().noticeDays()));
        end.add(
                "ends",
                words.say(
                        "ends." + nature,
                        course.termination().noticeDays(),
                        words.say("afterEnd", course.termination().data())));
        end.text("ends.orderly", course.termination().orderlyEnd());
        return List.of(start.build(), end.build());
    }

    private String duration(Course.@Nullable Validity validity) {
        if (validity == null) {
            return words.say("validity.indefinite");
        }
        return validity.until() != null
                ? words.say("validity.until", validity.until())
                : words.say("validity.months", String.valueOf(validity.months()));
    }
}
