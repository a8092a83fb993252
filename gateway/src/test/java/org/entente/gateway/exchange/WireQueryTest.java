package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.entente.gateway.sdmx.BoundQuery;
import org.entente.gateway.sdmx.DataQuery;
import org.entente.gateway.statistics.Dataflow;
import org.entente.gateway.statistics.DiasporaStructure;
import org.junit.jupiter.api.Test;

class WireQueryTest {
    private final Dataflow dataflow = DiasporaStructure.load();

    @Test
    void oneSelectionHasOneAddress() {
        assertEquals(
                pathAndQuery("/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT.*?c[SEX]=M,F&c[TIME_PERIOD]=ge:2000"),
                pathAndQuery("/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT?c[TIME_PERIOD]=ge:2000&c[SEX]=F,M"));
    }

    @Test
    void whatIsSentSelectsWhatWasAsked() {
        String sent = pathAndQuery(
                "/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT?c[TIME_PERIOD]=ge:2000+le:2010&c[SEX]=F,M");
        HeldSelection asked =
                selection("/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT?c[TIME_PERIOD]=ge:2000+le:2010&c[SEX]=F,M");
        assertTrue(sent.startsWith("/sdmx/v2/data/provisionagreement/ITA/*/*/A5.IT."), sent);
        assertEquals(asked, selection(sent.substring("/sdmx/v2".length())));
    }

    @Test
    void namedPeriodsStayNamed() {
        String sent = pathAndQuery("/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT?c[TIME_PERIOD]=2010,2020");
        assertTrue(sent.endsWith("?c%5BTIME_PERIOD%5D=2010,2020"), sent);
    }

    @Test
    void codesBesideAWholeDimensionAreKeptForJudgingThemByName() {
        BoundQuery query = bind("/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT.*,A5.FR");
        assertEquals(
                "[FR, IT]",
                String.valueOf(
                        WireQuery.selection(query).dimensions().get("REF_AREA")
                                        instanceof org.entente.agreements.decision.Selection.Codes codes
                                ? codes.codes()
                                : "whole"));
        assertTrue(WireQuery.namedBesideWhole(query).isEmpty());
    }

    private String pathAndQuery(String address) {
        return WireQuery.pathAndQuery(dataflow.structure(), "ITA", null, selection(address));
    }

    private HeldSelection selection(String address) {
        return WireQuery.selection(bind(address));
    }

    private BoundQuery bind(String address) {
        int mark = address.indexOf('?');
        return DataQuery.parse(
                        mark < 0 ? address : address.substring(0, mark), mark < 0 ? null : address.substring(mark + 1))
                .bind(dataflow.structure());
    }
}
