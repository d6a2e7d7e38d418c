package dev.foldlog.bench.load;

import io.grpc.MethodDescriptor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Single appends at a fixed rate, each event's id ending in its number. Confined to one thread. */
public final class SteadyAppends {
    private static final long ANSWER_SECONDS = 60;

    private final Channels channels;
    private final MethodDescriptor<byte[], byte[]> method;
    private final Requests requests;
    private final Draw draw;
    private final double perSecond;
    private long next;

    public SteadyAppends(
            Channels channels,
            MethodDescriptor<byte[], byte[]> method,
            Requests requests,
            Draw draw,
            double perSecond) {
        this.channels = channels;
        this.method = method;
        this.requests = requests;
        this.draw = draw;
        this.perSecond = perSecond;
    }

    /**
     * Sends for so long and waits for the answers.
     *
     * @param announced told the pace before the first is sent
     * @return how many were sent
     */
    public long run(Duration duration, Consumer<Pace> announced) throws InterruptedException {
        Pace pace = new Pace(next, System.nanoTime(), perSecond);
        announced.accept(pace);
        long count = Math.max(1, Math.round(perSecond * duration.toMillis() / 1e3));
        Answers answers = new Answers(count);
        Operation append = new UnaryOperation(channels, method, it -> requests.one(draw.numbered(next)), 1);
        for (long i = 0; i < count; i++, next++) {
            long wait = pace.dueNanos(next) - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            append.begin(0, answers);
        }
        answers.await();
        return count;
    }

    private static final class Answers implements Operation.Answer {
        private final AtomicLong left;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final Thread sender = Thread.currentThread();

        Answers(long count) {
            this.left = new AtomicLong(count);
        }

        @Override
        public void done(long events) {
            if (left.decrementAndGet() == 0) {
                LockSupport.unpark(sender);
            }
        }

        @Override
        public void failed(Throwable cause) {
            failure.compareAndSet(null, cause);
            done(0);
        }

        void await() throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
            while (left.get() > 0) {
                if (Thread.interrupted()) {
                    throw new InterruptedException("while appends were under way");
                }
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException("appends without answer: " + left + " (expected: 0)");
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            Throwable cause = failure.get();
            if (cause != null) {
                throw new IllegalStateException("an append failed: " + cause, cause);
            }
        }
    }
}
