package org.entente.gateway.operations;

import io.micronaut.core.io.ResourceLoader;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import java.io.InputStream;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.base.ErrorCode;
import org.entente.gateway.base.Listeners;

/** The OpenAPI document, written from the controllers when the gateway is compiled. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Entente",
                        version = "0.1",
                        description = "A gateway with which states exchange agreed aggregates on migration.",
                        license = @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0")))
@SecurityScheme(name = "staff", type = SecuritySchemeType.HTTP, scheme = "bearer", bearerFormat = "JWT")
@Controller(port = Listeners.STAFF, value = "/openapi")
@Secured(SecurityRule.IS_ANONYMOUS)
final class OpenApiController {

    private static final String DOCUMENT = "META-INF/swagger/entente-0.1.yml";

    private final ResourceLoader resources;

    OpenApiController(ResourceLoader resources) {
        this.resources = resources;
    }

    @Get(produces = "application/yaml")
    @ExecuteOn(TaskExecutors.BLOCKING)
    StreamedFile document() {
        InputStream document = resources
                .getResourceAsStream(DOCUMENT)
                .orElseThrow(() -> new EntenteException(
                        ErrorCode.NOT_IMPLEMENTED, "This build of the gateway holds no OpenAPI document."));
        return new StreamedFile(document, new MediaType("application/yaml"));
    }
}
