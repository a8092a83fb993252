package org.entente.gateway.journal;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections that are lost at the moment of commit: before the server has heard of it, or after it has done it. */
final class LossySource implements DataSource {
    enum Loss {
        BEFORE,
        AFTER
    }

    private final DataSource source;
    private final AtomicReference<@Nullable Loss> next = new AtomicReference<>();
    private final AtomicInteger losses = new AtomicInteger();
    private volatile boolean refusing;

    LossySource(DataSource source) {
        this.source = source;
    }

    /** The next commit that a connection given out from now on or before is asked for. */
    void loseNextCommit(Loss loss) {
        next.set(loss);
    }

    /** From the next loss on, no connection is to be had. */
    void refuseConnections(boolean refuse) {
        refusing = refuse;
    }

    int losses() {
        return losses.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (refusing && losses.get() > 0) {
            throw new SQLNonTransientConnectionException("no connection to be had", "08001");
        }
        Connection real = source.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Loss loss = method.getName().equals("commit") ? next.getAndSet(null) : null;
                    if (loss == Loss.BEFORE) {
                        real.rollback();
                    } else if (loss == Loss.AFTER) {
                        real.commit();
                    }
                    if (loss != null) {
                        losses.incrementAndGet();
                        throw new SQLNonTransientConnectionException("connection lost", "08S01");
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return source.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        source.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("lossy");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("not a wrapper");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
