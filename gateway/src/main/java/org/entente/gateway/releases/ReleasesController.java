package org.entente.gateway.releases;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.disclosure.Ledger;
import org.jspecify.annotations.Nullable;

/** Releases over HTTP. */
@Controller(port = Listeners.STAFF, value = "/api/releases")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class ReleasesController {

    private final ReleaseDesk desk;
    private final KnownTables known;
    private final ReleaseLosses losses;

    ReleasesController(ReleaseDesk desk, KnownTables known, ReleaseLosses losses) {
        this.desk = desk;
        this.known = known;
        this.losses = losses;
    }

    @Get
    List<Release> list(@Nullable @QueryValue String dataset) {
        return desk.list(dataset);
    }

    @Get("/{id}")
    Release get(UUID id) {
        return desk.get(id);
    }

    /** The body is figures in any format that is read, told by how it begins; an office's own table needs a mapping. */
    @Post
    @Consumes(MediaType.ALL)
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    ImportReport importFigures(
            @QueryValue String dataset,
            @QueryValue String status,
            @Nullable @QueryValue String protection,
            @Nullable @QueryValue String address,
            @Nullable @QueryValue String date,
            @Nullable @QueryValue String method,
            @Nullable @QueryValue String approver,
            @Nullable @QueryValue String rule,
            @Nullable @QueryValue String revision,
            @Nullable @QueryValue Integer editionOf,
            @Nullable @QueryValue String mapping,
            @Body InputStream figures,
            StaffUser by) {
        try (InputStream body = figures) {
            try {
                if ("BY_GATEWAY".equals(protection)) {
                    return desk.importUnprotected(
                            dataset,
                            body,
                            mapping,
                            rule,
                            revision == null ? Ledger.Revision.FREE : Ledger.Revision.parse(revision),
                            ReleaseStatus.parse(status),
                            editionOf,
                            by);
                }
                ReleaseTerms terms = new ReleaseTerms(
                        ReleaseStatus.parse(status),
                        Protection.declared(protection, address, date, method, approver, rule),
                        editionOf);
                return desk.importFigures(dataset, body, mapping, terms, by);
            } finally {
                // A refusal reaches the client only when what the client is still sending has been taken.
                body.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The body ended before it was complete.", e);
        }
    }

    /** The body is a package in which an office has sealed a table that it has protected. */
    @Post("/protected")
    @Consumes(MediaType.ALL)
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    ImportReport importPackage(
            @QueryValue String dataset,
            @QueryValue String status,
            @Nullable @QueryValue Integer editionOf,
            @Nullable @QueryValue String mapping,
            @Body InputStream sealed,
            StaffUser by) {
        try (InputStream body = sealed) {
            return desk.importPackage(
                    dataset, body.readAllBytes(), mapping, ReleaseStatus.parse(status), editionOf, by);
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The body ended before it was complete.", e);
        }
    }

    /** Registers figures that are public elsewhere; the body is a file as an import takes it. */
    @Post("/known")
    @Consumes(MediaType.ALL)
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    KnownTable register(
            @QueryValue String dataset,
            @Nullable @QueryValue String address,
            @Nullable @QueryValue String date,
            @Nullable @QueryValue String mapping,
            @Body InputStream figures,
            StaffUser by) {
        try (InputStream body = figures) {
            return known.register(dataset, body.readAllBytes(), mapping, address, date, by);
        } catch (IOException e) {
            throw new EntenteException(ErrorCode.REQUEST_MALFORMED, "The body ended before it was complete.", e);
        }
    }

    /** What the protection of a release costs, for those who are responsible for its dataset. */
    @Get("/{id}/loss")
    @Secured({Roles.STATISTICIAN, Roles.APPROVER})
    ProtectionLoss loss(UUID id, @Nullable @QueryValue Boolean explain, StaffUser by) {
        return losses.of(id, Boolean.TRUE.equals(explain), by);
    }

    @Get("/known")
    List<KnownTable> known(@QueryValue String dataset) {
        return known.of(dataset);
    }

    /** Why small counts that are public elsewhere go out. */
    record PublicCells(@Nullable String reason) {}

    @Post("/{id}/public-cells")
    @Secured(Roles.STATISTICIAN)
    Release letPublicCellsOut(UUID id, @Body PublicCells decision, StaffUser by) {
        return desk.letPublicCellsOut(id, decision.reason(), by);
    }

    @Post("/{id}/approval")
    @Secured(Roles.APPROVER)
    Release approve(UUID id, @Body ReleaseApproval approval, StaffUser by) {
        return desk.approve(id, approval, by);
    }

    @Post("/{id}/publication")
    @Secured({Roles.STATISTICIAN, Roles.APPROVER})
    Release publish(UUID id, StaffUser by) {
        return desk.publish(id, by);
    }
}
