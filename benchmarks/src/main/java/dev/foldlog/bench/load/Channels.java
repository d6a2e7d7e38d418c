package dev.foldlog.bench.load;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A few connections to one server on loopback. Answers come on the connections' own threads: what handles
 * them must be short. Thread-safe.
 */
public final class Channels implements AutoCloseable {
    private static final int MESSAGE_BYTES_MAX = 64 << 20;
    private static final int CLOSE_SECONDS = 10;

    private final List<ManagedChannel> channels;

    private Channels(List<ManagedChannel> channels) {
        this.channels = channels;
    }

    public static Channels connect(int port, int count) {
        return new Channels(
                IntStream.range(0, count).mapToObj(it -> channel(port)).toList());
    }

    private static ManagedChannel channel(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .negotiationType(NegotiationType.PLAINTEXT)
                .directExecutor()
                .maxInboundMessageSize(MESSAGE_BYTES_MAX)
                .build();
    }

    /** The connection of a caller. */
    public ManagedChannel of(int caller) {
        return channels.get(caller % channels.size());
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        try {
            for (ManagedChannel channel : channels) {
                channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
