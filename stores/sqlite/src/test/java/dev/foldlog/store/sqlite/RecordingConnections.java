package dev.foldlog.store.sqlite;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Notes the text of every statement that goes through the connections it hands out. Thread-safe. */
final class RecordingConnections {
    private final Set<String> seen = new LinkedHashSet<>();

    Connection recording(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (result instanceof PreparedStatement) {
                note(String.valueOf(arguments[0]));
            } else if (result instanceof Statement statement) {
                return recording(statement);
            }
            return result;
        });
    }

    /** What was noted since the last call, each text once. */
    synchronized List<String> take() {
        List<String> taken = List.copyOf(seen);
        seen.clear();
        return taken;
    }

    private Statement recording(Statement statement) {
        return proxy(Statement.class, (method, arguments) -> {
            if (method.getName().startsWith("execute") && arguments.length > 0) {
                note(String.valueOf(arguments[0]));
            }
            return call(statement, method, arguments);
        });
    }

    private synchronized void note(String sql) {
        seen.add(sql);
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof SQLException sql ? sql : e;
        }
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> calls.call(method, arguments == null ? new Object[0] : arguments)));
    }

    private interface Calls {
        Object call(Method method, Object[] arguments) throws Throwable;
    }
}
