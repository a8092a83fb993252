package org.entente.gateway.region.deposit;

/**
 * A member's focal point, who puts its figures in.
 *
 * @param name of the person
 * @param post and office
 * @param contact address or number
 */
public record Depositor(String name, String post, String contact) {
    private static final int LONGEST = 200;

    /** @throws IllegalArgumentException if anything is empty or longer than 200 characters */
    public Depositor {
        for (String text : new String[] {name, post, contact}) {
            if (text == null || text.isBlank() || text.length() > LONGEST) {
                throw new IllegalArgumentException("a focal point has name, post and contact of 1 to 200 characters");
            }
        }
    }
}
