package dev.foldlog.conformance.wire;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.CheckpointsGrpc.CheckpointsBlockingStub;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.EventStoreGrpc.EventStoreBlockingStub;
import dev.foldlog.v1.GetCheckpointRequest;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.GetPartitionRequest;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Partition;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.ReadStreamSinceResponse;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import io.grpc.Channel;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The RPCs with a deadline on each call. It asserts nothing: what an answer must be is the tests' to say.
 * Thread-safe.
 */
public final class StoreClient {
    /** A subscription may stay open over many calls. */
    private static final int SUBSCRIPTION_PATIENCE = 4;

    private final Channel channel;
    private final Duration patience;

    public StoreClient(Channel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience;
    }

    /** The stub itself, with a deadline from now. */
    public EventStoreBlockingStub store() {
        return EventStoreGrpc.newBlockingStub(channel).withDeadlineAfter(patience);
    }

    /** The stub itself, with a deadline from now. */
    public CheckpointsBlockingStub checkpoints() {
        return CheckpointsGrpc.newBlockingStub(channel).withDeadlineAfter(patience);
    }

    public AppendResponse append(NewEvent.Builder... events) {
        return append(Requests.append(events));
    }

    public AppendResponse append(AppendRequest.Builder request) {
        return append(request.build());
    }

    public AppendResponse append(AppendRequest request) {
        return store().append(request);
    }

    /** All messages of a finished read. */
    public List<ReadStreamResponse> answers(ReadStreamRequest.Builder request) {
        return all(store().readStream(request.build()));
    }

    /** All messages of a finished read. */
    public List<ReadStreamSinceResponse> answers(ReadStreamSinceRequest.Builder request) {
        return all(store().readStreamSince(request.build()));
    }

    /** All messages of a finished read. */
    public List<ReadAllResponse> answers(ReadAllRequest.Builder request) {
        return all(store().readAll(request.build()));
    }

    /** All events of a finished read. */
    public List<RecordedEvent> events(ReadStreamRequest.Builder request) {
        return answers(request).stream()
                .flatMap(it -> it.getEventsList().stream())
                .toList();
    }

    /** All events of a finished read. */
    public List<RecordedEvent> events(ReadStreamSinceRequest.Builder request) {
        return answers(request).stream()
                .flatMap(it -> it.getEventsList().stream())
                .toList();
    }

    /** All events of a finished read. */
    public List<RecordedEvent> events(ReadAllRequest.Builder request) {
        return answers(request).stream()
                .flatMap(it -> it.getEventsList().stream())
                .toList();
    }

    /** Everything stored, oldest first. */
    public List<RecordedEvent> everything() {
        return events(Requests.readAll());
    }

    public Subscription subscribe(SubscribeAllRequest.Builder request) {
        return Subscription.open(
                EventStoreGrpc.newBlockingStub(channel).withDeadlineAfter(patience.multipliedBy(SUBSCRIPTION_PATIENCE)),
                request.build());
    }

    public RecordedEvent event(String eventId) {
        return store().getEvent(GetEventRequest.newBuilder().setEventId(eventId).build())
                .getEvent();
    }

    public Partition partition(String key) {
        return store().getPartition(
                        GetPartitionRequest.newBuilder().setPartitionKey(key).build())
                .getPartition();
    }

    public GetStoreInfoResponse info() {
        return store().getStoreInfo(GetStoreInfoRequest.getDefaultInstance());
    }

    public long head() {
        return info().getHeadPosition();
    }

    public Checkpoint checkpoint(String name) {
        return checkpoints()
                .getCheckpoint(GetCheckpointRequest.newBuilder().setName(name).build())
                .getCheckpoint();
    }

    public Checkpoint commit(CommitCheckpointRequest.Builder request) {
        return checkpoints().commitCheckpoint(request.build()).getCheckpoint();
    }

    private static <T> List<T> all(Iterator<T> answers) {
        Iterable<T> once = () -> answers;
        return StreamSupport.stream(once.spliterator(), false).toList();
    }
}
