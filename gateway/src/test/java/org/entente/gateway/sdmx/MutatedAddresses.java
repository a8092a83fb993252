package org.entente.gateway.sdmx;

import java.util.List;
import java.util.Random;

/** Addresses and Accept fields of the SDMX service, whole or broken. The reporting area is never left open: no partner is asked. */
public final class MutatedAddresses {

    private static final List<String> STARTS = List.of(
            "/v2/structure",
            "/v2/availability",
            "/v2/schema",
            "/v2/metadata",
            "/v2/registration",
            "/v1/dataflow",
            "/v1/codelist",
            "/v1/datastructure",
            "/v1/availableconstraint",
            "/v2",
            "/v1");
    private static final List<String> SEGMENTS = List.of(
            "dataflow",
            "datastructure",
            "codelist",
            "provisionagreement",
            "conceptscheme",
            "*",
            "+",
            "~",
            "all",
            "latest",
            "ENTENTE",
            "SDMX",
            "DF_DIASPORA",
            "DSD_DIASPORA",
            "CL_AREA",
            "1.0.0",
            "1+.0.0",
            "1.*.0",
            "2.1,~",
            "A5.IT..PH",
            "A5.IT,A.FR",
            "SEX",
            "%2B",
            "%",
            "%00",
            "%FF",
            "..",
            "a,b",
            "'",
            "%25",
            "ITA,X,1.0",
            "A+B.C",
            "");
    private static final List<String> PARAMETERS = List.of(
            "detail=full",
            "detail=referencepartial",
            "references=all",
            "references=parents,codelist",
            "c%5BSEX%5D=F",
            "c%5BTIME_PERIOD%5D=ge:2010%2Ble:2020",
            "c%5BTIME_PERIOD%5D=co:20",
            "c%5BOBS_VALUE%5D=gt:1",
            "c%5B%5D=x",
            "mode=available",
            "mode=exact",
            "updatedAfter=2020-01-01T00:00:00%2B01:00",
            "updatedAfter=x",
            "asOf=2020",
            "firstNObservations=1",
            "lastNObservations=-1",
            "limit=3",
            "offset=99999999999999",
            "sort=*:desc",
            "dimensionAtObservation=SEX",
            "dimensionAtObservation=AllDimensions",
            "attributes=none",
            "measures=none",
            "format=json",
            "format=structure",
            "format=xml",
            "formatVersion=2.1.0",
            "formatVersion=3.0.0",
            "lang=fr",
            "startPeriod=2010",
            "endPeriod=2010-13",
            "reportingYearStartDay=--07-01",
            "deletion=true",
            "=",
            "&",
            "%",
            "includeHistory=true",
            "x=y");
    private static final List<String> ACCEPTS = List.of(
            "*/*",
            "application/json",
            "application/xml",
            "text/*;q=0.3",
            "application/vnd.sdmx.structure+json;version=2.1.0",
            "application/vnd.sdmx.structure+xml;version=3.0.0",
            "application/vnd.sdmx.structure+xml;version=2.1",
            "application/vnd.sdmx.structure+json;version=2+.0.1",
            "application/vnd.sdmx.schema+xml;version=3.0.0",
            "application/vnd.sdmx.structure+json;version=\"",
            ";",
            ",,;q=x",
            "application/vnd.sdmx.data+csv;labels=both");

    private MutatedAddresses() {}

    /** An address from the protocol's version on, with its query; percent signs may be broken. */
    public static String next(Random random) {
        StringBuilder address = new StringBuilder(pick(STARTS, random));
        for (int i = random.nextInt(7); i > 0; i--) {
            address.append('/').append(pick(SEGMENTS, random));
        }
        for (int i = random.nextInt(4), n = 0; i > 0; i--, n++) {
            address.append(n == 0 ? '?' : '&').append(pick(PARAMETERS, random));
        }
        for (int i = random.nextInt(3); i > 1; i--) {
            int at = random.nextInt(address.length());
            switch (random.nextInt(3)) {
                case 0 -> address.deleteCharAt(at);
                case 1 -> address.insert(at, (char) (33 + random.nextInt(94)));
                default -> address.setCharAt(at, (char) (33 + random.nextInt(94)));
            }
        }
        return address.toString();
    }

    /** An Accept field. */
    public static String accept(Random random) {
        return pick(ACCEPTS, random);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
