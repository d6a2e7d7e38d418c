package dev.foldlog.store.memory;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Stamp;
import java.util.List;

/** A codec that fails at the second event it is given; notes what it was given. */
record FailingCodec(List<NewEvent> given, LedgerCodec well) implements EventCodec {
    FailingCodec(List<NewEvent> given) {
        this(given, new LedgerCodec());
    }

    @Override
    public byte[] seal(NewEvent event, Stamp stamp) {
        given.add(event);
        if (given.size() == 2) {
            throw new IllegalStateException("codec");
        }
        return well.seal(event, stamp);
    }

    @Override
    public Envelope open(byte[] envelope) {
        return well.open(envelope);
    }

    @Override
    public boolean isRepeat(NewEvent event, RecordedEvent stored) {
        return well.isRepeat(event, stored);
    }

    @Override
    public PayloadForm payloadForm(byte[] payload) {
        return well.payloadForm(payload);
    }
}
