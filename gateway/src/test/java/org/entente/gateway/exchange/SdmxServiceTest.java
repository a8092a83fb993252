package org.entente.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.entente.gateway.testing.Corridor;
import org.entente.gateway.testing.StaffClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The SDMX service over real HTTP, with the requests that seven clients in use were seen to send: raw brackets and plus signs,
 * dropped tails, trailing slashes, their own Accept fields.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SdmxServiceTest {

    private final Corridor corridor = Corridor.open();
    private final URI base = corridor.ita().staff();
    private final String token = StaffClient.json(StaffClient.anonymous(base)
                    .post("/login", Map.of("username", "analyst", "password", Corridor.PASSWORD)))
            .get("access_token")
            .asText();

    @AfterAll
    void close() {
        corridor.close();
    }

    /** Status, fields and body of an answer. */
    private record Answer(int status, String head, String body) {}

    /** Sends a request byte by byte as it is written here; no client tidies the address up. */
    private Answer send(String method, String address, String... fields) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(60_000);
            StringBuilder request = new StringBuilder(method + " " + address + " HTTP/1.1\r\nHost: " + base.getHost()
                    + ":" + base.getPort() + "\r\nConnection: close\r\n");
            for (String field : fields) {
                request.append(field).append("\r\n");
            }
            OutputStream out = socket.getOutputStream();
            out.write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int end = all.indexOf("\r\n\r\n");
            String head = end < 0 ? all : all.substring(0, end);
            return new Answer(Integer.parseInt(all.split(" ")[1]), head, end < 0 ? "" : all.substring(end + 4));
        }
    }

    private Answer get(String address, String... fields) throws IOException {
        String[] all = java.util.Arrays.copyOf(fields, fields.length + 1);
        all[fields.length] = "Authorization: Bearer " + token;
        return send("GET", address, all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // pysdmx SdmxConnector and RegistryClient
                "/sdmx/v2/structure/dataflow?detail=allcompletestubs|application/vnd.sdmx.structure+json;version=2.0.0|"
                        + "200|DF_DIASPORA",
                "/sdmx/v2/availability/dataflow/ENTENTE/DF_DIASPORA/1.0.0?c%5BREF_AREA%5D=IT&references=all|"
                        + "application/vnd.sdmx.structure+json;version=2.0.0|200|\"role\":\"Actual\"",
                "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0?c%5BTIME_PERIOD%5D=ge%3A2020&c%5BSEX%5D=F%2CM"
                        + "&c%5BREF_AREA%5D=IT&dimensionAtObservation=AllDimensions|"
                        + "application/vnd.sdmx.data+csv;version=2.0.0|200|DF_DIASPORA",
                "/sdmx/v2/structure/dataflow/ENTENTE/DF_STOCK_BIRTH/1.0.0?detail=referencepartial&references=all|"
                        + "application/vnd.sdmx.structure+json;version=2.0.0|200|CR_DF_STOCK_BIRTH",
                "/sdmx/v2/structure/dataflow/ENTENTE/DF_DIASPORA/1.0.0?detail=referencepartial&references=parentsandsiblings|"
                        + "application/vnd.sdmx.structure+json;version=2.0.0|200|provisionAgreements",
                "/sdmx/v2/schema/dataflow/ENTENTE/DF_DIASPORA/1.0.0/|application/vnd.sdmx.structure+json;version=2.0.0|200|"
                        + "DSD_DIASPORA",
                "/sdmx/v2/structure/codelist/SDMX/CL_SEX/2.1/|application/vnd.sdmx.structure+json;version=2.0.0|200|CL_SEX",
                // sdmx1
                "/sdmx/v2/structure/datastructure/ENTENTE/DSD_DIASPORA/1.0.0?references=all|*/*|200|dataStructures",
                "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.PH._T.CB|*/*|200|dataSets",
                "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT._T.PH._T.CB|"
                        + "application/vnd.sdmx.data+xml;version=3.0.0|200|StructureSpecificData",
                "/sdmx/v1/dataflow/ENTENTE/DF_DIASPORA/latest?references=all|*/*|200|mes:Structure",
                "/sdmx/v1/datastructure/ENTENTE/DSD_DIASPORA/latest?references=all|*/*|200|mes:Structure",
                "/sdmx/v1/data/DF_DIASPORA/A5.IT._T.PH._T.CB?startPeriod=2020|*/*|200|GenericData",
                "/sdmx/v1/data/DF_DIASPORA/A5.IT._T.PH._T.CB|"
                        + "application/vnd.sdmx.structurespecificdata+xml;version=2.1|200|StructureSpecificData",
                // sdmx-rest (npm): raw brackets
                "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT..PH?attributes=dsd&measures=all&includeHistory=false"
                        + "&c[TIME_PERIOD]=ge:2015|application/vnd.sdmx.data+json;version=2.0.0|200|dataSets",
                "/sdmx/v2/structure/codelist/SDMX/CL_SEX/~/*?detail=full&references=none|"
                        + "application/vnd.sdmx.structure+json;version=2.0.0|200|CL_SEX",
                // sdmx-json-parser
                "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0/A5.IT..PH?format=jsondata|*/*|200|dataSets",
                // Banca d'Italia connectors
                "/sdmx/v2/structure/dataflow/*/*/+|application/vnd.sdmx.structure+xml;version=2.1|200|mes:Structure",
                "/sdmx/v2/structure/datastructure/ENTENTE/DSD_DIASPORA/1.0.0?references=descendants|"
                        + "application/vnd.sdmx.structure+xml;version=2.1|200|PrimaryMeasure",
                "/sdmx/v2/availability/dataflow/ENTENTE/DF_DIASPORA/1.0.0?c[REF_AREA]=IT&mode=exact|"
                        + "application/vnd.sdmx.structure+xml;version=2.1|200|ContentConstraint",
                "/sdmx/v2/data/dataflow/ENTENTE/DF_DIASPORA/1.0.0?c[REF_AREA]=IT&c[SEX]=F&attributes=all&measures=all|"
                        + "application/vnd.sdmx.structurespecificdata+xml;version=2.1|200|StructureSpecificData",
                // sdmx-dl
                "/sdmx/v1/dataflow/all/all/latest|*/*|200|DF_DIASPORA",
                "/sdmx/v1/datastructure/ENTENTE/DSD_DIASPORA/1.0.0?references=children|application/xml|200|str:Codelist ",
                "/sdmx/v1/data/ENTENTE%2CDF_DIASPORA%2C1.0.0/A5.IT._T.PH/all?detail=serieskeysonly|"
                        + "application/vnd.sdmx.genericdata+xml; version=2.1|200|GenericData",
                "/sdmx/v1/codelist/SDMX/CL_SEX/2.1|*/*|200|CL_SEX",
                "/sdmx/v1/data/ENTENTE%2CDF_DIASPORA%2C1.0.0/A5.IT._T.PH/all?detail=dataonly|"
                        + "application/vnd.sdmx.genericdata+xml; version=2.1|200|ObsValue",
                "/sdmx/v1/data/ENTENTE%2CDF_DIASPORA%2C1.0.0/A5.IT._T.PH/all?detail=nodata|"
                        + "application/vnd.sdmx.structurespecificdata+xml;version=2.1|200|UNIT_MULT",
                // A dimension without a code list is one to version 2, and has a partial list for tools of version 1.
                "/sdmx/v2/structure/datastructure/ENTENTE/DSD_DIASPORA/1.0.0|"
                        + "application/vnd.sdmx.structure+xml;version=2.1|200|[A-Z0-9-]{1",
                "/sdmx/v1/datastructure/ENTENTE/DSD_DIASPORA/1.0.0|*/*|200|CL_DSD_DIASPORA_REF_REGION",
                "/sdmx/v1/codelist/ENTENTE/CL_DSD_DIASPORA_REF_REGION|*/*|200|isPartial=\"true\"",
                // rsdmx
                "/sdmx/v1/dataflow/all/all/latest/|application/xml|200|DF_DIASPORA",
                "/sdmx/v1/datastructure/ENTENTE/DSD_DIASPORA/1.0.0/?references=children|application/xml|200|str:Codelist ",
                "/sdmx/v1/data/ENTENTE,DF_DIASPORA,1.0.0/A5.IT._T.PH/all/?startPeriod=2010&endPeriod=2020|application/xml|"
                        + "200|Data",
                "/sdmx/v1/availableconstraint/DF_DIASPORA/A5.IT/all/SEX|*/*|200|ContentConstraint",
                // The agreement between the two nodes, as the standard has it.
                "/sdmx/v2/structure/provisionagreement/ITA|application/vnd.sdmx.structure+json;version=2.1.0|200|dataProvider",
                "/sdmx/v2/structure/provisionagreement/ITA/*/*?references=dataconstraint|*/*|200|\"timeRange\"",
                "/sdmx/v2/structure/*/ENTENTE?detail=allstubs|*/*|200|DF_INTERNAL",
                // What is not there, and what is never there.
                "/sdmx/v2/structure/dataflow/ENTENTE/DF_OTHER|*/*|204|",
                "/sdmx/v1/dataflow/ENTENTE/DF_OTHER|*/*|404|mes:Error",
                "/sdmx/v2/structure/valuelist|*/*|501|\"code\":501",
                "/sdmx/v2/metadata/metadataflow/A/B/1.0?asOf=2026-01-01T00:00:00Z|*/*|501|\"code\":501",
                "/sdmx/v2/metadata|*/*|400|\"code\":400",
                "/sdmx/v2/registration/id/x|*/*|501|\"code\":501",
                "/sdmx/v2/structure/nonsense|application/vnd.sdmx.structure+xml;version=3.0.0|400|mes:Error",
                "/sdmx/v2/structure/dataflow?format=pdf|*/*|406|\"code\":406",
            })
    void aClientIsAnswered(String address, String accept, int status, String holds) throws IOException {
        Answer answer = get(address, "Accept: " + accept);

        assertEquals(status, answer.status(), answer.head() + "\n" + answer.body());
        assertTrue(holds == null || answer.body().contains(holds), answer.head() + "\n" + answer.body());
    }

    @Test
    void whoHasTheAnswerIsToldSo() throws IOException {
        String address = "/sdmx/v2/structure/dataflow/ENTENTE/DF_DIASPORA/1.0.0";
        Answer first = get(address);
        String tag = first.head()
                .lines()
                .filter(line -> line.toLowerCase().startsWith("etag:"))
                .findFirst()
                .orElseThrow()
                .substring(6);
        String date = first.head()
                .lines()
                .filter(line -> line.toLowerCase().startsWith("last-modified:"))
                .findFirst()
                .orElseThrow()
                .substring(15);

        assertEquals(304, get(address, "If-None-Match: " + tag).status());
        assertEquals(304, get(address, "If-Modified-Since: " + date).status());
        assertEquals(
                200,
                get(address, "If-None-Match: \"other\"", "If-Modified-Since: " + date)
                        .status());
        assertEquals(
                200,
                get(address, "If-None-Match: " + tag, "Accept: application/xml").status(),
                "another format");
        assertEquals(200, get(address, "If-Modified-Since: yesterday").status());
    }
}
