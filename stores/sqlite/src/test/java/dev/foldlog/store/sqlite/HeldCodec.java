package dev.foldlog.store.sqlite;

import dev.foldlog.core.event.Envelope;
import dev.foldlog.core.event.EventCodec;
import dev.foldlog.core.event.NewEvent;
import dev.foldlog.core.event.PayloadForm;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.event.Stamp;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The codec of tests, which counts how often events are looked into and can hold who does so. Thread-safe. */
final class HeldCodec implements EventCodec {
    private static final long HELD_SECONDS_MAX = 60;

    private final AtomicLong opened = new AtomicLong();
    private final AtomicReference<@Nullable Hold> next = new AtomicReference<>();

    /** Holds the next that looks into an event, until released. */
    Hold hold() {
        Hold hold = new Hold();
        next.set(hold);
        return hold;
    }

    /** How many events were looked into. */
    long opened() {
        return opened.get();
    }

    @Override
    public Envelope open(byte[] envelope) {
        opened.incrementAndGet();
        Hold hold = next.getAndSet(null);
        if (hold != null) {
            hold.entered.countDown();
            await(hold.released);
        }
        return StoreUnderTest.CODEC.open(envelope);
    }

    @Override
    public byte[] seal(NewEvent event, Stamp stamp) {
        return StoreUnderTest.CODEC.seal(event, stamp);
    }

    @Override
    public boolean isRepeat(NewEvent event, RecordedEvent stored) {
        return StoreUnderTest.CODEC.isRepeat(event, stored);
    }

    @Override
    public PayloadForm payloadForm(byte[] payload) {
        return StoreUnderTest.CODEC.payloadForm(payload);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(HELD_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited " + HELD_SECONDS_MAX + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Somebody held. */
    static final class Hold {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        void awaitEntered() {
            await(entered);
        }

        void release() {
            released.countDown();
        }
    }
}
