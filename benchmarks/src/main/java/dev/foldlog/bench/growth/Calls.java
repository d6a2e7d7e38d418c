package dev.foldlog.bench.growth;

import com.google.protobuf.Timestamp;
import dev.foldlog.bench.load.Feedback;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import java.time.Instant;
import java.util.List;

/**
 * A read that a store of any size is asked.
 *
 * @param measure its name in the report
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Calls(String measure, String method, byte[] request) {
    private static final int FEW = 20;
    private static final int SLICE = 100;

    /** All of them, for a store that was filled with these. */
    static List<Calls> of(GrowthEvents events) {
        String partition = GrowthEvents.longPartition(0);
        Instant since = events.since(SLICE);
        return List.of(
                new Calls(
                        GrowthNames.READ_STREAM,
                        "ReadStream",
                        ReadStreamRequest.newBuilder()
                                .setPartitionKey(partition)
                                .setLimit(FEW)
                                .build()
                                .toByteArray()),
                new Calls(
                        GrowthNames.READ_SINCE,
                        "ReadStreamSince",
                        ReadStreamSinceRequest.newBuilder()
                                .setPartitionKey(partition)
                                .setSince(Timestamp.newBuilder()
                                        .setSeconds(since.getEpochSecond())
                                        .setNanos(since.getNano()))
                                .build()
                                .toByteArray()),
                new Calls(
                        GrowthNames.RARE_ACTION,
                        "ReadAll",
                        ReadAllRequest.newBuilder()
                                .setFilter(EventFilter.newBuilder().addActions(Feedback.RARE_ACTION))
                                .build()
                                .toByteArray()),
                new Calls(
                        GrowthNames.RARE_TAG,
                        "ReadAll",
                        ReadAllRequest.newBuilder()
                                .setFilter(EventFilter.newBuilder().addTags(GrowthEvents.RARE_TAG))
                                .setDirection(Direction.DIRECTION_BACKWARD)
                                .setLimit(FEW)
                                .build()
                                .toByteArray()));
    }
}
