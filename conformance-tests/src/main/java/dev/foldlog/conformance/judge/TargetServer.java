package dev.foldlog.conformance.judge;

import dev.foldlog.conformance.Capability;
import dev.foldlog.conformance.shared.SharedServer;
import dev.foldlog.conformance.wire.StoreClient;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.StoreLimits;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A connection to the running server that is judged. */
final class TargetServer implements SharedServer, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RESTART_SECONDS = 120;
    private static final int MESSAGE_BYTES_MAX = 64 << 20;

    private final Target target;
    private final Set<Capability> capabilities;
    private final StoreLimits limits;
    private ManagedChannel channel;
    private ManagedChannel otherChannel;

    private TargetServer(Target target, ManagedChannel channel, GetStoreInfoResponse info) {
        this.target = target;
        this.channel = channel;
        this.otherChannel = open(target);
        this.capabilities = target.capabilities(info);
        this.limits = info.getLimits();
    }

    /**
     * Connects to the server.
     *
     * @throws UnfitTargetException when it cannot be reached, or its store cannot be shared with the suites
     */
    static TargetServer connect(Target target) {
        ManagedChannel channel = open(target);
        try {
            GetStoreInfoResponse info = info(channel);
            requireNoCheckpoints(target, channel, info);
            return new TargetServer(target, channel, info);
        } catch (StatusRuntimeException e) {
            channel.shutdownNow();
            throw new UnfitTargetException(
                    target.address() + " does not answer as a server of this API: " + e.getMessage(), e);
        } catch (UnfitTargetException e) {
            channel.shutdownNow();
            throw e;
        }
    }

    private static ManagedChannel open(Target target) {
        return NettyChannelBuilder.forTarget("dns:///" + target.address())
                .usePlaintext()
                .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                .build();
    }

    private static GetStoreInfoResponse info(Channel channel) {
        return new StoreClient(channel, PATIENCE).info();
    }

    /** Checkpoints are listed all together: those of others cannot be told from those of a test. */
    private static void requireNoCheckpoints(Target target, Channel channel, GetStoreInfoResponse info) {
        if (!target.capabilities(info).contains(Capability.CHECKPOINTS)) {
            return;
        }
        new StoreClient(channel, PATIENCE)
                        .checkpoints()
                        .listCheckpoints(ListCheckpointsRequest.getDefaultInstance())
                        .getCheckpointsList()
                        .stream()
                        .findFirst()
                        .ifPresent(it -> {
                            throw new UnfitTargetException(
                                    "the store of " + target.address() + " has a checkpoint, '" + it.getName()
                                            + "' (expected: none; events may be there, checkpoints may not)",
                                    null);
                        });
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
        return capabilities;
    }

    @Override
    public StoreLimits limits() {
        return limits;
    }

    @Override
    public void restart() {
        close();
        try {
            Process process = new ProcessBuilder("sh", "-c", target.restartCommand())
                    .inheritIO()
                    .start();
            if (!process.waitFor(RESTART_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("restart command: still running after " + RESTART_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("restart command: exit code " + process.exitValue() + " (expected: 0)");
            }
        } catch (IOException e) {
            throw new AssertionError("the restart command could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the server was restarted", e);
        }
        channel = open(target);
        otherChannel = open(target);
        EventStoreGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(PATIENCE)
                .getStoreInfo(GetStoreInfoRequest.getDefaultInstance());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        otherChannel.shutdownNow();
    }
}
