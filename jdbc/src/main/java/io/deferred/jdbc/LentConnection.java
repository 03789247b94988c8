// SPDX-License-Identifier: Apache-2.0
package io.deferred.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A connection in the hands of a user: it knows the statements that are made by it, so that a cancel finds them, and is not given back by the user. */
final class LentConnection implements InvocationHandler {
    /** What the user may do with it. */
    enum Use {
        /** Anything. */
        FREE,

        /** Anything but end the transaction. */
        IN_TRANSACTION
    }

    private final Session session;
    private final Use use;

    private LentConnection(Session session, Use use) {
        this.session = session;
        this.use = use;
    }

    static Connection of(Session session, Use use) {
        return new LentConnection(session, use).proxy();
    }

    private Connection proxy() {
        return (Connection)
                Proxy.newProxyInstance(LentConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, name, arguments);
        }
        if (name.equals("close")) {
            return null;
        }
        checkUsable(method);
        try {
            Object result = method.invoke(session.connection, arguments);
            if (result instanceof Statement statement) {
                session.running.track(statement);
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : ofDriver(name, e.getCause());
        }
    }

    private Object ofObject(Object proxy, String name, @Nullable Object @Nullable [] arguments) {
        return switch (name) {
            case "equals" -> arguments != null && arguments[0] == proxy;
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "lent " + session.connection;
        };
    }

    private void checkUsable(Method method) {
        session.checkUsable();
        if (use == Use.IN_TRANSACTION && endsTransaction(method)) {
            throw new IllegalStateException(
                    method.getName()
                            + " is not for the function of an interaction: it is committed when the function returns, and rolled back if it throws");
        }
    }

    private static boolean endsTransaction(Method method) {
        return switch (method.getName()) {
            case "commit", "setAutoCommit", "abort" -> true;
            case "rollback" -> method.getParameterCount() == 0; // and not to a savepoint
            default -> false;
        };
    }

    private static Throwable ofDriver(String name, Throwable thrown) {
        boolean unknown = name.equals("commit") && thrown instanceof SQLException && !SqlStates.isRolledBack(thrown);
        return unknown ? OutcomeUnknownException.atCommit(thrown) : thrown;
    }
}
