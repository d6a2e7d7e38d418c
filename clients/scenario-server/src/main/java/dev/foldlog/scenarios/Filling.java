package dev.foldlog.scenarios;

import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import io.grpc.Channel;

/**
 * Many events, for scenarios that read them: event n of N, from 1, is about artifact {@code a-n} in partition
 * {@code filled-k}, k being n modulo 10; its payload is {@code {"n": n, "pad": "…"}}.
 */
final class Filling {
    private static final int APPEND_EVENTS_MAX = 1_000;
    private static final int APPEND_BYTES_MAX = 3 << 20;
    private static final int EVENT_BYTES = 200;
    private static final int PARTITIONS = 10;

    private Filling() {}

    /**
     * Appends events to the real server.
     *
     * @param padBytes length of each payload's pad
     */
    static void append(Channel real, int events, int padBytes) {
        EventStoreGrpc.EventStoreBlockingStub stub = EventStoreGrpc.newBlockingStub(real);
        String pad = "x".repeat(padBytes);
        int atOnce = Math.max(1, Math.min(APPEND_EVENTS_MAX, APPEND_BYTES_MAX / (padBytes + EVENT_BYTES)));
        for (int first = 1; first <= events; first += atOnce) {
            AppendRequest.Builder request = AppendRequest.newBuilder();
            for (int n = first; n < first + atOnce && n <= events; n++) {
                request.addEvents(event(n, pad));
            }
            stub.append(request.build());
        }
    }

    private static NewEvent event(int n, String pad) {
        return NewEvent.newBuilder()
                .setAction("approve")
                .setProducer("filler")
                .setArtifactType("answer")
                .setArtifactId("a-" + n)
                .setPartitionKey("filled-" + n % PARTITIONS)
                .setPayload(Payload.newBuilder().setJson("{\"n\": " + n + ", \"pad\": \"" + pad + "\"}"))
                .build();
    }
}
