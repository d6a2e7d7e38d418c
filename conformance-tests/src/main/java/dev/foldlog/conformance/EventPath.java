package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readAllBackward;
import static dev.foldlog.conformance.wire.Requests.readSince;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.readStreamBackward;
import static dev.foldlog.conformance.wire.Requests.subscribe;

import com.google.protobuf.Timestamp;
import dev.foldlog.conformance.wire.StoreClient;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;

/** Each way by which a recorded event reaches a client. */
enum EventPath {
    READ_STREAM("ReadStream") {
        @Override
        RecordedEvent fetch(StoreClient client, RecordedEvent event, ReadOptions options) {
            return only(client.events(readStream(event.getPartitionKey()).setOptions(options)), event);
        }
    },
    READ_STREAM_BACKWARD("ReadStream") {
        @Override
        RecordedEvent fetch(StoreClient client, RecordedEvent event, ReadOptions options) {
            return only(
                    client.events(readStreamBackward(event.getPartitionKey()).setOptions(options)), event);
        }
    },
    READ_STREAM_SINCE("ReadStreamSince") {
        @Override
        RecordedEvent fetch(StoreClient client, RecordedEvent event, ReadOptions options) {
            Timestamp since = event.getTimestamp();
            return only(client.events(readSince(event.getPartitionKey(), since).setOptions(options)), event);
        }
    },
    READ_ALL("ReadAll") {
        @Override
        RecordedEvent fetch(StoreClient client, RecordedEvent event, ReadOptions options) {
            return only(client.events(readAll().setOptions(options)), event);
        }
    },
    READ_ALL_BACKWARD("ReadAll") {
        @Override
        RecordedEvent fetch(StoreClient client, RecordedEvent event, ReadOptions options) {
            return only(client.events(readAllBackward().setOptions(options)), event);
        }
    },
    GET_EVENT("GetEvent") {
        @Override
        RecordedEvent fetch(StoreClient client, RecordedEvent event, ReadOptions options) {
            return client.store()
                    .getEvent(GetEventRequest.newBuilder()
                            .setEventId(event.getEventId())
                            .setOptions(options)
                            .build())
                    .getEvent();
        }
    },
    SUBSCRIBE_ALL("SubscribeAll") {
        @Override
        RecordedEvent fetch(StoreClient client, RecordedEvent event, ReadOptions options) {
            try (Subscription subscription = client.subscribe(subscribe().setOptions(options))) {
                return only(subscription.eventsUntil(KindCase.CAUGHT_UP), event);
            }
        }
    };

    private final String rpc;

    EventPath(String rpc) {
        this.rpc = rpc;
    }

    /** Name of the RPC. */
    String rpc() {
        return rpc;
    }

    /** The event as this path delivers it. */
    abstract RecordedEvent fetch(StoreClient client, RecordedEvent event, ReadOptions options);

    private static RecordedEvent only(Iterable<RecordedEvent> delivered, RecordedEvent wanted) {
        for (RecordedEvent event : delivered) {
            if (event.getEventId().equals(wanted.getEventId())) {
                return event;
            }
        }
        throw new AssertionError("event " + wanted.getEventId() + ": not delivered (expected: once)");
    }
}
