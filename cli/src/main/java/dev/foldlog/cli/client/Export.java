package dev.foldlog.cli.client;

import dev.foldlog.cli.shell.CommandException;
import dev.foldlog.cli.shell.ExitCode;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Progress;
import dev.foldlog.cli.shell.Shell;
import dev.foldlog.v1.Direction;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
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
    private String storeId = "";
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
            GetStoreInfoResponse info = info();
            storeId = info.getStoreId();
            if (asOf == 0) {
                asOf = info.getHeadPosition();
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

    private GetStoreInfoResponse info() throws StatusException {
        return connection.unary().getStoreInfo(GetStoreInfoRequest.getDefaultInstance());
    }

    /** A file is of one store: positions of another one would be other events. */
    private void requireSameStore() throws StatusException {
        String now = info().getStoreId();
        if (!now.equals(storeId)) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    "store_id: " + now + " (expected: " + storeId
                            + ", as before the connection broke; begin the export anew)");
        }
    }

    private void all(Progress progress) throws StatusException {
        Retrying retrying = new Retrying(shell, connection, order.patience(), progress::note);
        Backoff backoff = new Backoff(shell.random());
        Instant heard = shell.clock().instant();
        boolean isBroken = false;
        while (true) {
            long before = position;
            try {
                if (isBroken) {
                    requireSameStore();
                }
                snapshot(progress);
                if (isBroken) {
                    requireSameStore(); // it may have been exchanged between the question and the read
                }
                return;
            } catch (StatusException e) {
                isBroken = true;
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
                new ServerStream<>(connection.streams().readAll(request), Reads.SILENCE_MAX)) {
            for (ReadAllResponse answer = answers.next(); answer != null; answer = answers.next()) {
                answer.getEventsList().forEach(json::write);
                events += answer.getEventsCount();
                position = Math.max(position, answer.getScannedPosition());
                progress.at(position, String.format(Locale.ROOT, "%,d events", events));
            }
        }
    }
}
