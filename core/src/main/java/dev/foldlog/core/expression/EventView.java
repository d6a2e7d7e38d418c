package dev.foldlog.core.expression;

import static java.util.Objects.requireNonNull;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.RecordedEvent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event as programs see it, with room for what an engine makes of it, so that a payload is read once
 * however many programs look at the event. For one thread at a time.
 */
public final class EventView {
    private final Envelope envelope;
    private final int storedVersion;
    private final byte @Nullable [] payload;
    private @Nullable Object kept;

    /**
     * A view of an event.
     *
     * @param storedVersion schema version at append; the envelope's is that of this payload
     * @param payload UTF-8 JSON text of an object; null when the event has none to look at. Shared, not copied
     */
    public EventView(Envelope envelope, int storedVersion, byte @Nullable [] payload) {
        this.envelope = requireNonNull(envelope, "envelope");
        this.storedVersion = storedVersion;
        this.payload = payload;
    }

    /** A view of an event as it is stored, read with its payload. */
    public static EventView of(RecordedEvent event, EventCodec codec) {
        Envelope envelope = codec.open(event.envelope());
        byte[] payload = event.payload();
        boolean isJson = payload != null && codec.payloadForm(payload) == PayloadForm.JSON;
        return new EventView(envelope, envelope.facts().eventVersion(), isJson ? payload : null);
    }

    /** The same event with the payload of another schema version. */
    public EventView upcasted(int eventVersion, byte[] newPayload) {
        requireNonNull(newPayload, "newPayload");
        Envelope upcasted = new Envelope(
                envelope.facts().withEventVersion(eventVersion),
                envelope.timestamp(),
                envelope.metadata(),
                envelope.stamp());
        return new EventView(upcasted, storedVersion, newPayload);
    }

    public Envelope envelope() {
        return envelope;
    }

    public int storedVersion() {
        return storedVersion;
    }

    /** The JSON text; null when the event has none to look at. */
    public byte @Nullable [] payload() {
        return payload;
    }

    /** What an engine made of this view before, if it was of this type; else what it makes now. */
    public <T> T kept(Class<T> type, Function<EventView, T> making) {
        if (type.isInstance(kept)) {
            return type.cast(kept);
        }
        T made = making.apply(this);
        kept = made;
        return made;
    }
}
