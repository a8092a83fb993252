package org.entente.gateway.region.profile;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;
import org.entente.gateway.region.comparison.Corridor;
import org.jspecify.annotations.Nullable;

/** Regional profiles, for the secretariat's staff. */
@Controller(port = Listeners.STAFF, value = "/api/profiles")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
class ProfilesController {
    private final Profiles profiles;
    private final ProfileBundles bundles;

    ProfilesController(Profiles profiles, ProfileBundles bundles) {
        this.profiles = profiles;
        this.bundles = bundles;
    }

    /**
     * What a profile is made of.
     *
     * @param forComments whether comments are asked for on it before it is published; nobody is asked where it is absent
     */
    record Wanted(UUID round, @Nullable Boolean forComments) {}

    /** The editions of a programme, newest first. */
    @Get("/{programme}")
    List<ProfileEdition> of(String programme) {
        return profiles.of(programme);
    }

    /** Makes the next edition from a closed round. */
    @Post
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    ProfileEdition make(@Body Wanted wanted, StaffUser by) {
        return profiles.make(wanted.round(), Boolean.TRUE.equals(wanted.forComments()), by);
    }

    /** What an edition says. */
    @Get("/{programme}/{edition}")
    Profile document(String programme, int edition) {
        return profiles.document(profiles.get(programme, edition));
    }

    /** An edition with all that proves it. */
    @Get("/{programme}/{edition}/bundle")
    @Produces("application/zip")
    HttpResponse<byte[]> bundle(String programme, int edition) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bundles.write(profiles.get(programme, edition), out);
        return HttpResponse.ok(out.toByteArray())
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + programme + "-" + edition + ".profile.zip\"");
    }

    /** Both states' figures on a corridor side by side, different concepts included, because somebody asks for exactly that. */
    @Get("/{programme}/{edition}/corridors/{origin}/{destination}")
    List<Corridor> sideBySide(String programme, int edition, String origin, String destination) {
        return profiles.sideBySide(profiles.get(programme, edition), origin, destination);
    }

    /** Publishes an edition. */
    @Post("/{programme}/{edition}/publication")
    @Secured(Roles.APPROVER)
    ProfileEdition publish(String programme, int edition, StaffUser by) {
        return profiles.publish(programme, edition, by);
    }
}
