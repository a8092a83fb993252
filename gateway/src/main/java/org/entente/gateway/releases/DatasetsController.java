package org.entente.gateway.releases;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.util.List;
import java.util.Map;
import org.entente.gateway.access.Roles;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.base.Listeners;

/** Datasets over HTTP. */
@Controller(port = Listeners.STAFF, value = "/api/datasets")
@Secured(SecurityRule.IS_AUTHENTICATED)
@ExecuteOn(TaskExecutors.BLOCKING)
final class DatasetsController {

    private final Datasets datasets;
    private final Balances balances;

    DatasetsController(Datasets datasets, Balances balances) {
        this.datasets = datasets;
        this.balances = balances;
    }

    /** A dataset as it is shown. */
    record View(
            String id,
            String dataflow,
            String authority,
            String title,
            Map<?, ?> coverage,
            AbsentCells absent,
            List<SumRule> sums) {

        static View of(Dataset dataset) {
            return new View(
                    dataset.id(),
                    dataset.dataflow().toString(),
                    dataset.authority(),
                    dataset.title(),
                    dataset.coverage(),
                    dataset.absent(),
                    dataset.sums());
        }
    }

    @Get
    List<View> list() {
        return datasets.all().stream().map(View::of).toList();
    }

    @Get("/{id}")
    View get(String id) {
        return View.of(datasets.get(id));
    }

    /** What ties figures of different datasets and periods. */
    @Get("/balances")
    List<Balance> balances() {
        return balances.all();
    }

    @Post("/balances")
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    Balance declare(@Body BalanceDeclaration declaration, StaffUser by) {
        return balances.declare(declaration, by);
    }

    @Post
    @Secured(Roles.STATISTICIAN)
    @Status(HttpStatus.CREATED)
    View declare(@Body DatasetDeclaration declaration, StaffUser by) {
        return View.of(datasets.declare(declaration, by));
    }
}
