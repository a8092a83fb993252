package org.entente.gateway.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.entente.gateway.access.StaffUser;
import org.entente.gateway.access.Users;
import org.entente.gateway.releases.DatasetMetadata;
import org.entente.gateway.releases.Protection;
import org.entente.gateway.releases.Release;
import org.entente.gateway.releases.ReleaseApproval;
import org.entente.gateway.releases.ReleaseDesk;
import org.entente.gateway.releases.ReleaseStatus;
import org.entente.gateway.releases.ReleaseTerms;

/** Italy's stock of the {@link Corridor}, described by headings and released again. */
public final class DescribedStock {

    private static final String DATASET = "ITA-STOCK-UNDESA";

    private DescribedStock() {}

    /** Describes the dataset with this source of data. */
    public static void describe(TestNode ita, String source) {
        String report = """
                CONTACT_ORGANISATION: Istat
                DATA_DESCR: {en: Migrants in Italy, fr: Migrants en Italie}
                STAT_POP: Usual residents
                REF_PERIOD: 1 July
                SOURCE_TYPE: %s
                """.formatted(source);
        ita.bean(DatasetMetadata.class)
                .describe(DATASET, report.getBytes(StandardCharsets.UTF_8), null, null, staff(ita, "analyst"));
    }

    /** Releases the demonstration's figures once more, with the newest report. */
    public static Release release(TestNode ita) {
        ReleaseDesk desk = ita.bean(ReleaseDesk.class);
        try (InputStream in =
                Objects.requireNonNull(ReleaseDesk.class.getResourceAsStream("/demo/ita-undesa-2020.csv"))) {
            UUID id = desk.importFigures(
                            DATASET,
                            new ByteArrayInputStream(in.readAllBytes()),
                            new ReleaseTerms(
                                    ReleaseStatus.FINAL,
                                    new Protection.PublicSource("https://example.org/stock", "2020-12"),
                                    null),
                            staff(ita, "analyst"))
                    .release()
                    .id();
            desk.approve(id, ReleaseApproval.plain(), staff(ita, "approver"));
            return desk.publish(id, staff(ita, "analyst"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StaffUser staff(TestNode node, String name) {
        Users users = node.bean(Users.class);
        return users.staff(users.get(name));
    }
}
