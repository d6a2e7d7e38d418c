package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.ClosedLoop;
import dev.foldlog.bench.load.Draw;
import dev.foldlog.bench.load.LoadResult;
import dev.foldlog.bench.load.Operation;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.load.StoreEvents;
import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.store.sqlite.SqliteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Our own store in this process, without a server. Callers make their events on one thread beside the writer's,
 * so that the writer only hands the answers over.
 */
public final class OpenStore implements AutoCloseable {
    private final EventStore store;
    private final LongAdder commits = new LongAdder();
    private final ExecutorService callers = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("bench-callers").factory());

    private OpenStore(EventStore store) {
        this.store = store;
        store.onChange(commits::increment);
    }

    public static OpenStore open(Path folder, Durability durability) {
        SqliteSettings usual = SqliteSettings.of(folder);
        SqliteSettings settings = new SqliteSettings(
                folder,
                durability,
                usual.queueAppendsMax(),
                usual.queueBytesMax(),
                usual.readersMax(),
                usual.closeTimeout());
        return new OpenStore(settings.open(new ProtoEventCodec(), InstantSource.system()));
    }

    public EventStore store() {
        return store;
    }

    /** Commits since it was opened. */
    long commits() {
        return commits.sum();
    }

    /** Appends of so many events, each by a caller of its own. */
    Operation appends(Shape shape, int callersMax, int events) {
        StoreEvents source = new StoreEvents(shape);
        Draw[] draws = IntStream.range(0, callersMax)
                .mapToObj(it -> new Draw(shape, it, System::currentTimeMillis))
                .toArray(Draw[]::new);
        return appending(caller -> source.append(draws[caller], events));
    }

    /** Appends, each made by its caller. */
    public Operation appending(IntFunction<Append> next) {
        return (caller, answer) -> {
            CompletableFuture<AppendOutcome> _ = store.append(next.apply(caller))
                    .whenCompleteAsync((outcome, failure) -> tell(outcome, failure, answer), callers);
        };
    }

    private static void tell(@Nullable AppendOutcome outcome, @Nullable Throwable failure, Operation.Answer answer) {
        if (failure != null) {
            answer.failed(failure);
        } else if (outcome instanceof AppendOutcome.Appended appended && !appended.isReplay()) {
            answer.done(appended.events().size());
        } else {
            answer.failed(new IllegalStateException("append: " + outcome + " (expected: stored)"));
        }
    }

    /** Refuses a store that does not hold what was answered. */
    public void requireEvents(long expected) {
        long stored = store.head().value();
        if (stored != expected) {
            throw new IllegalStateException("stored events: " + stored + " (expected: " + expected + ')');
        }
    }

    /** Fills a new store in a folder with the usual events, in large appends. */
    static void fill(Path folder, Shape shape, int events) throws IOException, InterruptedException {
        int each = Math.min(1_000, events);
        try (OpenStore open = open(folder, Durability.PROCESS)) {
            LoadResult result = ClosedLoop.count(open.appends(shape, 4, each), 4, Math.ceilDiv(events, each));
            open.requireEvents(result.events());
        }
    }

    @Override
    public void close() {
        callers.shutdown();
        store.close();
    }
}
