package org.entente.gateway.region.consultation;

/**
 * Somebody who is asked for comments.
 *
 * @param name of the person; stays with this node
 * @param organisation that the person speaks for; named in an edition only where the person agrees
 * @param contact address or number; stays with this node
 */
public record Reviewer(String name, String organisation, String contact) {
    private static final int LONGEST = 200;

    /** @throws IllegalArgumentException if anything is empty or longer than 200 characters */
    public Reviewer {
        for (String text : new String[] {name, organisation, contact}) {
            if (text == null || text.isBlank() || text.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "a reviewer has name, organisation and contact of 1 to 200 characters");
            }
        }
    }
}
