// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Real connections, but for what a test does before a method of them is called: it may throw, or wait. */
final class Faults implements DataSource {

    /** Before the method of that name; "cancel" and "executeQuery" are of statements, "getConnection" of this. */
    interface Fault {
        void run() throws Exception;
    }

    private final DataSource source;
    private final Map<String, Fault> before = new ConcurrentHashMap<>();
    final AtomicInteger thrownAway = new AtomicInteger();

    Faults(DataSource source) {
        this.source = source;
    }

    void before(String method, Fault fault) {
        before.put(method, fault);
    }

    void clear() {
        before.clear();
    }

    static Fault thrown(String message, String state) {
        return () -> {
            throw new SQLException(message, state);
        };
    }

    private void strike(String method) throws Exception {
        Fault fault = before.get(method);
        if (fault != null) {
            fault.run();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            strike("getConnection");
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return (Connection) wrapped(source.getConnection());
    }

    private Object wrapped(Object real) {
        return Proxy.newProxyInstance(
                Faults.class.getClassLoader(),
                real instanceof Connection
                        ? new Class<?>[] {Connection.class}
                        : new Class<?>[] {java.sql.PreparedStatement.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("unwrap")) {
                        return real;
                    }
                    strike(method.getName());
                    try {
                        Object result = method.invoke(real, arguments);
                        return result instanceof Statement && real instanceof Connection ? wrapped(result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
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
    public int getLoginTimeout() throws SQLException {
        return source.getLoginTimeout();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        source.setLoginTimeout(seconds);
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return source.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return source.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return source.isWrapperFor(type);
    }
}
