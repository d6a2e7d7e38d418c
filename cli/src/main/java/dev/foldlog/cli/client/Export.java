package dev.foldlog.cli.client;

import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Progress;
import dev.foldlog.cli.shell.Shell;
import dev.foldlog.cli.shell.StopSignals.Registration;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import io.grpc.StatusException;
import java.time.Instant;
import java.util.Locale;

/**
 * One export: the events of one snapshot in position order, as JSON lines. A connection that breaks is made
 * again, and the read goes on behind the last batch that was written. Confined to one thread.
 */
public final class Export {
    private final Shell shell;
    private final Connection connection;
    private final ExportOrder order;
    private final EventJsonWriter json;
    private volatile boolean isStopped;
    private long position;
    private long asOf;
    private long events;

    private Export(Shell shell, Connection connection, ExportOrder order, EventJsonWriter json) {
        this.shell = shell;
        this.connection = connection;
        this.order = order;
        this.json = json;
        this.position = order.after();
        this.asOf = order.asOf();
    }

    /** How an export ended: everything up to {@code asOf} that was wanted is written. */
    public record Counts(long events, long asOf) {}

    /** Exports to {@code output}, which stays open. */
    public static Counts run(Shell shell, Connection connection, ExportOrder order, LineOutput output) {
        return new Export(shell, connection, order, new EventJsonWriter(output)).run();
    }

    private Counts run() {
        try {
            if (asOf == 0) {
                asOf = connection
                        .unary()
                        .getStoreInfo(GetStoreInfoRequest.getDefaultInstance())
                        .getHeadPosition();
            }
            if (asOf > 0) {
                try (Progress progress = Progress.start(shell, "export", asOf, Progress.Unit.EVENTS)) {
                    all(progress);
                }
            }
            return new Counts(events, asOf);
        } catch (StatusException e) {
            throw ServerErrors.told(e, connection.server());
        }
    }

    private void all(Progress progress) throws StatusException {
        Retrying retrying = new Retrying(shell, connection, order.patience(), progress::note);
        Backoff backoff = new Backoff(shell.random());
        Instant heard = shell.clock().instant();
        while (true) {
            long before = position;
            try {
                snapshot(progress);
                return;
            } catch (StatusException e) {
                if (isStopped) {
                    throw new CommandException(ExitCode.FAILURE, "interrupted");
                }
                if (position > before) {
                    backoff.reset();
                    heard = shell.clock().instant();
                }
                ServerError error = ServerError.of(e);
                if (!error.isTransient() || shell.clock().instant().isAfter(heard.plus(order.patience()))) {
                    throw e;
                }
                retrying.pause(error, backoff.pause(error.retryDelay()));
            }
        }
    }

    private void snapshot(Progress progress) throws StatusException {
        ReadAllRequest request = ReadAllRequest.newBuilder()
                .setFilter(order.selection().filter())
                .setDirection(Direction.DIRECTION_FORWARD)
                .setAfterPosition(position)
                .setAsOfPosition(asOf)
                .setOptions(Reads.options(false))
                .build();
        try (ServerStream<ReadAllResponse> answers =
                        new ServerStream<>(connection.streams().readAll(request), Reads.SILENCE_MAX);
                Registration _ = shell.stopSignals().onStop(() -> stop(answers))) {
            for (ReadAllResponse answer = answers.next(); answer != null; answer = answers.next()) {
                answer.getEventsList().forEach(json::write);
                events += answer.getEventsCount();
                position = Math.max(position, answer.getScannedPosition());
                progress.at(position, String.format(Locale.ROOT, "%,d events", events));
            }
        }
    }

    private void stop(ServerStream<ReadAllResponse> answers) {
        isStopped = true;
        answers.cancel("stopped");
    }
}
