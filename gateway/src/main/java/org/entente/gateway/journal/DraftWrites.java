package org.entente.gateway.journal;

import java.io.Serial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.entente.gateway.base.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the writes of drafts inside a batch's transaction. Inserts that stand first in their drafts go ahead in bulk,
 * equal statements together; the rest follows draft by draft, as if each were alone.
 */
final class DraftWrites {
    private DraftWrites() {}

    /** Some draft of several was refused. */
    static final class SomeRefused extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        /** Which of the drafts it was, or -1 if a bulk statement does not tell. */
        final int position;

        /** Whether trying the same draft again would only wait for the same lock. */
        final boolean waitedInVain;

        private final RuntimeException reason;

        private SomeRefused(int position, SQLException cause) {
            super(cause);
            this.position = position;
            this.waitedInVain = SqlFailure.of(cause) == SqlFailure.LOCK_WAIT;
            this.reason = Sql.explain(cause);
        }

        private SomeRefused(int position, RuntimeException reason) {
            super(reason);
            this.position = position;
            this.waitedInVain = false;
            this.reason = reason;
        }

        RuntimeException reason() {
            return reason;
        }
    }

    /**
     * Carries out the writes of drafts that get consecutive indices.
     *
     * @throws SomeRefused if a duplicate, a wrong number of rows or a refused statement concerns one of them
     * @throws SQLException if the transaction or the connection is lost
     */
    static void carryOut(Connection c, List<Pending> drafts, long firstIndex) throws SomeRefused, SQLException {
        int position = -1;
        try {
            for (Stage stage : stages(drafts, firstIndex)) {
                stage.insert(c);
            }
            for (position = 0; position < drafts.size(); position++) {
                Draft draft = drafts.get(position).draft;
                for (int w = leadingInserts(draft); w < draft.writes().size(); w++) {
                    single(c, draft, w, firstIndex + position);
                }
            }
        } catch (DuplicateWriteException | ConflictingWriteException e) {
            throw new SomeRefused(position, e);
        } catch (SQLException e) {
            if (SqlFailure.of(e).endsTransaction()) {
                throw e;
            }
            throw new SomeRefused(position, e);
        }
    }

    /**
     * Carries out the writes of one draft, one by one, so that a refusal names the write.
     *
     * @return why the draft is refused, or null
     * @throws SQLException if the transaction or the connection is lost
     */
    static @Nullable RuntimeException carryOutAlone(Connection c, Draft draft, long index) throws SQLException {
        for (int w = 0; w < draft.writes().size(); w++) {
            try {
                single(c, draft, w, index);
            } catch (DuplicateWriteException | ConflictingWriteException e) {
                return e;
            } catch (SQLException e) {
                if (SqlFailure.of(e).endsTransaction()) {
                    throw e;
                }
                return Sql.explain(e);
            }
        }
        return null;
    }

    private static void single(Connection c, Draft draft, int w, long index) throws SQLException {
        Write write = draft.writes().get(w);
        long rows;
        try (PreparedStatement statement = c.prepareStatement(write.sql())) {
            bind(statement, write, index);
            rows = statement.executeLargeUpdate();
        } catch (SQLException e) {
            if (SqlFailure.of(e) == SqlFailure.DUPLICATE) {
                throw new DuplicateWriteException(w, e);
            }
            throw e;
        }
        if (write instanceof Write.Update update && rows != update.expectedRows()) {
            throw new ConflictingWriteException(w, rows);
        }
    }

    private static void bind(PreparedStatement statement, Write write, long index) throws SQLException {
        @Nullable Object[] parameters = write.parameters();
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            statement.setObject(i + 1, value == Write.INDEX ? (Long) index : Sql.toColumn(value));
        }
    }

    private static int leadingInserts(Draft draft) {
        int count = 0;
        while (count < draft.writes().size() && draft.writes().get(count) instanceof Write.Insert) {
            count++;
        }
        return count;
    }

    /**
     * Sorts leading inserts into stages of equal statements such that each draft's own order is kept: an insert never
     * joins a stage before that of its predecessor in the draft.
     */
    private static List<Stage> stages(List<Pending> drafts, long firstIndex) {
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i).draft;
            int at = 0;
            for (int w = 0; w < leadingInserts(draft); w++) {
                Write write = draft.writes().get(w);
                while (at < stages.size() && !stages.get(at).sql.equals(write.sql())) {
                    at++;
                }
                if (at == stages.size()) {
                    stages.add(new Stage(write.sql()));
                }
                stages.get(at).rows.add(new StagedRow(write, firstIndex + i));
            }
        }
        return stages;
    }

    private record StagedRow(Write write, long index) {}

    private static final class Stage {
        private final String sql;
        private final List<StagedRow> rows = new ArrayList<>();

        Stage(String sql) {
            this.sql = sql;
        }

        void insert(Connection c) throws SQLException {
            try (PreparedStatement statement = c.prepareStatement(sql)) {
                for (StagedRow row : rows) {
                    bind(statement, row.write(), row.index());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }
}
