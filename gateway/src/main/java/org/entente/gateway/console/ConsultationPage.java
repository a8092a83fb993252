package org.entente.gateway.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the page of one consultation shows.
 *
 * @param address of the page
 * @param open whether it is
 * @param state in words
 * @param digest of the draft, base64url SHA-256
 * @param draft the state's own draft; empty for a regional one
 * @param link that was made just now, and is shown this once; null if none was
 * @param closable whether every comment is answered
 * @param make the command for an edition with the outcome; empty where there is none
 * @param problem why the last form was refused; null if it was not
 */
public record ConsultationPage(
        String address,
        String title,
        boolean open,
        String state,
        String digest,
        List<Passage> draft,
        List<Reviewer> reviewers,
        List<Section> sections,
        @Nullable NewLink link,
        Invitation invitation,
        boolean closable,
        String make,
        @Nullable String problem) {

    /** A section of the draft. */
    public record Passage(String heading, String text) {}

    /**
     * Somebody who was asked.
     *
     * @param state of the link, in words
     */
    public record Reviewer(String name, String organisation, String contact, String issued, String state) {}

    /** The comments on one section. */
    public record Section(String title, List<Comment> comments) {}

    /**
     * A comment.
     *
     * @param from organisation, whether it may be named, and when it came, in words
     * @param outcome verdict with its answer, in words; empty while there is none
     * @param typed what stands in the field for the answer
     * @param seen when that answer was given; empty for none
     */
    public record Comment(String id, String from, String text, String outcome, String typed, String seen) {}

    /**
     * A link that was made just now.
     *
     * @param person whom it is for
     * @param isAddress whether it is a whole address, and not the token alone of a node without a public listener
     */
    public record NewLink(String person, String text, boolean isAddress) {}

    /**
     * What stands in the form for a new link.
     *
     * @param until the last day on which it is good
     */
    public record Invitation(String name, String organisation, String contact, String until) {}
}
