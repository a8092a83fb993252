package org.entente.gateway.treaties;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.function.Supplier;
import org.entente.agreements.Agreement;
import org.entente.crypto.canonical.CanonicalJson;
import org.entente.gateway.base.ErrorResponses;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.base.Problem;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeDoor;

/** Agreements between nodes. Refusals of a partner that is known are answers, and signed like them. */
@Controller(port = Listeners.NODE, value = "/agreements")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class TreatyNodeController {
    private static final byte[] NO_CONTENT = {};

    private final NodeDoor door;
    private final Treaties treaties;
    private final ErrorResponses errors;

    TreatyNodeController(NodeDoor door, Treaties treaties, ErrorResponses errors) {
        this.door = door;
        this.treaties = treaties;
        this.errors = errors;
    }

    /** Takes an act in. */
    @Post(value = "/acts", consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<byte[]> act(HttpRequest<?> request, @Body byte[] body) {
        AuthenticatedCall call = door.authenticate(request, body, false);
        return answer(request, call, () -> CanonicalJson.encode(treaties.receive(call)));
    }

    /** The texts that concern the caller, with the ids of the acts on them. */
    @Get(produces = MediaType.ALL)
    HttpResponse<byte[]> list(HttpRequest<?> request) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        return answer(request, call, () -> {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode list = answer.putArray("agreements");
            for (Treaty treaty : treaties.all()) {
                if (treaty.concerns(call.partner().party())) {
                    ObjectNode text = list.addObject();
                    name(text, treaty);
                    ArrayNode acts = text.putArray("acts");
                    treaty.acts().forEach(act -> acts.add(act.instrument().id()));
                }
            }
            return CanonicalJson.encode(answer);
        });
    }

    /** One text that concerns the caller, with the acts on it in order; by digest, or by id for the newest version. */
    @Get(value = "/{id}", produces = MediaType.ALL)
    HttpResponse<byte[]> one(HttpRequest<?> request, String id) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        return answer(request, call, () -> {
            Treaty treaty = treaties.find(id)
                    .filter(t -> t.concerns(call.partner().party()))
                    .orElseThrow(() -> TreatyErrors.unknown(id));
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            name(answer, treaty);
            ArrayNode messages = answer.putArray("messages");
            treaties.messages(treaty.file().digest()).forEach(m -> messages.add(CanonicalJson.parseStrict(m)));
            return CanonicalJson.encode(answer);
        });
    }

    /** The cards of another party of the text, for one that cannot verify that party's acts without them. */
    @Get(value = "/{id}/cards/{party}", produces = MediaType.ALL)
    HttpResponse<byte[]> cards(HttpRequest<?> request, String id, String party) {
        AuthenticatedCall call = door.authenticate(request, NO_CONTENT, false);
        return answer(
                request, call, () -> treaties.cardsOf(id, party, call.partner().party()));
    }

    private static void name(ObjectNode node, Treaty treaty) {
        Agreement agreement = treaty.file().agreement();
        node.put("agreement", agreement.id()).put("version", agreement.version());
        node.put("digest", treaty.file().digest());
    }

    private HttpResponse<byte[]> answer(HttpRequest<?> request, AuthenticatedCall call, Supplier<byte[]> content) {
        byte[] body;
        try {
            body = content.get();
        } catch (RuntimeException e) {
            Problem problem = errors.problem(request, e);
            return door.answer(call, problem.status(), Problem.MEDIA_TYPE, CanonicalJson.encode(problem));
        }
        return door.answer(call, 200, ActMessage.MEDIA_TYPE, body);
    }
}
