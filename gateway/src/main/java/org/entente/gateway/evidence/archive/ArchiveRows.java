package org.entente.gateway.evidence.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.entente.crypto.Base64Url;
import org.entente.crypto.VerificationException;
import org.entente.crypto.VerificationException.Reason;
import org.entente.crypto.canonical.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the tables that hold messages, receipts and timestamps, as lines of an archive: canonical JSON of column and value,
 * where binary values are base64url and numbers decimal text.
 */
final class ArchiveRows {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** By table, which rows belong to a period; both parameters are journal indexes (for timestamps: sizes). */
    private static final Map<String, String> SELECT = select();

    private ArchiveRows() {}

    private static Map<String, String> select() {
        Map<String, String> select = new LinkedHashMap<>();
        String closed = "SELECT id FROM closed_exchange WHERE journal_index >= ? AND journal_index < ?";
        select.put("answered_exchange", "journal_index >= ? AND journal_index < ? ORDER BY partner, id");
        select.put(
                "exchange_receipt",
                "(partner, id) IN (SELECT partner, id FROM answered_exchange WHERE journal_index >= ? AND journal_index < ?)"
                        + " ORDER BY partner, id");
        select.put("closed_exchange", "journal_index >= ? AND journal_index < ? ORDER BY id");
        select.put("asked_exchange", "id IN (" + closed + ") ORDER BY id");
        select.put("asked_attempt", "exchange IN (" + closed + ") ORDER BY exchange, sent_us");
        select.put("journal_timestamp", "size > ? AND size <= ? ORDER BY size, sequence");
        return select;
    }

    /** The tables, in the order in which their rows may be put back. */
    static List<String> tables() {
        return List.copyOf(SELECT.keySet());
    }

    /** The rows of a table that belong to a period, one line each. */
    static byte[] lines(Connection connection, String table, long first, long end) throws SQLException {
        StringBuilder lines = new StringBuilder();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT * FROM " + table + " WHERE " + SELECT.get(table))) {
            statement.setLong(1, first);
            statement.setLong(2, end);
            try (ResultSet rows = statement.executeQuery()) {
                ResultSetMetaData columns = rows.getMetaData();
                while (rows.next()) {
                    Map<String, @Nullable String> row = new TreeMap<>();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                        row.put(columns.getColumnName(i), text(rows, i, columns.getColumnType(i)));
                    }
                    lines.append(new String(CanonicalJson.encode(MAPPER.valueToTree(row)), StandardCharsets.UTF_8))
                            .append('\n');
                }
            }
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(ResultSet rows, int column, int type) throws SQLException {
        if (binary(type)) {
            byte[] bytes = rows.getBytes(column);
            return bytes == null ? null : Base64Url.encode(bytes);
        }
        return rows.getString(column);
    }

    private static boolean binary(int type) {
        return switch (type) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> true;
            default -> false;
        };
    }

    /**
     * Puts rows back that are not there.
     *
     * @return how many were put back
     * @throws VerificationException if a line cannot be read or names a column that the table has not
     */
    static long restore(Connection connection, String table, byte[] lines) throws SQLException, VerificationException {
        Map<String, Integer> types = types(connection, table);
        long restored = 0;
        for (String line : new String(lines, StandardCharsets.UTF_8).lines().toList()) {
            JsonNode row;
            try {
                row = MAPPER.readTree(line);
            } catch (JsonProcessingException e) {
                throw new VerificationException(Reason.MALFORMED, "A row of " + table + " cannot be read.", e);
            }
            List<String> names = new ArrayList<>();
            row.fieldNames().forEachRemaining(names::add);
            if (!types.keySet().containsAll(names)) {
                throw new VerificationException(
                        Reason.MALFORMED, "A row of " + table + " has a column that this version does not know.");
            }
            // names are compared with those of the table, so that nothing of the file becomes part of the statement
            String sql = "INSERT IGNORE INTO " + table + " (" + String.join(", ", names) + ") VALUES (?"
                    + ", ?".repeat(names.size() - 1) + ")";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < names.size(); i++) {
                    JsonNode value = row.get(names.get(i));
                    int type = Objects.requireNonNull(types.get(names.get(i)));
                    if (value.isNull()) {
                        statement.setNull(i + 1, type);
                    } else if (binary(type)) {
                        statement.setBytes(i + 1, Base64Url.decode(value.asText()));
                    } else {
                        statement.setString(i + 1, value.asText());
                    }
                }
                restored += statement.executeUpdate();
            }
        }
        return restored;
    }

    private static Map<String, Integer> types(Connection connection, String table) throws SQLException {
        Map<String, Integer> types = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement("SELECT * FROM " + table + " LIMIT 0");
                ResultSet none = statement.executeQuery()) {
            ResultSetMetaData columns = none.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                types.put(columns.getColumnName(i), columns.getColumnType(i));
            }
        }
        return types;
    }
}
