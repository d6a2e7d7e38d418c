package dev.foldlog.client;

import dev.foldlog.client.error.ConcurrencyConflictException;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.Precondition;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs units of work: reads, decides, commits by one append, and again on a conflict. Thread-safe. */
final class Transactions {
    private final Reads reads;
    private final Consumer<AppendRequest> appender;
    private final EventIds ids;
    private final ClientOptions options;
    private final ClientEnvironment environment;
    private final UnaryOperator<List<Precondition>> derived;

    /** Those that a client runs. */
    Transactions(
            Reads reads,
            Consumer<AppendRequest> appender,
            EventIds ids,
            ClientOptions options,
            ClientEnvironment environment) {
        this(reads, appender, ids, options, environment, UnaryOperator.identity());
    }

    private Transactions(
            Reads reads,
            Consumer<AppendRequest> appender,
            EventIds ids,
            ClientOptions options,
            ClientEnvironment environment,
            UnaryOperator<List<Precondition>> derived) {
        this.reads = reads;
        this.appender = appender;
        this.ids = ids;
        this.options = options;
        this.environment = environment;
        this.derived = derived;
    }

    /** The same with other derived preconditions: so that a test can see what happens when one is left out. */
    Transactions deriving(UnaryOperator<List<Precondition>> other) {
        return new Transactions(reads, appender, ids, options, environment, other);
    }

    <T extends @Nullable Object, X extends Exception> T run(TransactionFunction<T, X> function) throws X {
        Backoff backoff = environment.backoff(options.retry());
        int reruns = 0;
        while (true) {
            UnitOfWork unit = unit();
            T result = ran(function, unit);
            if (!unit.hasWrites()) {
                return result;
            }
            try {
                appender.accept(unit.commit(derived));
                return result;
            } catch (ConcurrencyConflictException e) {
                if (reruns == options.rerunsMax() || !environment.hasPaused(backoff.after(e))) {
                    throw e;
                }
                reruns++;
            }
        }
    }

    private UnitOfWork unit() {
        BufferedEvents buffered = new BufferedEvents(ids, environment.clock());
        return new UnitOfWork(new UnitReads(reads, buffered), buffered);
    }

    private static <T extends @Nullable Object, X extends Exception> T ran(
            TransactionFunction<T, X> function, UnitOfWork unit) throws X {
        try {
            return function.run(unit);
        } finally {
            unit.end();
        }
    }
}
