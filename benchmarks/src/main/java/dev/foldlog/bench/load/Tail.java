package dev.foldlog.bench.load;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One subscriber: counts what it is sent and, if it is one of those that look, how late each event is. */
public final class Tail implements StreamObserver<byte[]> {
    private static final int CONFIRMED = 2;
    private static final int BATCH = 3;
    private static final int EVENTS = 1;
    private static final int EVENT_ID = 1;
    private static final long NUMBER_CHARS = IdText.ID_LENGTH;

    private final Tally tally;
    private final boolean isLooking;

    public Tail(Tally tally, boolean isLooking) {
        this.tally = tally;
        this.isLooking = isLooking;
    }

    @Override
    public void onNext(byte[] message) {
        long now = System.nanoTime();
        CodedInputStream in = CodedInputStream.newInstance(message);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (WireFormat.getTagFieldNumber(tag)) {
                    case CONFIRMED -> {
                        tally.confirmed.countDown();
                        in.skipField(tag);
                    }
                    case BATCH -> {
                        int end = in.pushLimit(in.readRawVarint32());
                        batch(in, message, now);
                        in.popLimit(end);
                    }
                    default -> in.skipField(tag);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void batch(CodedInputStream in, byte[] message, long now) throws IOException {
        long events = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (isLooking && WireFormat.getTagFieldNumber(tag) == EVENTS) {
                int end = in.pushLimit(in.readRawVarint32());
                event(in, message, now);
                in.skipRawBytes(in.getBytesUntilLimit());
                in.popLimit(end);
            } else {
                in.skipField(tag);
            }
            events++;
        }
        tally.received.add(events);
    }

    private void event(CodedInputStream in, byte[] message, long now) throws IOException {
        int tag = in.readTag();
        int length = in.readRawVarint32();
        if (WireFormat.getTagFieldNumber(tag) != EVENT_ID || length != NUMBER_CHARS) {
            throw new IllegalStateException("event: begins with field " + (tag >> 3) + " (expected: its id)");
        }
        long number = IdText.number(message, in.getTotalBytesRead());
        in.skipRawBytes(length);
        Pace pace = tally.pace.get();
        if (pace != null && number >= pace.first()) {
            tally.lags.get().record(now - pace.dueNanos(number));
        }
    }

    @Override
    public void onError(Throwable cause) {
        tally.failure.compareAndSet(null, cause);
    }

    @Override
    public void onCompleted() {
        onError(new IllegalStateException("the subscription ended"));
    }

    /** What all subscribers together have. Thread-safe. */
    public static final class Tally {
        private final LongAdder received = new LongAdder();
        private final CountDownLatch confirmed;
        private final AtomicReference<@Nullable Pace> pace = new AtomicReference<>();
        private final AtomicReference<Latencies> lags = new AtomicReference<>(new Latencies());
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        public Tally(int subscribers) {
            this.confirmed = new CountDownLatch(subscribers);
        }

        /** Reached when every subscription has begun. */
        public CountDownLatch confirmed() {
            return confirmed;
        }

        /** A new turn begins: events of this pace count. */
        public void begin(Pace turn) {
            lags.set(new Latencies());
            pace.set(turn);
        }

        /** Events that all subscribers were sent since the beginning. */
        public long received() {
            return received.sum();
        }

        public Latencies lags() {
            return lags.get();
        }

        public void throwIfFailed() {
            Throwable cause = failure.get();
            if (cause != null) {
                throw new IllegalStateException("a subscription failed: " + cause, cause);
            }
        }
    }
}
