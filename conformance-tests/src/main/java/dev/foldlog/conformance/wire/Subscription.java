package dev.foldlog.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.Confirmed;
import dev.foldlog.v1.EventStoreGrpc.EventStoreBlockingStub;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A running subscription, pulled message by message. Each message is held to what every one promises: the
 * position never goes back, the first is the confirmation and no other is, batches have events, in position
 * order, none beyond the message's position. Confined to one thread but for {@link #close}.
 */
public final class Subscription implements AutoCloseable {
    private final CancellableContext context;
    private final Iterator<SubscribeAllResponse> messages;
    private final List<SubscribeAllResponse> seen = new ArrayList<>();
    private long position;
    private long eventPosition;

    private Subscription(CancellableContext context, Iterator<SubscribeAllResponse> messages) {
        this.context = context;
        this.messages = messages;
    }

    static Subscription open(EventStoreBlockingStub store, SubscribeAllRequest request) {
        CancellableContext context = Context.ROOT.withCancellation();
        Context before = context.attach();
        try {
            return new Subscription(context, store.subscribeAll(request));
        } finally {
            context.detach(before);
        }
    }

    /** The next message, whatever it says. */
    public SubscribeAllResponse next() {
        assertThat(messages.hasNext())
                .as("a subscription never ends by itself (seen: %s messages)", seen.size())
                .isTrue();
        SubscribeAllResponse message = messages.next();
        check(message);
        position = message.getPosition();
        seen.add(message);
        return message;
    }

    /** The first message. */
    public Confirmed confirmed() {
        return next().getConfirmed();
    }

    /** Messages up to and with the first that the predicate wants. */
    public List<SubscribeAllResponse> until(Predicate<SubscribeAllResponse> wanted) {
        List<SubscribeAllResponse> passed = new ArrayList<>();
        do {
            passed.add(next());
        } while (!wanted.test(passed.getLast()));
        return passed;
    }

    /** The events of the messages up to and with the first of this kind. */
    public List<RecordedEvent> eventsUntil(KindCase kind) {
        return eventsOf(until(it -> it.getKindCase() == kind));
    }

    /** The events of the messages up to the first whose position reaches this. */
    public List<RecordedEvent> eventsThrough(long throughPosition) {
        return position >= throughPosition && !seen.isEmpty()
                ? List.of()
                : eventsOf(until(it -> it.getPosition() >= throughPosition));
    }

    /** The resume point: the position of the newest message. */
    public long position() {
        return position;
    }

    /** All messages so far. */
    public List<SubscribeAllResponse> seen() {
        return List.copyOf(seen);
    }

    /** The events of messages, in their order. */
    public static List<RecordedEvent> eventsOf(List<SubscribeAllResponse> messages) {
        return messages.stream()
                .flatMap(it -> it.getBatch().getEventsList().stream())
                .toList();
    }

    /** Leaves; the server is told. */
    @Override
    public void close() {
        context.cancel(null);
    }

    private void check(SubscribeAllResponse message) {
        assertThat(message.getPosition())
                .as("position of message %s", seen.size())
                .isGreaterThanOrEqualTo(position);
        assertThat(message.hasConfirmed())
                .as("message %s is the confirmation", seen.size())
                .isEqualTo(seen.isEmpty());
        if (message.hasBatch()) {
            assertThat(message.getBatch().getEventsList())
                    .as("events of a batch")
                    .isNotEmpty();
        }
        for (RecordedEvent event : message.getBatch().getEventsList()) {
            assertThat(event.getPosition()).as("position of an event").isGreaterThan(eventPosition);
            eventPosition = event.getPosition();
        }
        assertThat(eventPosition)
                .as("position of the last event of a batch")
                .isLessThanOrEqualTo(message.getPosition());
    }
}
