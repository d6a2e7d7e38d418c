package dev.foldlog.server.grpc.stream;

import io.grpc.Context;
import java.util.concurrent.TimeoutException;

/**
 * Ends a call at its transport, so that what waits there for its client is thrown away. An answer cannot
 * do that: it would queue behind what the client does not read. The client sees CANCELLED.
 */
final class CallReset {
    private CallReset() {}

    /** Ends the call whose handler runs now, when it is run. */
    static Runnable ofCurrentCall() {
        // gRPC resets a stream whose context is over in time, as at a deadline.
        return Context.current() instanceof Context.CancellableContext context
                ? () -> context.cancel(new TimeoutException("the client did not take its messages"))
                : () -> {};
    }
}
