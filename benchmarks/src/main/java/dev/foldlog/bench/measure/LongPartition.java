package dev.foldlog.bench.measure;

import dev.foldlog.bench.load.ClosedLoop;
import dev.foldlog.bench.load.Draw;
import dev.foldlog.bench.load.Shape;
import dev.foldlog.bench.load.StoreEvents;
import dev.foldlog.core.append.Append;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.store.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A partition of a given length, its events a second apart by the producer's clock. Confined to one filling. */
final class LongPartition {
    static final String KEY = "answer-of-many";

    private static final Instant NEWEST = Instant.parse("2026-01-01T00:00:00Z");
    private static final int EACH = 1_000;

    private final StoreEvents source = new StoreEvents(Shape.STANDARD);
    private final Draw draw = new Draw(Shape.STANDARD, 0, System::currentTimeMillis);
    private int left;

    private LongPartition(int events) {
        this.left = events;
    }

    /** Fills a new store in a folder with one. */
    static void fill(Path folder, int events) throws IOException, InterruptedException {
        LongPartition partition = new LongPartition(events);
        try (OpenStore open = OpenStore.open(folder, Durability.PROCESS)) {
            ClosedLoop.count(open.appending(caller -> partition.next()), 1, Math.ceilDiv(events, EACH));
            open.requireEvents(events);
        }
    }

    private Append next() {
        List<NewEvent> events = new ArrayList<>(EACH);
        while (left > 0 && events.size() < EACH) {
            left--;
            events.add(source.event(draw, new StoreEvents.Place(KEY, NEWEST.minusSeconds(left), List.of())));
        }
        return StoreEvents.append(events);
    }

    /** The time since which a partition, however long, has so many events. */
    static Instant since(int events) {
        return NEWEST.minusSeconds(events - 1L);
    }
}
