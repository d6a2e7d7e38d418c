package dev.foldlog.client.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.foldlog.client.Foldlog;
import dev.foldlog.client.SubscribeOptions;
import dev.foldlog.client.Subscription;
import dev.foldlog.client.SubscriptionHandler;
import dev.foldlog.client.SubscriptionStart;
import dev.foldlog.client.WireTimes;
import dev.foldlog.client.error.FoldlogException;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A subscription that remembers what it was told. Thread-safe. */
final class Followed implements SubscriptionHandler, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final Set<String> signals = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable Throwable failure;

    static Followed start(Foldlog client, SubscribeAllRequest request, int heartbeatsMissed) {
        SubscribeOptions options = SubscribeOptions.from(start(request));
        Duration heartbeat = request.hasHeartbeatInterval()
                ? Duration.ofSeconds(request.getHeartbeatInterval().getSeconds())
                : options.heartbeatInterval();
        Followed followed = new Followed();
        followed.subscription = client.subscribeAll(
                followed,
                options.matching(request.getFilter())
                        .inStore(request.getStoreId())
                        .withHeartbeats(heartbeat, heartbeatsMissed));
        return followed;
    }

    private static SubscriptionStart start(SubscribeAllRequest request) {
        return switch (request.getStartCase()) {
            case AFTER_POSITION -> new SubscriptionStart.AfterPosition(request.getAfterPosition());
            case RECORDED_SINCE -> new SubscriptionStart.RecordedSince(WireTimes.instant(request.getRecordedSince()));
            case LIVE_ONLY -> new SubscriptionStart.LiveOnly();
            case CHECKPOINT -> new SubscriptionStart.AtCheckpoint(request.getCheckpoint());
            case START_NOT_SET -> new SubscriptionStart.AfterPosition(0);
        };
    }

    /** Waits until it has been told all that the step names. */
    void await(JsonObject step) {
        List<String> events = texts(step, "events");
        int count = step.has("count") ? step.get("count").getAsInt() : events.size();
        long position = step.has("position") ? step.get("position").getAsLong() : 0;
        Awaitility.await()
                .atMost(PATIENCE)
                .failFast(this::hasFailed)
                .until(() ->
                        ids.size() >= count && position() >= position && signals.containsAll(texts(step, "signals")));
        if (step.has("events")) {
            assertThat(ids).isEqualTo(events);
        } else {
            assertThat(ids).hasSize(count);
        }
        if (step.has("distinct")) {
            assertThat(new HashSet<>(ids)).hasSize(step.get("distinct").getAsInt());
        }
    }

    private static List<String> texts(JsonObject step, String key) {
        return step.has(key)
                ? step.getAsJsonArray(key).asList().stream()
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of();
    }

    private long position() {
        Subscription running = subscription;
        return running == null ? 0 : running.position();
    }

    private boolean hasFailed() {
        return failure != null;
    }

    /** Waits until it has ended by itself; why. */
    Throwable failure() {
        return Awaitility.await().atMost(PATIENCE).until(() -> failure, it -> it != null);
    }

    @Override
    public void onEvent(RecordedEvent event) {
        ids.add(event.getEventId());
    }

    @Override
    public void onCaughtUp(long position) {
        signals.add("caught_up");
    }

    @Override
    public void onHeartbeat(long position, long headPosition) {
        signals.add("heartbeat");
    }

    @Override
    public void onDisconnected(FoldlogException cause, Duration pause) {
        signals.add("disconnected");
    }

    @Override
    public void onFailed(Throwable cause) {
        failure = cause;
    }

    @Override
    public void close() {
        Subscription running = subscription;
        if (running != null) {
            running.close();
        }
    }
}
