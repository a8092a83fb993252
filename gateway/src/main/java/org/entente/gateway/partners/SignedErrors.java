package org.entente.gateway.partners;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A refusal after the door is an answer to a partner that is known, and signed like any other. Not so on routes of exchanges: there
 * a problem is no answer (docs/decisions/0004), and what is one is signed, journaled and proved where it is made.
 */
@ServerFilter("/**")
final class SignedErrors {
    private static final Logger LOG = LoggerFactory.getLogger(SignedErrors.class);
    private static final int FIRST_ERROR = 400;

    private final ResponseSigner signer;

    SignedErrors(ResponseSigner signer) {
        this.signer = signer;
    }

    @ResponseFilter
    void sign(HttpRequest<?> request, MutableHttpResponse<?> response) throws JsonProcessingException {
        if (response.code() < FIRST_ERROR || response.getHeaders().contains("signature")) {
            return;
        }
        Optional<AuthenticatedCall> call = NodeDoor.callOf(request);
        if (call.isPresent() && !isRepeated(response)) {
            try {
                signer.sign(call.get(), request, response);
            } catch (EntenteException e) {
                // Without its key the node has no answer; what goes out unsigned is taken for none.
                LOG.error("an error cannot be signed: {}", e.getMessage());
            }
        }
    }

    /** A message that was here before is not let in, however late that is noticed. */
    private static boolean isRepeated(MutableHttpResponse<?> response) {
        return response.body() instanceof Problem problem && problem.type().equals(ErrorCode.NONCE_REPLAYED.type());
    }
}
