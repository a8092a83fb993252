package org.entente.gateway.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the page for asking shows.
 *
 * @param legs the legs under which this node may ask
 * @param unknown sentences about legs of dataflows that this node does not know
 * @param form what the chosen leg allows
 * @param waits in words, that a person of the partner decides
 * @param waiting requests that wait for such a decision
 */
public record AskPage(
        List<Choice> legs,
        List<String> unknown,
        @Nullable Form form,
        @Nullable Refusal refusal,
        @Nullable String waits,
        @Nullable Answer answer,
        List<Waiting> waiting) {

    /**
     * What can be asked under one leg, with what was asked.
     *
     * @param about agreement and leg in words
     */
    public record Form(
            String about,
            List<Choice> people,
            List<Choice> purposes,
            List<Choice> breakdowns,
            String from,
            String to,
            boolean fresh) {}

    /** Why there are no figures. */
    public record Refusal(String title, String sentence, List<Article> reasons, String remedy) {}

    /**
     * One reason, with the part of the agreement that says so.
     *
     * @param article its heading, or empty
     * @param address of the agreement's text
     */
    public record Article(String sentence, String article, String address) {}

    /**
     * Figures.
     *
     * @param subscribe address of the page on which the question becomes a standing request
     */
    public record Answer(
            String title,
            List<String> origins,
            AnswerTable table,
            String excel,
            String csv,
            String subscribe,
            List<Choice> evidence,
            List<Choice> about,
            @Nullable String disclaimer) {}

    /** One request that waits. */
    public record Waiting(String partner, String leg, String since, String due, String state) {}
}
