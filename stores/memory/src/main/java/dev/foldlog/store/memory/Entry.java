package dev.foldlog.store.memory;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.EventId;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Sequence;
import dev.foldlog.core.event.Stamp;
import dev.foldlog.core.expression.EventView;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.FilterMatch;
import java.time.Instant;

/** An event of the log: as it is handed out, and decoded. Immutable. */
record Entry(RecordedEvent event, Envelope envelope, PayloadForm payloadForm) {
    /** What an event takes beside its bytes: objects, places in the collections. A rough figure. */
    private static final long OVERHEAD_BYTES = 1_024;

    /** The event with what the server adds: decoded from its bytes, so that these alone say what it is. */
    static Entry of(NewEvent event, Stamp stamp, EventCodec codec) {
        byte[] sealed = codec.seal(event, stamp);
        return new Entry(
                new RecordedEvent(stamp.position(), sealed, event.payload()), codec.open(sealed), event.payloadForm());
    }

    EventId id() {
        return envelope.facts().eventId();
    }

    String partitionKey() {
        return envelope.facts().partitionKey();
    }

    Position position() {
        return event.position();
    }

    Sequence sequence() {
        return envelope.stamp().sequence();
    }

    Instant timestamp() {
        return envelope.timestamp();
    }

    Instant recordedAt() {
        return envelope.stamp().recordedAt();
    }

    /** Position of the first event of the same append. */
    Position transaction() {
        return envelope.stamp().transactionPosition();
    }

    FilterMatch match(EventFilter filter) {
        byte[] payload = payloadForm == PayloadForm.JSON ? event.payload() : null;
        return filter.match(new EventView(envelope, envelope.facts().eventVersion(), payload));
    }

    boolean matches(EventFilter filter) {
        return match(filter) == FilterMatch.MATCHES;
    }

    /** About what it takes of the memory: the envelope is there twice, once decoded. */
    long sizeBytes() {
        return event.sizeBytes() + event.envelope().length + OVERHEAD_BYTES;
    }
}
