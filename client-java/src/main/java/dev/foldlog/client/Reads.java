package dev.foldlog.client;

import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadStreamRequest;
import dev.foldlog.v1.ReadStreamSinceRequest;
import io.grpc.Channel;

/** Begins reads. Thread-safe. */
final class Reads {
    private final Channel channel;
    private final ClientOptions options;
    private final ClientEnvironment environment;

    Reads(Channel channel, ClientOptions options, ClientEnvironment environment) {
        this.channel = channel;
        this.options = options;
        this.environment = environment;
    }

    EventIterator stream(ReadStreamRequest request) {
        return begin(ReadKind.STREAM, request);
    }

    EventIterator streamSince(ReadStreamSinceRequest request) {
        return begin(ReadKind.STREAM_SINCE, request);
    }

    EventIterator all(ReadAllRequest request) {
        return begin(ReadKind.ALL, request);
    }

    private <Q, A> EventIterator begin(ReadKind<Q, A> kind, Q request) {
        return new EventIterator(new ResumingRead<>(channel, kind, request, options, environment));
    }
}
