package dev.foldlog.cli.client;

import com.google.protobuf.Duration;
import dev.foldlog.cli.client.TailOrder.Start.After;
import dev.foldlog.cli.client.TailOrder.Start.FromCheckpoint;
import dev.foldlog.cli.client.TailOrder.Start.Live;
import dev.foldlog.cli.client.TailOrder.Start.Oldest;
import dev.foldlog.cli.shell.LineOutput;
import dev.foldlog.cli.shell.Shell;
import dev.foldlog.cli.shell.StopSignals.Registration;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.Status;
import io.grpc.StatusException;
import org.jspecify.annotations.Nullable;

/**
 * One following of the log: events as JSON lines, each batch flushed, then the checkpoint moved. A
 * connection that breaks is made again behind what was written, in the same store only, so nothing is
 * missing and nothing comes twice. Confined to one thread.
 */
public final class Tail {
    private static final int HEARTBEAT_SECONDS = 15;
    private static final java.time.Duration SILENCE_MAX = java.time.Duration.ofSeconds(3 * HEARTBEAT_SECONDS);

    private final Shell shell;
    private final Connection connection;
    private final TailOrder order;
    private final LineOutput output;
    private final EventJsonWriter json;
    private final Backoff backoff;
    private volatile boolean isStopped;
    private @Nullable CheckpointMover checkpoint;
    private String storeId = "";
    private long position = -1;
    private long written;

    private Tail(Shell shell, Connection connection, TailOrder order, LineOutput output) {
        this.shell = shell;
        this.connection = connection;
        this.order = order;
        this.output = output;
        this.json = new EventJsonWriter(output);
        this.backoff = new Backoff(shell.random());
    }

    /** Follows until the user stops it, {@code maxEvents} are written, or it fails for good. */
    public static void run(Shell shell, Connection connection, TailOrder order, LineOutput output) {
        Tail tail = new Tail(shell, connection, order, output);
        try {
            if (order.start() instanceof FromCheckpoint from && from.isCommitted()) {
                tail.checkpoint = CheckpointMover.of(shell, connection, from.name());
            }
            tail.follow();
        } catch (StatusException e) {
            throw ServerErrors.told(e, connection.server());
        }
    }

    private void follow() throws StatusException {
        Retrying retrying = new Retrying(shell, connection, java.time.Duration.ZERO, shell::note);
        while (!isDone()) {
            try (ServerStream<SubscribeAllResponse> answers =
                            new ServerStream<>(connection.streams().subscribeAll(request()), SILENCE_MAX);
                    Registration _ = shell.stopSignals().onStop(() -> stop(answers))) {
                drain(answers);
            } catch (StatusException e) {
                if (isDone()) {
                    return;
                }
                ServerError error = ServerError.of(e);
                // A server that was never reached is told at once: nothing was broken off.
                if (!error.isTransient() || storeId.isEmpty()) {
                    throw e;
                }
                retrying.pause(error, backoff.pause(error.retryDelay()));
            }
        }
    }

    private boolean isDone() {
        return isStopped || (order.maxEvents() > 0 && written >= order.maxEvents());
    }

    private void stop(ServerStream<SubscribeAllResponse> answers) {
        isStopped = true;
        answers.cancel("stopped");
    }

    private void drain(ServerStream<SubscribeAllResponse> answers) throws StatusException {
        while (!isDone()) {
            SubscribeAllResponse answer = answers.next();
            if (answer == null) {
                throw Status.UNAVAILABLE
                        .withDescription("the subscription was ended")
                        .asException();
            }
            switch (answer.getKindCase()) {
                case CONFIRMED -> confirmed(answer);
                case BATCH -> batch(answer);
                case CAUGHT_UP, FELL_BEHIND, HEARTBEAT, KIND_NOT_SET -> handled(answer.getPosition());
            }
        }
    }

    private void confirmed(SubscribeAllResponse answer) throws StatusException {
        String store = answer.getConfirmed().getStoreId();
        if (!storeId.isEmpty()) {
            shell.note("foldlog: connected again, going on after position " + position);
        }
        storeId = store;
        backoff.reset();
        handled(answer.getPosition());
    }

    private void batch(SubscribeAllResponse answer) throws StatusException {
        for (RecordedEvent event : answer.getBatch().getEventsList()) {
            json.write(event);
            written++;
            if (isDone()) {
                output.flush();
                handled(event.getPosition());
                return;
            }
        }
        output.flush();
        handled(answer.getPosition());
    }

    /** Everything through here is written and flushed. */
    private void handled(long through) throws StatusException {
        position = Math.max(position, through);
        if (checkpoint != null) {
            checkpoint.moveTo(position);
        }
    }

    private SubscribeAllRequest request() {
        SubscribeAllRequest.Builder request = SubscribeAllRequest.newBuilder()
                .setFilter(order.selection().filter())
                .setStoreId(storeId)
                .setHeartbeatInterval(Duration.newBuilder().setSeconds(HEARTBEAT_SECONDS))
                .setOptions(Reads.options(order.isHeadersOnly()));
        if (position >= 0) {
            return request.setAfterPosition(position).build();
        }
        return switch (order.start()) {
            case Oldest _ -> request.setAfterPosition(0).build();
            case Live _ -> request.setLiveOnly(true).build();
            case After after -> request.setAfterPosition(after.position()).build();
            case FromCheckpoint from -> start(request, from).build();
        };
    }

    /** A checkpoint that is also moved is read once, so that start and first move agree. */
    private SubscribeAllRequest.Builder start(SubscribeAllRequest.Builder request, FromCheckpoint from) {
        return checkpoint == null
                ? request.setCheckpoint(from.name())
                : request.setAfterPosition(checkpoint.position());
    }
}
