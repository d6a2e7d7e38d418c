package dev.foldlog.cli.client;

import dev.foldlog.cli.config.HostPort;
import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.Shell;
import io.grpc.StatusException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Calls that are made again while the server is away or overloaded, up to a time. Only for calls that are
 * safe to repeat.
 */
final class Retrying {
    private final Shell shell;
    private final Connection connection;
    private final Duration patience;
    private final Consumer<String> notes;

    Retrying(Shell shell, Connection connection, Duration patience, Consumer<String> notes) {
        this.shell = shell;
        this.connection = connection;
        this.patience = patience;
        this.notes = notes;
    }

    /** A call that can be made again. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws StatusException;
    }

    /** The first answer; the last failure when patience ends, or a failure that no repeat can mend. */
    <T> T until(Call<T> call) throws StatusException {
        try {
            return call.make();
        } catch (StatusException e) {
            return after(e, call);
        }
    }

    /** As {@link #until}, where a first try has failed already. */
    <T> T after(StatusException firstFailure, Call<T> call) throws StatusException {
        Backoff backoff = new Backoff(shell.random());
        Instant end = shell.clock().instant().plus(patience);
        StatusException failure = firstFailure;
        while (true) {
            ServerError error = ServerError.of(failure);
            Duration pause = backoff.pause(error.retryDelay());
            if (!error.isTransient() || shell.clock().instant().plus(pause).isAfter(end)) {
                throw failure;
            }
            pause(error, pause);
            try {
                return call.make();
            } catch (StatusException e) {
                failure = e;
            }
        }
    }

    /** Waits before the next try, and says why. */
    void pause(ServerError error, Duration pause) {
        HostPort server = connection.server();
        notes.accept(String.format(
                Locale.ROOT,
                "%s; trying again in %.1f s",
                ServerErrors.headline(error, server),
                pause.toMillis() / 1000.0));
        try {
            shell.pause().pause(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.FAILURE, "interrupted");
        }
        connection.resetBackoff();
    }
}
