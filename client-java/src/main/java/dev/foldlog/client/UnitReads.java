package dev.foldlog.client;

import com.google.protobuf.Timestamp;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.PayloadForm;
import dev.foldlog.v1.Precondition;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.RecordedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * The reads of one unit of work: as of one snapshot, with the unit's own events behind, and remembered as
 * preconditions. Confined to one thread.
 *
 * <p>A snapshot of 0 is an empty store. On the wire 0 means "the head at the call", so nothing is asked any more:
 * the answer to every read is known.
 */
final class UnitReads {
    private static final long NONE = -1;

    private final Reads reads;
    private final BufferedEvents buffered;
    private final ReadSet readSet = new ReadSet();
    private long snapshot = NONE;

    UnitReads(Reads reads, BufferedEvents buffered) {
        this.reads = reads;
        this.buffered = buffered;
    }

    OptionalLong snapshot() {
        return snapshot == NONE ? OptionalLong.empty() : OptionalLong.of(snapshot);
    }

    List<Precondition> preconditions() {
        return readSet.preconditions(snapshot);
    }

    List<RecordedEvent> stream(ReadStreamRequest request) {
        check(request.getFilter(), request.getOptions(), request.getAsOfPosition());
        Stored stored =
                stored(reads.stream(request.toBuilder().setAsOfPosition(asOf()).build()));
        boolean isBackward = request.getDirection() == Direction.DIRECTION_BACKWARD;
        if (request.getFilter().equals(EventFilter.getDefaultInstance())) {
            readSet.partition(request.getPartitionKey(), stored.lastSequence);
        } else {
            rememberIn(request.getPartitionKey(), request.getFilter());
        }
        // Backward and from a place: what is newer than all that is stored is not asked for.
        List<RecordedEvent> own = isBackward && request.getAfterSequence() > 0
                ? List.of()
                : own(request.getPartitionKey(), request.getFilter(), request.getOptions());
        return merged(stored.events, own, isBackward, request.getLimit());
    }

    List<RecordedEvent> streamSince(ReadStreamSinceRequest request) {
        check(request.getFilter(), request.getOptions(), request.getAsOfPosition());
        Stored stored = stored(
                reads.streamSince(request.toBuilder().setAsOfPosition(asOf()).build()));
        EventFilter filter = since(request.getFilter(), request.getSince());
        rememberIn(request.getPartitionKey(), filter);
        List<RecordedEvent> all =
                merged(stored.events, own(request.getPartitionKey(), filter, request.getOptions()), false, 0);
        int surplus = request.getLimit() == 0 ? 0 : (int) Math.max(0, all.size() - request.getLimit());
        return all.subList(surplus, all.size());
    }

    List<RecordedEvent> all(ReadAllRequest request) {
        check(request.getFilter(), request.getOptions(), request.getAsOfPosition());
        Stored stored =
                stored(reads.all(request.toBuilder().setAsOfPosition(asOf()).build()));
        readSet.matching(request.getFilter());
        boolean isBackward = request.getDirection() == Direction.DIRECTION_BACKWARD;
        List<RecordedEvent> own = isBackward && request.getAfterPosition() > 0
                ? List.of()
                : buffered.matching(request.getFilter(), request.getOptions().getHeadersOnly());
        return merged(stored.events, own, isBackward, request.getLimit());
    }

    /** What the store answers, and the partition's last sequence. */
    private record Stored(List<RecordedEvent> events, long lastSequence) {}

    private Stored stored(EventIterator answer) {
        try (answer) {
            if (snapshot == 0) {
                return new Stored(List.of(), 0);
            }
            Stored stored = new Stored(answer.toList(), answer.lastSequence());
            snapshot = answer.asOfPosition();
            return stored;
        }
    }

    private long asOf() {
        return Math.max(0, snapshot);
    }

    /** An empty filter on one partition is remembered by its callers as the whole partition. */
    private void rememberIn(String partitionKey, EventFilter filter) {
        List<String> keys = filter.getPartitionKeysList();
        if (keys.isEmpty() || keys.contains(partitionKey)) {
            readSet.matching(filter.toBuilder()
                    .clearPartitionKeys()
                    .addPartitionKeys(partitionKey)
                    .build());
        }
    }

    private List<RecordedEvent> own(String partitionKey, EventFilter filter, ReadOptions options) {
        return buffered.matching(filter, options.getHeadersOnly()).stream()
                .filter(it -> it.getPartitionKey().equals(partitionKey))
                .toList();
    }

    private void check(EventFilter filter, ReadOptions options, long asOfPosition) {
        if (asOfPosition != 0) {
            throw new IllegalArgumentException(
                    "as_of_position: " + asOfPosition + " (expected: 0, the unit has a snapshot of its own)");
        }
        if (!buffered.isEmpty() && EventMatching.hasExpression(filter)) {
            throw new IllegalStateException(
                    "filter.expression: after an append (expected: before it; expressions run on the server only)");
        }
        if (!buffered.isEmpty() && options.getPayloadForm() == PayloadForm.PAYLOAD_FORM_STRUCT) {
            throw new IllegalStateException(
                    "options.payload_form: STRUCT after an append (expected: before it; forms are made on the server)");
        }
    }

    private static EventFilter since(EventFilter filter, Timestamp since) {
        boolean isLater =
                filter.hasSince() && WireTimes.instant(filter.getSince()).isAfter(WireTimes.instant(since));
        return isLater ? filter : filter.toBuilder().setSince(since).build();
    }

    private static List<RecordedEvent> merged(
            List<RecordedEvent> stored, List<RecordedEvent> own, boolean isBackward, long limit) {
        List<RecordedEvent> all = new ArrayList<>(isBackward ? own : stored);
        if (isBackward) {
            Collections.reverse(all);
        }
        all.addAll(isBackward ? stored : own);
        return List.copyOf(limit > 0 && limit < all.size() ? all.subList(0, (int) limit) : all);
    }
}
