package dev.foldlog.store.sqlite;

import dev.foldlog.core.store.Durability;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Writing connections to a real database whose driver fails when it is told to: once each time, at one
 * moment, with one of SQLite's codes. Thread-safe.
 */
final class FaultyConnections implements StoreOpening.Connector {
    private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    private final List<Connection> opened = new CopyOnWriteArrayList<>();

    /** The next time that this moment comes, it fails; of several faults one comes after the other. */
    void failAt(Moment moment, SQLiteErrorCode code) {
        next.add(new Fault(moment, code));
    }

    /** Whether what was told has come to pass. */
    boolean hasFailed() {
        return next.isEmpty();
    }

    List<Connection> opened() {
        return opened;
    }

    @Override
    public Connection writing(Path database, Durability durability) throws SQLException {
        failIf(Moment.OPENING);
        Connection connection = Connections.writing(database, durability);
        opened.add(connection);
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            if (result instanceof PreparedStatement prepared) {
                return faulty(PreparedStatement.class, prepared);
            }
            return result instanceof Statement statement ? faulty(Statement.class, statement) : result;
        });
    }

    private <T extends Statement> T faulty(Class<T> type, T statement) {
        return proxy(type, (method, arguments) -> {
            String sql = arguments.length > 0 && arguments[0] instanceof String text ? text : "";
            if (method.getName().equals("executeBatch")) {
                failIf(Moment.WRITE);
            } else if (sql.startsWith("BEGIN")) {
                failIf(Moment.BEGIN);
            } else if (sql.startsWith("COMMIT")) {
                failIf(Moment.COMMIT);
            } else if (sql.contains("wal_checkpoint")) {
                failIf(Moment.CHECKPOINT);
            }
            Object result = call(statement, method, arguments);
            if (sql.startsWith("COMMIT")) {
                failIf(Moment.COMMITTED);
            }
            return result;
        });
    }

    private void failIf(Moment moment) throws SQLException {
        Fault fault = next.peek();
        if (fault != null && fault.moment == moment && next.remove(fault)) {
            throw new SQLiteException("made to fail at " + moment, fault.code);
        }
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

    /** When the driver fails. */
    enum Moment {
        /** A connection is opened. */
        OPENING,
        /** Before a transaction. */
        BEGIN,
        /** Before rows are written into the transaction. */
        WRITE,
        /** Instead of the commit. */
        COMMIT,
        /** After the commit was made. */
        COMMITTED,
        /** A checkpoint of the write-ahead log, which comes after the answers. */
        CHECKPOINT
    }

    private record Fault(Moment moment, SQLiteErrorCode code) {}

    private interface Calls {
        Object call(Method method, Object[] arguments) throws Throwable;
    }
}
