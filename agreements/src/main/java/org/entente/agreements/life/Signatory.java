package org.entente.agreements.life;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The person who signs for a party.
 *
 * @param name the person's name
 * @param post the office by virtue of which the person signs
 * @param fullPowers reference of the full powers (Vienna Convention on the Law of Treaties, art. 7); absent where the post needs none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Signatory(String name, String post, @Nullable String fullPowers) {}
