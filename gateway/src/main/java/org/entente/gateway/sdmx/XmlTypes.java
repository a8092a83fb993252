package org.entente.gateway.sdmx;

import java.util.Map;
import java.util.regex.Pattern;

/** SDMX data types and patterns as XML Schema has them. */
final class XmlTypes {

    private static final Map<String, String> STANDARD = Map.ofEntries(
            Map.entry("BigInteger", "xs:integer"),
            Map.entry("Integer", "xs:int"),
            Map.entry("Long", "xs:long"),
            Map.entry("Short", "xs:short"),
            Map.entry("Decimal", "xs:decimal"),
            Map.entry("Float", "xs:float"),
            Map.entry("Double", "xs:double"),
            Map.entry("Boolean", "xs:boolean"),
            Map.entry("URI", "xs:anyURI"),
            Map.entry("Count", "xs:integer"),
            Map.entry("Incremental", "xs:decimal"),
            Map.entry("InclusiveValueRange", "xs:decimal"),
            Map.entry("ExclusiveValueRange", "xs:decimal"),
            Map.entry("DateTime", "xs:dateTime"),
            Map.entry("Time", "xs:time"),
            Map.entry("Month", "xs:gMonth"),
            Map.entry("MonthDay", "xs:gMonthDay"),
            Map.entry("Day", "xs:gDay"),
            Map.entry("Duration", "xs:duration"),
            Map.entry("GregorianYear", "xs:gYear"),
            Map.entry("GregorianYearMonth", "xs:gYearMonth"),
            Map.entry("GregorianDay", "xs:date"),
            Map.entry("ObservationalTimePeriod", "common:ObservationalTimePeriodType"),
            Map.entry("StandardTimePeriod", "common:StandardTimePeriodType"),
            Map.entry("BasicTimePeriod", "common:BasicTimePeriodType"),
            Map.entry("GregorianTimePeriod", "common:GregorianTimePeriodType"),
            Map.entry("ReportingTimePeriod", "common:ReportingTimePeriodType"));

    /** The part of java.util.regex that XML Schema reads too: no anchors, look-around, lazy or possessive quantifiers. */
    private static final Pattern COMMON = Pattern.compile("(?:[^\\\\^$(?]|\\\\[.\\\\|*+?(){}\\[\\]dsDS-]|\\\\[pP]\\{"
            + "(?:L[ulmto]?|N[dlo]?|Cc)\\}|\\[\\^|\\((?!\\?)|(?<=[)\\]}a-zA-Z0-9])\\?)*");

    private static final Pattern DOUBLE_QUANTIFIER = Pattern.compile("[*+?}][*+?]");

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9_.-]");

    private XmlTypes() {}

    /** The XML Schema type of an SDMX data type; {@code xs:string} if there is none closer. */
    static String of(String sdmxType) {
        return STANDARD.getOrDefault(sdmxType, "xs:string");
    }

    /** Whether XML Schema reads the expression. Others are left out of schemas; our own check still holds. */
    static boolean isSchemaPattern(String expression) {
        return COMMON.matcher(expression).matches()
                && !DOUBLE_QUANTIFIER.matcher(expression).find();
    }

    /** The text as an XML name. */
    static String name(String text) {
        String name = NOT_IN_NAMES.matcher(text).replaceAll("_");
        return Character.isLetter(name.charAt(0)) || name.charAt(0) == '_' ? name : "_" + name;
    }
}
