package org.entente.gateway.exchange;

import java.io.IOException;
import java.io.PrintStream;
import java.net.PasswordAuthentication;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sdmxdl.Connection;
import sdmxdl.DatabaseRef;
import sdmxdl.Detail;
import sdmxdl.Dimension;
import sdmxdl.Flow;
import sdmxdl.FlowRef;
import sdmxdl.Key;
import sdmxdl.Languages;
import sdmxdl.Query;
import sdmxdl.Series;
import sdmxdl.Structure;
import sdmxdl.web.SdmxWebManager;
import sdmxdl.web.WebSource;
import sdmxdl.web.spi.Authenticator;

/**
 * A program that reads one SDMX service with sdmx-dl and prints what it read, for tests. It runs in a Java of its own with
 * nothing but sdmx-dl on its class path, as in an office: trust comes from that Java's settings.
 *
 * <p>Arguments: address of the service, user, access key, whether credentials are sent at once; then {@code flows}, {@code structure}
 * FLOW, or {@code data} FLOW KEY DETAIL ATTRIBUTE..., which are written after each figure; the status if none is named.
 */
public final class SdmxDlReader {
    private SdmxDlReader() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Connection connection = connect(arguments)) {
            switch (arguments[4]) {
                case "flows" -> flows(connection, out);
                case "structure" -> structure(connection, FlowRef.parse(arguments[5]), out);
                case "data" ->
                    data(
                            connection,
                            FlowRef.parse(arguments[5]),
                            Query.builder()
                                    .key(Key.parse(arguments[6]))
                                    .detail(Detail.valueOf(arguments[7]))
                                    .build(),
                            arguments.length > 8
                                    ? List.of(arguments).subList(8, arguments.length)
                                    : List.of("OBS_STATUS"),
                            out);
                default -> throw new IllegalArgumentException(arguments[4]);
            }
        }
    }

    private static void flows(Connection connection, PrintStream out) throws IOException {
        connection.testConnection();
        for (Flow flow : connection.getFlows(DatabaseRef.NO_DATABASE)) {
            out.println(flow.getRef() + " " + flow.getName());
        }
    }

    private static void structure(Connection connection, FlowRef flow, PrintStream out) throws IOException {
        Structure structure = connection.getStructure(DatabaseRef.NO_DATABASE, flow);
        for (Dimension dimension : structure.getDimensionList()) {
            out.println(dimension.getId() + " " + dimension.getName() + " "
                    + dimension.getCodelist().getCodes().size() + " "
                    + dimension.getCodelist().getCodes().get("_T"));
        }
        out.println(structure.getTimeDimensionId() + " " + structure.getPrimaryMeasureId());
    }

    private static void data(Connection connection, FlowRef flow, Query query, List<String> attributes, PrintStream out)
            throws IOException {
        try (Stream<Series> series = connection.getDataStream(DatabaseRef.NO_DATABASE, flow, query)) {
            series.forEach(one -> {
                if (one.getObs().isEmpty()) {
                    out.println(one.getKey());
                }
                one.getObs()
                        .forEach(obs -> out.println(one.getKey() + " "
                                + obs.getPeriod().getStart().getYear() + " " + obs.getValue() + " "
                                + attributes.stream()
                                        .map(name ->
                                                String.valueOf(obs.getMeta().get(name)))
                                        .collect(Collectors.joining(" "))));
            });
        }
    }

    private static Connection connect(String[] arguments) throws IOException {
        SdmxWebManager manager = SdmxWebManager.ofServiceLoader().toBuilder()
                .clearAuthenticators()
                .authenticator(new WithKey(arguments[1], arguments[2]))
                .build();
        WebSource source = WebSource.builder()
                .id("NODE")
                .name("en", "A node")
                .driver("RI_SDMX21")
                .endpointOf(arguments[0])
                .propertyOf("sdmxdl.driver.detailSupported", true)
                .propertyOf("sdmxdl.driver.preemptiveAuth", Boolean.parseBoolean(arguments[3]))
                .build();
        return manager.getConnection(source, Languages.ANY);
    }

    /** The user's name, and the access key as the password. */
    private record WithKey(String user, String key) implements Authenticator {
        @Override
        public String getAuthenticatorId() {
            return "KEY";
        }

        @Override
        public boolean isAuthenticatorAvailable() {
            return true;
        }

        @Override
        public PasswordAuthentication getPasswordAuthenticationOrNull(WebSource source) {
            return new PasswordAuthentication(user, key.toCharArray());
        }

        @Override
        public void invalidateAuthentication(WebSource source) {}

        @Override
        public Collection<String> getAuthenticatorProperties() {
            return List.of();
        }
    }
}
