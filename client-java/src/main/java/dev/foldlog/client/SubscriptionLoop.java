package dev.foldlog.client;

import dev.foldlog.client.error.FoldlogException;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.Channel;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log on one thread: connects, hands messages to the handler, connects again.
 *
 * <pre>
 *   connecting -> delivering -> (broken, silent, ended) -> pausing -> connecting …
 *   each of them -> ended: stopped, the handler threw, or an error that no repeat can mend
 * </pre>
 */
final class SubscriptionLoop implements Runnable {
    private final Channel channel;
    private final SubscribeOptions options;
    private final SubscriptionHandler handler;
    private final ClientOptions client;
    private final ClientEnvironment environment;
    private final Backoff backoff;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable BatchCall<SubscribeAllResponse> call;
    private volatile @Nullable Throwable failure;
    private volatile String storeId;
    private volatile long position;
    private boolean hasStarted;
    private Duration silenceMax;

    SubscriptionLoop(
            Channel channel,
            SubscribeOptions options,
            SubscriptionHandler handler,
            ClientOptions client,
            ClientEnvironment environment) {
        this.channel = channel;
        this.options = options;
        this.handler = handler;
        this.client = client;
        this.environment = environment;
        this.backoff = environment.backoff(client.retry());
        this.storeId = options.storeId();
        this.position = options.start() instanceof SubscriptionStart.AfterPosition after ? after.position() : 0;
        this.silenceMax = client.silenceMax();
    }

    long position() {
        return position;
    }

    String storeId() {
        return storeId;
    }

    CompletableFuture<Void> ended() {
        return ended;
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** From any thread. */
    void stop() {
        stopped.countDown();
        BatchCall<SubscribeAllResponse> running = call;
        if (running != null) {
            running.close();
        }
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // whatever a handler throws ends the subscription and is told
    public void run() {
        try {
            follow();
            ended.complete(null);
        } catch (Throwable e) {
            end(e);
        }
    }

    private void end(Throwable cause) {
        if (isStopped() && cause instanceof FoldlogException) {
            ended.complete(null);
            return;
        }
        failure = cause;
        try {
            handler.onFailed(cause);
        } finally {
            ended.completeExceptionally(cause);
        }
    }

    private void follow() throws Exception {
        while (!isStopped()) {
            FoldlogException broken = deliver();
            if (isStopped()) {
                return;
            }
            if (!broken.isTransient()) {
                throw broken;
            }
            Duration pause = backoff.after(broken);
            handler.onDisconnected(broken, pause);
            if (stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
            environment.reconnect().accept(broken);
        }
    }

    /** Delivers until the connection breaks, and answers why it did. Only the handler's own exceptions are thrown. */
    private FoldlogException deliver() throws Exception {
        // A server confirms at once; whoever is content with shorter silences later need not wait longer for that.
        silenceMax =
                shorter(client.silenceMax(), options.heartbeatInterval().multipliedBy(options.heartbeatsMissedMax()));
        try (BatchCall<SubscribeAllResponse> running =
                BatchCall.start(channel, EventStoreGrpc.getSubscribeAllMethod(), request())) {
            call = running;
            while (!isStopped()) {
                SubscribeAllResponse message;
                try {
                    message = running.next(silenceMax);
                } catch (FoldlogException e) {
                    return e;
                }
                if (message == null) {
                    break;
                }
                handle(message);
            }
            return FoldlogException.of(Status.UNAVAILABLE
                    .withDescription("the subscription was ended")
                    .asRuntimeException());
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private void handle(SubscribeAllResponse message) throws Exception {
        switch (message.getKindCase()) {
            case CONFIRMED -> confirmed(message);
            case BATCH -> {
                for (RecordedEvent event : message.getBatch().getEventsList()) {
                    if (isStopped()) {
                        return;
                    }
                    handler.onEvent(event);
                    position = event.getPosition();
                }
            }
            case CAUGHT_UP -> handler.onCaughtUp(message.getPosition());
            case FELL_BEHIND ->
                handler.onFellBehind(
                        message.getPosition(), message.getFellBehind().getHeadPosition());
            case HEARTBEAT ->
                handler.onHeartbeat(
                        message.getPosition(), message.getHeartbeat().getHeadPosition());
            case KIND_NOT_SET -> {} // a kind of a newer server: only its position counts
        }
        if (!message.hasConfirmed()) {
            backoff.reset();
            passed(message.getPosition());
        }
    }

    private void confirmed(SubscribeAllResponse message) throws Exception {
        storeId = message.getConfirmed().getStoreId();
        hasStarted = true;
        position = Math.max(position, message.getConfirmed().getStartPosition());
        Duration inForce = message.getConfirmed().hasHeartbeatInterval()
                ? WireTimes.duration(message.getConfirmed().getHeartbeatInterval())
                : options.heartbeatInterval();
        silenceMax = inForce.multipliedBy(options.heartbeatsMissedMax());
        handler.onConnected(storeId, position, message.getConfirmed().getHeadPosition());
    }

    private void passed(long through) throws Exception {
        if (!isStopped()) {
            position = Math.max(position, through);
            handler.onPosition(position);
        }
    }

    private SubscribeAllRequest request() {
        SubscribeAllRequest.Builder request = SubscribeAllRequest.newBuilder()
                .setFilter(options.filter())
                .setStoreId(storeId)
                .setHeartbeatInterval(WireTimes.duration(options.heartbeatInterval()))
                .setMaxLinger(WireTimes.duration(options.lingerMax()))
                .setOptions(options.delivery());
        if (hasStarted) {
            return request.setAfterPosition(position).build();
        }
        SubscriptionStart start = options.start();
        if (start instanceof SubscriptionStart.AfterPosition after) {
            request.setAfterPosition(after.position());
        } else if (start instanceof SubscriptionStart.RecordedSince since) {
            request.setRecordedSince(WireTimes.timestamp(since.time()));
        } else if (start instanceof SubscriptionStart.AtCheckpoint checkpoint) {
            request.setCheckpoint(checkpoint.name());
        } else {
            request.setLiveOnly(true);
        }
        return request.build();
    }
}
