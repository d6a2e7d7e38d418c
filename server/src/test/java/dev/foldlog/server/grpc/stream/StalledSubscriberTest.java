package dev.foldlog.server.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.core.event.NewEvent;
import dev.foldlog.server.Limits;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.SubscribeAllRequest;
import io.grpc.Channel;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One subscriber of twenty stops reading while 128 MB are appended. The bounds, which README states:
 *
 * <ul>
 *   <li>what the server has handed to the stalled call beyond the client's own window: one message and 32 KiB
 *   <li>the write-ahead log: 16,000 pages of 4 KiB and what was committed since it was last looked at
 * </ul>
 */
final class StalledSubscriberTest {
    private static final int APPENDS = 200;
    private static final int EVENTS_OF_APPEND = 20;
    private static final int EVENTS = APPENDS * EVENTS_OF_APPEND;
    private static final int PAYLOAD_BYTES = 32 << 10;
    private static final int WINDOW_BYTES = 65_535;
    private static final int READY_BYTES = 32 << 10;
    private static final long WAL_BYTES_MAX = 16_000L * 4_096 + 8_000_000;

    private static final Metadata.Key<String> NAME = Metadata.Key.of("name", Metadata.ASCII_STRING_MARSHALLER);

    @TempDir
    private Path folder;

    @Test
    void costs_one_message_and_no_log_and_reads_on_when_it_is_ready()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        SentBytes sent = new SentBytes();
        try (SqliteFixture fixture = new SqliteFixture(folder, sent)) {
            Channel lively = fixture.connect(1 << 20);
            List<Follower> others = new ArrayList<>();
            for (int i = 0; i < 19; i++) {
                others.add(Follower.of(lively, request(i >= 3), EVENTS));
            }
            Follower stalled =
                    Follower.stalling(named(fixture.connect(WINDOW_BYTES), "stalled"), request(false), EVENTS);
            stalled.confirmed().get(30, TimeUnit.SECONDS);

            long walBytes = append(fixture);
            List<Long> expected = LongStream.rangeClosed(1, EVENTS).boxed().toList();
            for (Follower other : others) {
                assertThat(other.complete().get(120, TimeUnit.SECONDS)).isEqualTo(expected);
            }

            assertThat(walBytes).isBetween(1L, WAL_BYTES_MAX);
            assertThat(sent.of("stalled"))
                    .isBetween(
                            1L,
                            (long) WINDOW_BYTES
                                    + READY_BYTES
                                    + Limits.standard().batchBytesMax());
            stalled.resume();
            assertThat(stalled.complete().get(120, TimeUnit.SECONDS)).isEqualTo(expected);
        }
    }

    /** Appends everything; returns the greatest size of the write-ahead log seen after a commit. */
    private long append(SqliteFixture fixture)
            throws InterruptedException, ExecutionException, TimeoutException, IOException {
        String payload = "{\"text\":\"" + "x".repeat(PAYLOAD_BYTES) + "\"}";
        long walBytes = 0;
        for (int i = 0; i < APPENDS; i++) {
            List<NewEvent> events = new ArrayList<>();
            for (int n = 0; n < EVENTS_OF_APPEND; n++) {
                events.add(SqliteFixture.event(i + "-" + n, "p" + n, payload, List.of()));
            }
            fixture.append(events).get(30, TimeUnit.SECONDS);
            walBytes = Math.max(walBytes, Files.size(folder.resolve("foldlog.db-wal")));
        }
        return walBytes;
    }

    private static SubscribeAllRequest request(boolean isHeadersOnly) {
        return SubscribeAllRequest.newBuilder()
                .setOptions(ReadOptions.newBuilder().setHeadersOnly(isHeadersOnly))
                .build();
    }

    private static Channel named(Channel channel, String name) {
        Metadata headers = new Metadata();
        headers.put(NAME, name);
        return io.grpc.ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    /** Counts the bytes that the server hands to the transport, by the name that a call gives itself. */
    private static final class SentBytes implements ServerInterceptor {
        private final Map<String, AtomicLong> byName = new ConcurrentHashMap<>();

        long of(String name) {
            return byName.getOrDefault(name, new AtomicLong()).get();
        }

        @Override
        public <Q, R> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
            String name = headers.containsKey(NAME) ? String.valueOf(headers.get(NAME)) : "";
            AtomicLong bytes = byName.computeIfAbsent(name, key -> new AtomicLong());
            return next.startCall(
                    new SimpleForwardingServerCall<>(call) {
                        @Override
                        public void sendMessage(R message) {
                            bytes.addAndGet(((EncodedMessage) message).sizeBytes());
                            super.sendMessage(message);
                        }
                    },
                    headers);
        }
    }
}
