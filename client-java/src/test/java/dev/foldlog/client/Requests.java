package dev.foldlog.client;

import dev.foldlog.v1.Direction;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.ReadStreamRequest;

/** Requests of reads, to be completed. */
final class Requests {
    private Requests() {}

    static ReadStreamRequest.Builder stream(String partitionKey) {
        return ReadStreamRequest.newBuilder().setPartitionKey(partitionKey);
    }

    static ReadStreamRequest.Builder backward(String partitionKey) {
        return stream(partitionKey).setDirection(Direction.DIRECTION_BACKWARD);
    }

    static ReadOptions headersOnly() {
        return ReadOptions.newBuilder().setHeadersOnly(true).build();
    }
}
