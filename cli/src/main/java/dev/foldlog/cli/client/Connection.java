package dev.foldlog.cli.client;

import static java.util.Objects.requireNonNull;

import dev.foldlog.cli.config.HostPort;
import dev.foldlog.v1.CheckpointsGrpc;
import dev.foldlog.v1.CheckpointsGrpc.CheckpointsBlockingV2Stub;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.EventStoreGrpc.EventStoreBlockingV2Stub;
import dev.foldlog.v1.EventStoreGrpc.EventStoreFutureStub;
import dev.foldlog.v1.ProjectionEngineGrpc;
import dev.foldlog.v1.ProjectionEngineGrpc.ProjectionEngineBlockingV2Stub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthGrpc.HealthBlockingV2Stub;
import java.util.concurrent.TimeUnit;

/** A channel to one server, over plaintext HTTP/2, with the stubs on it. Thread-safe. */
public final class Connection implements AutoCloseable {
    /** How long a unary call may take before its outcome counts as unknown. */
    static final long CALL_SECONDS_MAX = 30;

    private static final int ANSWER_BYTES_MAX = 64 << 20;

    private final HostPort server;
    private final ManagedChannel channel;

    private Connection(HostPort server, ManagedChannel channel) {
        this.server = server;
        this.channel = channel;
    }

    /** Prepares a connection; the first call makes it. */
    public static Connection open(HostPort server) {
        requireNonNull(server, "server");
        return new Connection(
                server,
                Grpc.newChannelBuilderForAddress(server.host(), server.port(), InsecureChannelCredentials.create())
                        .maxInboundMessageSize(ANSWER_BYTES_MAX)
                        .userAgent("foldlog-cli")
                        .build());
    }

    HostPort server() {
        return server;
    }

    /** For unary calls: each has a deadline. */
    EventStoreBlockingV2Stub unary() {
        return EventStoreGrpc.newBlockingV2Stub(channel).withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** For streams, which have no deadline as a whole. */
    EventStoreBlockingV2Stub streams() {
        return EventStoreGrpc.newBlockingV2Stub(channel);
    }

    EventStoreFutureStub futures() {
        return EventStoreGrpc.newFutureStub(channel).withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS);
    }

    CheckpointsBlockingV2Stub checkpoints() {
        return CheckpointsGrpc.newBlockingV2Stub(channel).withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS);
    }

    ProjectionEngineBlockingV2Stub projections() {
        return ProjectionEngineGrpc.newBlockingV2Stub(channel).withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS);
    }

    HealthBlockingV2Stub health() {
        return HealthGrpc.newBlockingV2Stub(channel).withDeadlineAfter(CALL_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /** Tries again at once to reach a server that was away, instead of waiting for the channel's own backoff. */
    void resetBackoff() {
        channel.resetConnectBackoff();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
