package org.entente.gateway.releases;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.jspecify.annotations.Nullable;

/** Structures that an office brings, over HTTP. They are read by the SDMX addresses as all structures are. */
@Controller(port = Listeners.STAFF, value = "/api/structures")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class StructuresController {

    private final OwnStructures structures;

    StructuresController(OwnStructures structures) {
        this.structures = structures;
    }

    @Get
    List<OwnStructures.Listed> list() {
        return structures.imported();
    }

    /**
     * The body is a structure message.
     *
     * @param role {@code COMPONENT=ROLE}, as often as needed
     */
    @Post(consumes = MediaType.ALL)
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    Map<String, List<String>> importMessage(
            @Nullable @QueryValue List<String> role, @Body byte[] document, StaffUser by) {
        Map<String, String> roles = new TreeMap<>();
        for (String one : role == null ? List.<String>of() : role) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new EntenteException(
                        ErrorCode.REQUEST_MALFORMED, "role is COMPONENT=ROLE, unlike '" + one + "'.");
            }
            roles.put(one.substring(0, equals), one.substring(equals + 1));
        }
        OwnStructures.Added added = structures.importMessage(document, roles, by);
        return Map.of(
                "dataflows",
                added.dataflows().stream().map(flow -> flow.id().toString()).toList(),
                "topics",
                added.topics().stream().map(topic -> topic.id().toString()).toList(),
                "metadataflows",
                added.metadataflows().stream().map(flow -> flow.id().toString()).toList());
    }
}
