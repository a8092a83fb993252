package org.entente.gateway.exchange.notices;

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

/** Where partners tell of releases. */
@Controller(port = Listeners.NODE)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
class NoticeNodeController {
    private final NodeDoor door;
    private final NoticeDesk desk;
    private final ObjectMapper mapper;

    NoticeNodeController(NodeDoor door, NoticeDesk desk, ObjectMapper mapper) {
        this.door = door;
        this.desk = desk;
        this.mapper = mapper;
    }

    @Post(value = NoticeDelivery.PATH, consumes = MediaType.ALL, produces = MediaType.ALL)
    HttpResponse<byte[]> take(HttpRequest<?> request, @Body byte[] body) throws JsonProcessingException {
        AuthenticatedCall call = door.authenticate(request, body, false);
        return door.answer(call, 200, NoticeDocument.MEDIA_TYPE, mapper.writeValueAsBytes(desk.take(call)));
    }
}
