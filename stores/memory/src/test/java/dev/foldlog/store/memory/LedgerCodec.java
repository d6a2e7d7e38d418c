package dev.foldlog.store.memory;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Stamp;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A codec for tests that writes down what it seals: an envelope is its number in the list. Confined to one thread. */
final class LedgerCodec implements EventCodec {
    private final List<NewEvent> sealed = new ArrayList<>();
    private final List<Envelope> envelopes = new ArrayList<>();

    @Override
    public byte[] seal(NewEvent event, Stamp stamp) {
        Instant timestamp = event.timestamp() == null ? stamp.recordedAt() : event.timestamp();
        sealed.add(event);
        envelopes.add(new Envelope(event.facts(), timestamp, stamp));
        return ByteBuffer.allocate(Integer.BYTES).putInt(sealed.size() - 1).array();
    }

    @Override
    public Envelope open(byte[] envelope) {
        return envelopes.get(ByteBuffer.wrap(envelope).getInt());
    }

    @Override
    public boolean isRepeat(NewEvent event, RecordedEvent stored) {
        NewEvent first = sealed.get(ByteBuffer.wrap(stored.envelope()).getInt());
        return first.facts().equals(event.facts()) && Arrays.equals(first.payload(), event.payload());
    }

    @Override
    public PayloadForm payloadForm(byte[] payload) {
        return PayloadForm.JSON;
    }
}
