package dev.foldlog.server.grpc.stream;

import dev.foldlog.core.append.Append;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.append.CheckpointMove;
import dev.foldlog.core.append.CheckpointOutcome;
import dev.foldlog.core.append.CheckpointOutcome.Checkpoint;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.projection.ProjectionStore;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.read.StreamRead;
import dev.foldlog.core.read.StreamSinceRead;
import dev.foldlog.core.read.StreamSlice;
import dev.foldlog.core.store.CorruptionException;
import dev.foldlog.core.store.Durability;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.EventStore;
import dev.foldlog.core.store.PartitionState;
import dev.foldlog.core.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A store in a list, for tests on one thread. Counts the looks at it, can scan in short pieces, be
 * damaged at a position, fail, and do something at the end of a look, before the looker goes on.
 */
public final class ListStore implements EventStore {
    private final UUID id = UUID.fromString("01890000-0000-7000-8000-000000000001");
    private final List<SampleEvent> events = new ArrayList<>();
    private final Map<String, Position> checkpoints = new HashMap<>();
    private final Set<Runnable> listeners = new LinkedHashSet<>();
    private boolean isServing = true;
    private int looks;
    private int scanMax = Integer.MAX_VALUE;
    private long damagedPosition = -1;
    private Runnable atEndOfLook = () -> {};

    /** Appends the event and tells the listeners, as after a commit. */
    void append(SampleEvent event) {
        add(event);
        listeners.forEach(Runnable::run);
    }

    /** Appends without telling anybody. */
    void add(SampleEvent event) {
        int inPartition = 1;
        for (SampleEvent earlier : events) {
            inPartition += earlier.partition().equals(event.partition()) ? 1 : 0;
        }
        events.add(event.placed(events.size() + 1L, inPartition));
    }

    /** Appends so many events like this in one commit. */
    void append(SampleEvent event, int count) {
        for (int i = 0; i < count; i++) {
            events.add(event.placed(events.size() + 1L, 1));
        }
        listeners.forEach(Runnable::run);
    }

    void setCheckpoint(String name, long position) {
        checkpoints.put(name, new Position(position));
    }

    void scanAtMost(int eventsOfOneLook) {
        scanMax = eventsOfOneLook;
    }

    void damage(long position) {
        damagedPosition = position;
    }

    /** Does this once, at the end of the next look. */
    void atEndOfNextLook(Runnable action) {
        atEndOfLook = () -> {
            atEndOfLook = () -> {};
            action.run();
        };
    }

    /** Serves no more. */
    public void fail() {
        isServing = false;
        listeners.forEach(Runnable::run);
    }

    int looks() {
        return looks;
    }

    int listeners() {
        return listeners.size();
    }

    @Override
    public String kind() {
        return "list";
    }

    @Override
    public UUID storeId() {
        return id;
    }

    @Override
    public ProjectionStore projections() {
        throw new UnsupportedOperationException("no projections here");
    }

    @Override
    public Durability durability() {
        return Durability.MEMORY;
    }

    @Override
    public boolean isServing() {
        return isServing;
    }

    @Override
    public Registration onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public Position head() {
        return new Position(events.size());
    }

    @Override
    public StreamSlice readStream(StreamRead read) {
        List<SampleEvent> found = new ArrayList<>();
        for (SampleEvent event : partition(read.partitionKey(), read.asOf())) {
            boolean isWanted = switch (read.direction()) {
                case FORWARD -> event.sequence() > read.after().value();
                case BACKWARD ->
                    read.after().equals(Sequence.NONE)
                            || event.sequence() < read.after().value();
            };
            if (isWanted && event.matches(read.filter())) {
                found.add(event);
            }
        }
        List<SampleEvent> inOrder = read.direction() == Direction.FORWARD ? found : found.reversed();
        return new StreamSlice(lastSequence(read.partitionKey(), read.asOf()), false, cursorOver(inOrder, read.asOf()));
    }

    @Override
    public StreamSlice readStreamSince(StreamSinceRead read) {
        List<SampleEvent> found = partition(read.partitionKey(), read.asOf()).stream()
                .filter(it -> !it.timestamp().isBefore(read.since()) && it.matches(read.filter()))
                .toList();
        boolean isTruncated = read.limit() > 0 && found.size() > read.limit();
        List<SampleEvent> kept = isTruncated ? found.subList((int) (found.size() - read.limit()), found.size()) : found;
        return new StreamSlice(
                lastSequence(read.partitionKey(), read.asOf()), isTruncated, cursorOver(kept, read.asOf()));
    }

