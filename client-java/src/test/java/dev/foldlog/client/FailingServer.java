package dev.foldlog.client;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.CommitCheckpointResponse;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamResponse;
import dev.foldlog.v1.ReadStreamSinceRequest;
import dev.foldlog.v1.ReadStreamSinceResponse;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A server in front of the real one: it hands calls on and fails as it is told, before the real server has seen a
 * call, after it has answered, or in the middle of a read. Thread-safe.
 */
final class FailingServer implements AutoCloseable {
    private final Channel real;
    private final Server server;
    private final String name = UUID.randomUUID().toString();
    private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> readCuts = new ConcurrentLinkedQueue<>();
    private final List<AppendRequest> appends = new CopyOnWriteArrayList<>();
    private final List<Object> reads = new CopyOnWriteArrayList<>();
    private final List<CommitCheckpointRequest> commits = new CopyOnWriteArrayList<>();

    private FailingServer(Channel real) throws IOException {
        this.real = real;
        this.server = InProcessServerBuilder.forName(name)
                .addService(new Front())
                .addService(new CheckpointsFront())
                .build()
                .start();
    }

    /** What happens to one call that writes. */
    record Fault(StatusRuntimeException failure, boolean isAfterEffect) {
        /** The real server does it, and its answer is lost. */
        static Fault answerLost() {
            return new Fault(
                    Status.UNAVAILABLE.withDescription("connection lost").asRuntimeException(), true);
        }

        /** The real server never sees it. */
        static Fault refused(StatusRuntimeException failure) {
            return new Fault(failure, false);
        }
    }

    static FailingServer before(Channel real) {
        try {
            return new FailingServer(real);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Foldlog client(ClientOptions options) {
        ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
        channels.add(channel);
        return Foldlog.over(channel, options);
    }

    /** The next calls that write meet these, one each. */
    void failNext(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** The next reads break after so many messages, one each. */
    void cutNextReadsAfter(Integer... messages) {
        readCuts.addAll(List.of(messages));
    }

    List<AppendRequest> appends() {
        return appends;
    }

    List<Object> reads() {
        return reads;
    }

    List<CommitCheckpointRequest> commits() {
        return commits;
    }

    private <A> void write(StreamObserver<A> answers, Supplier<A> call) {
        Fault fault = faults.poll();
        try {
            if (fault != null && !fault.isAfterEffect()) {
                throw fault.failure();
            }
            A answer = call.get();
            if (fault != null) {
                throw fault.failure();
            }
            answers.onNext(answer);
            answers.onCompleted();
        } catch (StatusRuntimeException e) {
            answers.onError(e);
        }
    }

    private <Q, A> void read(Q request, Iterator<A> answer, StreamObserver<A> answers) {
        reads.add(request);
        Integer cut = readCuts.poll();
        int left = cut == null ? Integer.MAX_VALUE : cut;
        try {
            while (left-- > 0 && answer.hasNext()) {
                answers.onNext(answer.next());
            }
            if (left < 0) {
                // The server went away, or in turn needed the room for others.
                throw (readCuts.size() % 2 == 0 ? Status.UNAVAILABLE : Status.CANCELLED)
                        .withDescription("connection lost")
                        .asRuntimeException();
            }
            answers.onCompleted();
        } catch (StatusRuntimeException e) {
            answers.onError(e);
        }
    }

    private final class Front extends EventStoreGrpc.EventStoreImplBase {
        private final EventStoreGrpc.EventStoreBlockingStub stub = EventStoreGrpc.newBlockingStub(real);

        @Override
        public void append(AppendRequest request, StreamObserver<AppendResponse> answers) {
            appends.add(request);
            write(answers, () -> stub.append(request));
        }

        @Override
        public void readStream(ReadStreamRequest request, StreamObserver<ReadStreamResponse> answers) {
            read(request, stub.readStream(request), answers);
        }

        @Override
        public void readStreamSince(ReadStreamSinceRequest request, StreamObserver<ReadStreamSinceResponse> answers) {
            read(request, stub.readStreamSince(request), answers);
        }

        @Override
        public void readAll(ReadAllRequest request, StreamObserver<ReadAllResponse> answers) {
            read(request, stub.readAll(request), answers);
        }
    }

    private final class CheckpointsFront extends CheckpointsGrpc.CheckpointsImplBase {
        @Override
        public void commitCheckpoint(
                CommitCheckpointRequest request, StreamObserver<CommitCheckpointResponse> answers) {
            commits.add(request);
            write(answers, () -> CheckpointsGrpc.newBlockingStub(real).commitCheckpoint(request));
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
    }
}
