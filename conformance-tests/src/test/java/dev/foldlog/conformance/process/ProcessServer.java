package dev.foldlog.conformance.process;

import dev.foldlog.conformance.Capability;
import dev.foldlog.conformance.shared.SharedServer;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Our server over SQLite as a started process, with a connection to it. */
public final class ProcessServer implements SharedServer, AutoCloseable {
    private static final int SUBSCRIPTIONS = 25;
    private static final List<String> OPTIONS = List.of("--max-subscriptions", Integer.toString(SUBSCRIPTIONS));

    private final Path home;
    private ServerProcess process;
    private ManagedChannel channel;
    private ManagedChannel otherChannel;

    private ProcessServer(Path home, ServerProcess process) {
        this.home = home;
        this.process = process;
        this.channel = connect(process);
        this.otherChannel = connect(process);
    }

    /** A server over a new store in this folder. */
    public static ProcessServer start(Path home) throws IOException {
        return new ProcessServer(home, ServerProcess.start(home, OPTIONS));
    }

    private static ManagedChannel connect(ServerProcess process) {
        return NettyChannelBuilder.forAddress("127.0.0.1", process.port())
                .usePlaintext()
                .maxInboundMessageSize(16 << 20)
                .build();
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public Channel otherChannel() {
        return otherChannel;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.APPEND_CHECKPOINTS,
                Capability.APPEND_NO_EVENTS_MATCHING,
                Capability.FILTER_EXPRESSION,
                Capability.PAYLOAD_DATA,
                Capability.CHECKPOINTS,
                Capability.SURVIVES_RESTART);
    }

    @Override
    public StoreLimits limits() {
        return StoreLimits.newBuilder()
                .setMaxPayloadBytes(1 << 20)
                .setMaxAppendBytes(4 << 20)
                .setMaxAppendEvents(1_000)
                .setMaxBatchEvents(500)
                .setMaxBatchBytes(256 << 10)
                .setMaxSubscriptions(SUBSCRIPTIONS)
                .build();
    }

    @Override
    public void restart() {
        process.stop();
        startAgain();
    }

    /** Ends the process by SIGKILL, with whatever it was doing, and starts another over the same store. */
    public void killAndRestart() {
        process.kill();
        startAgain();
    }

    private void startAgain() {
        channel.shutdownNow();
        otherChannel.shutdownNow();
        try {
            process = ServerProcess.start(home, OPTIONS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        channel = connect(process);
        otherChannel = connect(process);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        otherChannel.shutdownNow();
        process.kill();
    }
}
