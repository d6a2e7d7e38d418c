package dev.foldlog.cli.client;

import dev.foldlog.cli.config.HostPort;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.Checkpoint;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.CommitCheckpointResponse;
import dev.foldlog.v1.Confirmed;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.ErrorReason;
import dev.foldlog.v1.EventBatch;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.GetCheckpointRequest;
import dev.foldlog.v1.GetCheckpointResponse;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.GetEventResponse;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.ListCheckpointsResponse;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.StoreLimits;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server that keeps events in memory and fails when it is told to. It knows just enough of the contract
 * for the client commands. Thread-safe.
 */
public final class FakeServer implements AutoCloseable {
    private final FakeLog log = new FakeLog();
    private final Map<String, Long> checkpoints = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<StatusException> appendFailures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<StatusException> commitFailures = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Map.Entry<String, Long>> foreignMoves = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> readCuts = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Integer> subscriptionCuts = new ConcurrentLinkedQueue<>();
    private final List<SubscribeAllRequest> subscriptions = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> storesAfterCuts = new ConcurrentLinkedQueue<>();
    private final StoreLimits limits;
    private final Server server;
    private final HostPort address;
    private volatile String storeId = "fake";

    private FakeServer(StoreLimits limits) throws IOException {
        this.limits = limits;
        this.server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(new Events())
                .addService(new Checkpoints())
                .build()
                .start();
        this.address = new HostPort("127.0.0.1", server.getPort());
    }

    public static FakeServer start() throws IOException {
        return start(1_000, 4 << 20);
    }

    public static FakeServer start(int appendEventsMax, long appendBytesMax) throws IOException {
        return new FakeServer(StoreLimits.newBuilder()
                .setMaxAppendEvents(appendEventsMax)
                .setMaxAppendBytes(appendBytesMax)
                .build());
    }

    public HostPort address() {
        return address;
    }

    FakeLog log() {
        return log;
    }

    public long appends() {
        return log.appends();
    }

    public int events() {
        return log.events().size();
    }

    public int largestAppendBytes() {
        return log.largestAppendBytes();
    }

    public Map<String, Long> checkpoints() {
        return checkpoints;
    }

    /** The store_id of each subscription that was made, in order. */
    public synchronized List<String> subscriptionStoreIds() {
        return subscriptions.stream().map(SubscribeAllRequest::getStoreId).toList();
    }

    /** The next appends fail like this, before anything of them is stored. */
    public void failAppends(StatusException... failures) {
        appendFailures.addAll(List.of(failures));
    }

    /** The next commits of a checkpoint are stored, and answered like this. */
    public void loseCommitAnswers(StatusException... failures) {
        commitFailures.addAll(List.of(failures));
    }

    /** Just before the next commit the checkpoint is moved by somebody else. */
    public void moveCheckpointAtNextCommit(String name, long position) {
        foreignMoves.add(Map.entry(name, position));
    }

    /** The next reads break after so many batches each. */
    public void cutReadsAfter(Integer... batches) {
        readCuts.addAll(List.of(batches));
    }

    /** When the next read breaks, another store is put in the place of this one. */
    public void exchangeStoreAtNextCut(String otherStoreId) {
        storesAfterCuts.add(otherStoreId);
    }

