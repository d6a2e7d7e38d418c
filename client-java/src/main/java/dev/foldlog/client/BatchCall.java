package dev.foldlog.client;

import dev.foldlog.client.error.FoldlogException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one server stream, pulled one by one. One answer is asked for at a time, when the one before it
 * is taken: beside the answer in use at most one waits here, and a slow user slows the server down. Confined to
 * one thread, but for {@link #close}.
 */
final class BatchCall<A> implements AutoCloseable {
    /** An answer and the end of the call. */
    private static final int SIGNALS_MAX = 2;

    private final ClientCall<?, A> call;
    private final BlockingQueue<Signal<A>> signals;
    private Signal.@Nullable End<A> end;
    private volatile boolean isClosed;

    private BatchCall(ClientCall<?, A> call, BlockingQueue<Signal<A>> signals) {
        this.call = call;
        this.signals = signals;
    }

    /** What the transport said. */
    private sealed interface Signal<A> {
        record Answer<A>(A answer) implements Signal<A> {}

        record End<A>(Status status, Metadata trailers) implements Signal<A> {}
    }

    /** Makes a call and asks for the first answer. */
    static <Q, A> BatchCall<A> start(Channel channel, MethodDescriptor<Q, A> method, Q request) {
        BlockingQueue<Signal<A>> signals = new ArrayBlockingQueue<>(SIGNALS_MAX);
        // The listener only hands over, so the transport's own thread may run it.
        ClientCall<Q, A> call = channel.newCall(method, CallOptions.DEFAULT.withExecutor(Runnable::run));
        call.start(new Receiver<>(signals), new Metadata());
        call.request(1);
        call.sendMessage(request);
        call.halfClose();
        return new BatchCall<>(call, signals);
    }

    /**
     * The next answer; null: the stream has ended.
     *
     * @param silenceMax how long to wait before the connection counts as broken
     * @throws FoldlogException when the call failed, was closed, or said nothing for too long
     */
    @Nullable
    A next(Duration silenceMax) {
        Signal<A> signal = end == null ? signal(silenceMax) : end;
        if (signal instanceof Signal.Answer<A> received) {
            call.request(1);
            return received.answer();
        }
        Signal.End<A> ended = (Signal.End<A>) signal;
        end = ended;
        if (ended.status().isOk()) {
            return null;
        }
        throw FoldlogException.of(asSeen(ended.status()).asRuntimeException(ended.trailers()));
    }

    /** A server resets a stream whose reader was too slow when others need the room: it can be asked for again. */
    private Status asSeen(Status status) {
        return isClosed || status.getCode() != Status.Code.CANCELLED
                ? status
                : Status.UNAVAILABLE
                        .withDescription("the server ended the stream, which was read too slowly")
                        .withCause(status.asRuntimeException());
    }

    private Signal<A> signal(Duration silenceMax) {
        try {
            Signal<A> signal = signals.poll(silenceMax.toNanos(), TimeUnit.NANOSECONDS);
            if (signal != null) {
                return signal;
            }
            close();
            return failed(Status.DEADLINE_EXCEEDED.withDescription("the server said nothing for " + silenceMax));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            return failed(Status.CANCELLED.withDescription("interrupted").withCause(e));
        }
    }

    private static <A> Signal<A> failed(Status status) {
        return new Signal.End<>(status, new Metadata());
    }

    /** Cancels the call if it still runs; the server is told. Safe to repeat and from any thread. */
    @Override
    public void close() {
        isClosed = true;
        call.cancel("closed by the client", null);
    }

    private static final class Receiver<A> extends ClientCall.Listener<A> {
        private final BlockingQueue<Signal<A>> signals;

        private Receiver(BlockingQueue<Signal<A>> signals) {
            this.signals = signals;
        }

        @Override
        public void onMessage(A message) {
            signals.add(new Signal.Answer<>(message));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            signals.add(new Signal.End<>(status, trailers));
        }
    }
}
