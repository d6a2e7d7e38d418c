package dev.foldlog.client;

import com.google.protobuf.Message;
import dev.foldlog.client.error.FoldlogException;
import dev.foldlog.client.error.OutcomeUnknownException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Calls with one answer: each has a deadline, and is made again where that is safe. Thread-safe. */
final class UnaryCalls {
    private final Channel channel;
    private final ClientOptions options;
    private final ClientEnvironment environment;

    UnaryCalls(Channel channel, ClientOptions options, ClientEnvironment environment) {
        this.channel = channel;
        this.options = options;
        this.environment = environment;
    }

    /**
     * The answer to a call.
     *
     * @throws OutcomeUnknownException when it writes and nothing tells whether it did
     * @throws FoldlogException for every other failure
     */
    <Q extends Message, A> A answer(MethodDescriptor<Q, A> method, Q request, Repeat repeat) {
        return new Call<>(method, request, repeat).answer();
    }

    /** One call with its tries. Confined to one thread. */
    private final class Call<Q extends Message, A> {
        private final MethodDescriptor<Q, A> method;
        private final Q request;
        private final Repeat repeat;
        private final Backoff backoff = environment.backoff(options.retry());
        private final long endNanos =
                environment.nanoTime().getAsLong() + options.deadline().toNanos();
        private int tries;
        private boolean isInDoubt;

        private Call(MethodDescriptor<Q, A> method, Q request, Repeat repeat) {
            this.method = method;
            this.request = request;
            this.repeat = repeat;
        }

        private A answer() {
            while (true) {
                try {
                    tries++;
                    return once();
                } catch (StatusRuntimeException e) {
                    FoldlogException failure = FoldlogException.of(e);
                    isInDoubt |= repeat != Repeat.READ && !failure.isWithoutEffect();
                    if (!mayRepeat(failure) || !hasPausedAfter(failure)) {
                        throw told(failure);
                    }
                }
            }
        }

        private A once() {
            long nanos = Math.min(leftNanos(), options.tryDeadline().toNanos());
            return ClientCalls.blockingUnaryCall(
                    channel, method, CallOptions.DEFAULT.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS), request);
        }

        private boolean mayRepeat(FoldlogException failure) {
            return failure.isTransient()
                    && tries < options.retry().triesMax()
                    && (repeat != Repeat.WRITE_ONCE || failure.isWithoutEffect());
        }

        private boolean hasPausedAfter(FoldlogException failure) {
            Duration pause = backoff.after(failure);
            if (pause.toNanos() >= leftNanos() || !environment.hasPaused(pause)) {
                return false;
            }
            environment.reconnect().accept(failure);
            return true;
        }

        private long leftNanos() {
            return endNanos - environment.nanoTime().getAsLong();
        }

        /**
         * A definite answer of the server ends a doubt: ids are looked up first, so a try that had been stored
         * would have been answered.
         */
        private FoldlogException told(FoldlogException failure) {
            boolean isEnd = failure.isWithoutEffect() && !failure.isTransient();
            return isInDoubt && !isEnd ? OutcomeUnknownException.of(failure, request) : failure;
        }
    }
}