    /** The next subscriptions break after so many batches each; the ones after them end with no events left. */
    public void cutSubscriptionsAfter(Integer... batches) {
        subscriptionCuts.addAll(List.of(batches));
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    static <T> void answer(StreamObserver<T> observer, T answer) {
        observer.onNext(answer);
        observer.onCompleted();
    }

    private final class Events extends EventStoreGrpc.EventStoreImplBase {
        @Override
        public void append(AppendRequest request, StreamObserver<AppendResponse> observer) {
            StatusException failure = appendFailures.poll();
            if (failure != null) {
                observer.onError(failure);
                return;
            }
            try {
                answer(observer, log.append(request));
            } catch (StatusException e) {
                observer.onError(e);
            }
        }

        @Override
        public void getStoreInfo(GetStoreInfoRequest request, StreamObserver<GetStoreInfoResponse> observer) {
            answer(
                    observer,
                    GetStoreInfoResponse.newBuilder()
                            .setStoreId(storeId)
                            .setHeadPosition(log.events().size())
                            .setLimits(limits)
                            .build());
        }

        @Override
        public void getEvent(GetEventRequest request, StreamObserver<GetEventResponse> observer) {
            RecordedEvent event = log.find(request.getEventId());
            if (event == null) {
                observer.onError(FakeErrors.of(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND, "no such event"));
                return;
            }
            answer(observer, GetEventResponse.newBuilder().setEvent(event).build());
        }

        @Override
        public void readAll(ReadAllRequest request, StreamObserver<ReadAllResponse> observer) {
            Integer cut = readCuts.poll();
            int batches = 0;
            List<RecordedEvent> wanted = log.events().stream()
                    .filter(event -> event.getPosition() > request.getAfterPosition())
                    .filter(event -> event.getPosition() <= request.getAsOfPosition())
                    .toList();
            if (request.getDirection() == Direction.DIRECTION_BACKWARD) {
                throw new IllegalArgumentException("direction: backward (expected: forward)");
            }
            for (int i = 0; i < wanted.size(); i += 2) {
                if (cut != null && batches++ == cut) {
                    String other = storesAfterCuts.poll();
                    storeId = other == null ? storeId : other;
                    observer.onError(broken(readCuts.size()));
                    return;
                }
                List<RecordedEvent> batch = wanted.subList(i, Math.min(wanted.size(), i + 2));
                observer.onNext(ReadAllResponse.newBuilder()
                        .addAllEvents(batch)
                        .setScannedPosition(batch.getLast().getPosition())
                        .setAsOfPosition(request.getAsOfPosition())
                        .build());
            }
            observer.onCompleted();
        }

        @Override
        public void subscribeAll(SubscribeAllRequest request, StreamObserver<SubscribeAllResponse> observer) {
            synchronized (FakeServer.this) {
                subscriptions.add(request);
            }
            Integer cut = subscriptionCuts.poll();
            long start = request.getLiveOnly()
                    ? log.events().size()
                    : request.hasCheckpoint()
                            ? checkpoints.getOrDefault(request.getCheckpoint(), 0L)
                            : request.getAfterPosition();
            observer.onNext(SubscribeAllResponse.newBuilder()
                    .setPosition(start)
                    .setConfirmed(Confirmed.newBuilder().setStoreId("fake").setStartPosition(start))
                    .build());
            int batches = 0;
            for (RecordedEvent event : log.events()) {
                if (event.getPosition() <= start) {
                    continue;
                }
                if (cut != null && batches++ == cut) {
                    observer.onError(broken(subscriptionCuts.size()));
                    return;
                }
                observer.onNext(SubscribeAllResponse.newBuilder()
                        .setPosition(event.getPosition())
                        .setBatch(EventBatch.newBuilder().addEvents(event))
                        .build());
            }
            if (cut != null) {
                observer.onError(FakeErrors.unavailable());
            }
        }
    }

    /** A stream ends because the server went away, or in turn because it was reset to make room for others. */
    private static Throwable broken(int cutsLeft) {
        return cutsLeft % 2 == 0 ? FakeErrors.unavailable() : Status.CANCELLED.asRuntimeException();
    }

    private final class Checkpoints extends CheckpointsGrpc.CheckpointsImplBase {
        @Override
        public void getCheckpoint(GetCheckpointRequest request, StreamObserver<GetCheckpointResponse> observer) {
            Long position = checkpoints.get(request.getName());
            if (position == null) {
                observer.onError(FakeErrors.of(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND, "no such checkpoint"));
                return;
            }
            answer(
                    observer,
                    GetCheckpointResponse.newBuilder()
                            .setCheckpoint(Checkpoint.newBuilder().setPosition(position))
                            .build());
        }

        @Override
        public void commitCheckpoint(
                CommitCheckpointRequest request, StreamObserver<CommitCheckpointResponse> observer) {
            Map.Entry<String, Long> foreign = foreignMoves.poll();
            if (foreign != null) {
                checkpoints.put(foreign.getKey(), foreign.getValue());
            }
            long current = checkpoints.getOrDefault(request.getName(), 0L);
            if (request.hasExpectedPosition() && request.getExpectedPosition() != current) {
                observer.onError(FakeErrors.of(
                        ErrorReason.ERROR_REASON_CHECKPOINT_MOVED,
                        "the checkpoint was moved",
                        "current_position",
                        Long.toString(current)));
                return;
            }
            checkpoints.put(request.getName(), request.getPosition());
            StatusException failure = commitFailures.poll();
            if (failure != null) {
                observer.onError(failure);
                return;
            }
            answer(
                    observer,
                    CommitCheckpointResponse.newBuilder()
                            .setCheckpoint(Checkpoint.newBuilder().setPosition(request.getPosition()))
                            .build());
        }

        @Override
        public void listCheckpoints(ListCheckpointsRequest request, StreamObserver<ListCheckpointsResponse> observer) {
            answer(observer, ListCheckpointsResponse.getDefaultInstance());
        }
    }
}