    private List<SampleEvent> partition(String key, Position asOf) {
        return events.stream()
                .filter(it -> it.partition().equals(key) && it.position() <= asOf.value())
                .toList();
    }

    private Sequence lastSequence(String key, Position asOf) {
        return new Sequence(partition(key, asOf).stream()
                .mapToLong(SampleEvent::sequence)
                .max()
                .orElse(0));
    }

    private EventCursor cursorOver(List<SampleEvent> found, Position asOf) {
        return new ListCursor(limit -> found, EventFilter.ALL, asOf);
    }

    @Override
    public EventCursor readAll(LogRead read) {
        long from = read.after().value();
        List<SampleEvent> range = events.stream()
                .filter(it -> it.position() <= read.asOf().value())
                .filter(it -> switch (read.direction()) {
                    case FORWARD -> it.position() > from;
                    case BACKWARD -> from == 0 || it.position() < from;
                })
                .toList();
        List<SampleEvent> inOrder = read.direction() == Direction.FORWARD ? range : range.reversed();
        Position end = read.direction() == Direction.FORWARD ? read.asOf() : Position.NONE;
        return new ListCursor(limit -> inOrder, read.filter(), end);
    }

    @Override
    public EventCursor tail(EventFilter filter, Position after) {
        int start = (int) after.value();
        return new ListCursor(limit -> events.subList(start, events.size()), filter, null);
    }

    @Override
    public Position positionBefore(Instant recordedSince) {
        return events.stream()
                .filter(it -> !it.recordedAt().isBefore(recordedSince))
                .findFirst()
                .map(it -> new Position(it.position() - 1))
                .orElse(head());
    }

    @Override
    public Optional<Checkpoint> checkpoint(String name) {
        return Optional.ofNullable(checkpoints.get(name)).map(it -> new Checkpoint(name, it, Instant.EPOCH));
    }

    /** Looks at a list from its start on, going on where it stopped; a tail's list grows. */
    private final class ListCursor implements EventCursor {
        private interface Range {
            List<SampleEvent> now(PageLimit limit);
        }

        private final Range range;
        private final EventFilter filter;
        private final @Nullable Position end;
        private int next;

        ListCursor(Range range, EventFilter filter, @Nullable Position end) {
            this.range = range;
            this.filter = filter;
            this.end = end;
        }

        @Override
        public EventPage next(PageLimit limit) {
            looks++;
            if (!isServing) {
                throw new StoreException(ErrorCode.UNAVAILABLE, "failed by the test");
            }
            EventPage page = look(range.now(limit), limit);
            atEndOfLook.run();
            return page;
        }

        private EventPage look(List<SampleEvent> all, PageLimit limit) {
            List<RecordedEvent> found = new ArrayList<>();
            int scanned = 0;
            long bytes = 0;
            while (next < all.size() && found.size() < limit.eventsMax() && scanned < scanMax) {
                SampleEvent event = all.get(next);
                if (event.position() == damagedPosition) {
                    if (found.isEmpty()) {
                        throw new CorruptionException(new Position(damagedPosition), "damaged by the test");
                    }
                    break;
                }
                RecordedEvent encoded = event.encoded(limit.withPayloads());
                if (event.matches(filter)) {
                    bytes += encoded.sizeBytes();
                    if (bytes > limit.bytesMax() && !found.isEmpty()) {
                        break;
                    }
                    found.add(encoded);
                }
                next++;
                scanned++;
            }
            boolean isLast = next == all.size();
            Position at =
                    next == 0 ? Position.NONE : new Position(all.get(next - 1).position());
            return new EventPage(found, isLast ? (end == null ? head() : end) : at, isLast);
        }
    }

    @Override
    public CompletableFuture<AppendOutcome> append(Append append) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RecordedEvent> event(EventId wanted) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PartitionState partition(String partitionKey) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<PartitionState> partitions(String prefix, String afterKey, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Checkpoint> checkpoints(String afterName, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<CheckpointOutcome> moveCheckpoint(CheckpointMove move) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Boolean> deleteCheckpoint(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        isServing = false;
    }
}
