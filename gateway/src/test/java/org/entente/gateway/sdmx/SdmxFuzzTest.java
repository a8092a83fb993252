package org.entente.gateway.sdmx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.entente.gateway.base.EntenteException;
import org.entente.gateway.statistics.Cube;
import org.entente.gateway.statistics.SmallStructure;
import org.junit.jupiter.api.Test;

/** A hundred thousand broken addresses and fields: each is answered or refused as the caller's mistake, none makes us fail. */
class SdmxFuzzTest {

    private static final int ROUNDS = 100_000;

    @Test
    void whateverIsAskedIsAnsweredOrRefused() {
        Catalogue catalogue = SampleCatalogue.catalogue();
        Cube cube = Cube.builder(SmallStructure.dataflow().structure()).build();
        Random random = new Random(4_711);
        int answered = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String address = MutatedAddresses.next(random)
                    .replace("ENTENTE", "XY")
                    .replace("DF_DIASPORA", "DF_PART")
                    .replace("DSD_DIASPORA", "DSD_SMALL")
                    .replace("SEX", "KIND");
            if (random.nextBoolean()) {
                address =
                        address.replace("/v2/availability", "/v2/data").replace("/v1/availableconstraint", "/v1/data");
            }
            String accept = MutatedAddresses.accept(random);
            try {
                answer(catalogue, cube, address, accept);
                answered++;
            } catch (EntenteException e) {
                assertTrue(e.code().status() < 500 || e.code().status() == 501, address + ": " + e);
            } catch (RuntimeException e) {
                throw new AssertionError(address + " with " + accept, e);
            }
        }
        assertTrue(answered > ROUNDS / 100, "not everything is refused: " + answered);
    }

    private static void answer(Catalogue catalogue, Cube cube, String address, String accept) {
        int mark = address.indexOf('?');
        String path = mark < 0 ? address : address.substring(0, mark);
        String query = mark < 0 ? null : address.substring(mark + 1);
        boolean first = path.startsWith("/v1");
        path = path.length() > 3 ? path.substring(3) : "/";
        if (first) {
            RestV1 translated = RestV1.translate(path, query);
            path = translated.rawPath();
            query = translated.rawQuery();
        }
        if (path.startsWith("/avail")) {
            AvailabilityQuery asked = AvailabilityQuery.parse(path, query);
            AvailabilityAnswer.of(asked, catalogue, flow -> List.of(cube));
            Negotiation.choose(StructureFormat.offered(), accept, asked.format());
        } else if (path.startsWith("/schema")) {
            SchemaQuery asked = SchemaQuery.parse(path, query);
            SchemaFormat format = Negotiation.choose(SchemaFormat.offered(), accept, asked.format());
            SchemaAnswer.of(asked, catalogue)
                    .ifPresent(answer -> answer.bytes(format, StructureMessagesTest.HEADER, Languages.ANY));
        } else if (path.startsWith("/data/")) {
            DataQuery.parse(path, query)
                    .bindWithHistory(cube.structure())
                    .cursor(cube)
                    .next();
        } else {
            StructureQuery asked = StructureQuery.parse(path, query);
            StructureFormat format = Negotiation.choose(StructureFormat.offered(), accept, asked.format());
            format.bytes(asked.select(catalogue), StructureMessagesTest.HEADER, Languages.ANY);
        }
    }
}
