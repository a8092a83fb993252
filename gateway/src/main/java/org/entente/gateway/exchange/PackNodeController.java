package org.entente.gateway.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.partners.AuthenticatedCall;
import org.entente.gateway.partners.NodeDoor;

/** Where partners deliver crisis packs. */
@Controller(port = Listeners.NODE)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class PackNodeController {
    private final NodeDoor door;
    private final PackDesk desk;
    private final ObjectMapper mapper;

    PackNodeController(NodeDoor door, PackDesk desk, ObjectMapper mapper) {
        this.door = door;
        this.desk = desk;
        this.mapper = mapper;
    }

    @Post(value = PackDelivery.PATH, consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<byte[]> take(HttpRequest<?> request, @Body byte[] body) throws JsonProcessingException {
        AuthenticatedCall call = door.authenticate(request, body, false);
        return door.answer(call, 200, PackDocument.MEDIA_TYPE, mapper.writeValueAsBytes(desk.take(call)));
    }
}
