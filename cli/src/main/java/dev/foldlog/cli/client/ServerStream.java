package dev.foldlog.cli.client;

import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The answers of one server stream. A server that says nothing for too long counts as gone. Confined to one
 * thread, but for {@link #cancel}.
 */
final class ServerStream<T> implements AutoCloseable {
    private final BlockingClientCall<?, T> call;
    private final Duration silenceMax;
    private volatile boolean isCancelled;

    ServerStream(BlockingClientCall<?, T> call, Duration silenceMax) {
        this.call = call;
        this.silenceMax = silenceMax;
    }

    /** The next answer, or null at the end. */
    @Nullable
    T next() throws StatusException {
        try {
            return call.read(silenceMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (StatusException e) {
            throw isCancelled || e.getStatus().getCode() != Status.Code.CANCELLED ? e : reset(e);
        } catch (TimeoutException e) {
            cancel("silence");
            throw Status.UNAVAILABLE
                    .withDescription("nothing heard for " + silenceMax.toSeconds() + " s")
                    .withCause(e)
                    .asException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.FAILURE, "interrupted");
        }
    }

    /** A server resets a stream whose reader was too slow when others need the room: it can be asked for again. */
    private static StatusException reset(StatusException cause) {
        return Status.UNAVAILABLE
                .withDescription("the server ended the stream, which was read too slowly")
                .withCause(cause)
                .asException();
    }

    /** Ends the call: a reader then gets CANCELLED. */
    void cancel(String reason) {
        isCancelled = true;
        call.cancel(reason, null);
    }

    /** Ends the call if it has not ended. */
    @Override
    public void close() {
        cancel("closed");
    }
}
