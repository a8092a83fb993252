package org.entente.agreements;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Who at the consumer may see the figures (clause 13).
 *
 * @param authorities ids of the consumer's authorities; empty means all of them
 * @param roles staff roles
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Access(List<String> authorities, List<String> roles) {
    public Access {
        authorities = Copies.of(authorities);
        roles = Copies.of(roles);
    }
}
