package dev.foldlog.store.sqlite;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.AppendOutcome.Appended;
import dev.foldlog.core.append.AppendedEvent;
import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A store in a folder with a test's clock, and short words for what tests do with it. */
final class StoreUnderTest implements AutoCloseable {
    static final TestEventCodec CODEC = new TestEventCodec();
    static final PageLimit PAGE = new PageLimit(500, 1 << 20, true);
    private static final long ANSWER_SECONDS_MAX = 60;

    final TestClock clock = new TestClock();
    private final Function<TestClock, SqliteEventStore> opening;
    private SqliteEventStore store;

    private StoreUnderTest(Function<TestClock, SqliteEventStore> opening) {
        this.opening = opening;
        this.store = opening.apply(clock);
    }

    static StoreUnderTest in(Path folder) {
        return of(SqliteSettings.of(folder));
    }

    static StoreUnderTest of(SqliteSettings settings) {
        return opened(clock -> SqliteEventStore.open(settings, CODEC, clock));
    }

    static StoreUnderTest opened(Function<TestClock, SqliteEventStore> opening) {
        return new StoreUnderTest(opening);
    }

    SqliteEventStore store() {
        return store;
    }

    void reopen() {
        store.close();
        store = opening.apply(clock);
    }

    AppendOutcome append(Append append) {
        return answer(store.append(append));
    }

    /** Appends what must be stored. */
    List<AppendedEvent> stored(EventDraft... drafts) {
        return stored(EventDraft.append(drafts));
    }

    List<AppendedEvent> stored(Append append) {
        if (append(append) instanceof Appended appended && !appended.isReplay()) {
            return appended.events();
        }
        throw new AssertionError("not stored: " + append);
    }

    /** Every event from the first on. */
    List<RecordedEvent> everything() {
        return all(store.readAll(new LogRead(EventFilter.ALL, Direction.FORWARD, Position.NONE, store.head())), PAGE);
    }

    /** The ids of all events, in order. */
    List<String> ids() {
        return everything().stream().map(StoreUnderTest::id).toList();
    }

    static List<RecordedEvent> all(EventCursor cursor, PageLimit limit) {
        List<RecordedEvent> events = new ArrayList<>();
        EventPage page;
        do {
            page = cursor.next(limit);
            events.addAll(page.events());
        } while (!page.isLast());
        return events;
    }

    static Envelope envelope(RecordedEvent event) {
        return CODEC.open(event.envelope());
    }

    static String id(RecordedEvent event) {
        return envelope(event).facts().eventId().text();
    }

    static String payload(RecordedEvent event) {
        byte[] payload = event.payload();
        return payload == null ? "(none)" : new String(payload, StandardCharsets.UTF_8);
    }

    static <T> T answer(CompletableFuture<T> future) {
        try {
            return future.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError("failed", e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
