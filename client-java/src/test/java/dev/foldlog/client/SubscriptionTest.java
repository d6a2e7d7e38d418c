package dev.foldlog.client;

import static dev.foldlog.client.Patience.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foldlog.client.error.InvalidFieldException;
import dev.foldlog.client.error.NotReadyException;
import dev.foldlog.client.error.PositionAheadException;
import dev.foldlog.client.error.StoreMismatchException;
import dev.foldlog.client.error.TransportException;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.RecordedEvent;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscriptions to the real server, which restarts or is reached through a proxy that breaks. */
final class SubscriptionTest {
    private final ServedStore store = ServedStore.onLoopback();
    private final BreakableProxy proxy = BreakableProxy.to(store.port());
    private final Foldlog client =
            Foldlog.connect("127.0.0.1:" + proxy.port(), InsecureChannelCredentials.create(), ServedStore.OPTIONS);
    private final Foldlog writer = store.client();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
        store.close();
    }

    @Test
    void shows_the_past_and_then_what_comes() {
        writer.append(Events.numbered("a", 3));

        try (Subscription running = client.subscribeAll(handler, 1)) {
            patiently().until(() -> handler.signals.contains("caught up 3"));
            writer.append(Events.event("a"));
            patiently().until(() -> handler.events.size() == 3);

            assertThat(handler.sequences()).containsExactly(2L, 3L, 4L);
            assertThat(handler.signals).startsWith("connected 1 3", "caught up 3");
            assertThat(running.storeId()).isEqualTo(writer.storeInfo().getStoreId());
            patiently().until(() -> running.position() == 4);
            assertThat(handler.positions).isSorted().endsWith(4L);
        }
    }

    @Test
    void starts_where_it_is_told() {
        writer.append(Events.numbered("a", 3));
        Instant third =
                WireTimes.instant(writer.append(Events.event("a")).getEvents(0).getRecordedAt());
        writer.checkpoints().move("worker", 0, 2);
        RecordingHandler since = new RecordingHandler();
        RecordingHandler live = new RecordingHandler();

        client.subscribeAll(handler, SubscribeOptions.from(new SubscriptionStart.AtCheckpoint("worker")));
        client.subscribeAll(since, SubscribeOptions.from(new SubscriptionStart.RecordedSince(third)));
        client.subscribeAll(live, SubscribeOptions.from(new SubscriptionStart.LiveOnly()));

        patiently().until(() -> live.signals.contains("connected 4 4"));
        writer.append(Events.event("a"));
        patiently().until(() -> handler.sequences().equals(List.of(3L, 4L, 5L)));
        patiently().until(() -> since.sequences().equals(List.of(4L, 5L)));
        patiently().until(() -> live.sequences().equals(List.of(5L)));
    }

    @Test
    void goes_on_after_a_restart_of_the_server_without_a_gap_or_a_repetition() {
        try (Subscription running = client.subscribeAll(handler, 0)) {
            writer.append(Events.numbered("a", 50));
            patiently().until(() -> handler.events.size() == 50);

            store.stop();
            patiently().until(() -> !handler.disconnections.isEmpty());
            store.start();
            writer.append(Events.numbered("a", 50));

            patiently().until(() -> handler.events.size() >= 100);
            assertThat(handler.sequences()).isEqualTo(upTo(100));
            assertThat(running.isRunning()).isTrue();
            assertThat(handler.disconnections.getFirst())
                    .isInstanceOfAny(NotReadyException.class, TransportException.class);
        }
    }

    @Test
    void goes_on_when_the_connection_breaks_again_and_again() {
        client.subscribeAll(handler, 0);
        for (int i = 1; i <= 5; i++) {
            int broken = i - 1;
            writer.append(Events.numbered("a", 20));
            int seen = 20 * i;
            patiently().until(() -> handler.events.size() >= seen);
            proxy.breakAll();
            patiently().until(() -> handler.disconnections.size() > broken);
        }

        writer.append(Events.event("a"));
        patiently().until(() -> handler.events.size() >= 101);
        assertThat(handler.sequences()).isEqualTo(upTo(101));
    }

    @Test
    void leaves_a_connection_on_which_heartbeats_are_missed() {
        client.subscribeAll(handler, SubscribeOptions.after(0).withHeartbeats(Duration.ofSeconds(1), 2));
        writer.append(Events.event("a"));
        patiently().until(() -> handler.signals.contains("heartbeat 1 1"));

        proxy.silenceAll();
        writer.append(Events.event("a"));

        patiently().until(() -> handler.events.size() == 2);
        // gRPC may give the first new try the old connection, if it is made while that is being left.
        assertThat(handler.disconnections)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.statusCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
    }

    @Test
    void carries_its_position_over_what_the_filter_passes_by() {
        EventFilter other = EventFilter.newBuilder().addActions("reject").build();
        try (Subscription running = client.subscribeAll(
                handler, SubscribeOptions.after(0).matching(other).withHeartbeats(Duration.ofSeconds(1), 3))) {
            patiently().until(() -> handler.signals.contains("caught up 0"));
            writer.append(Events.numbered("a", 7));

            patiently().until(() -> running.position() == 7);
            assertThat(handler.events).isEmpty();
            assertThat(handler.positions).endsWith(7L);
        }
    }

    @Test
    void ends_when_the_store_is_another_and_does_not_try_again() {
        SubscribeOptions elsewhere = SubscribeOptions.after(0).inStore("00000000-0000-0000-0000-000000000000");

        Subscription refused = client.subscribeAll(handler, elsewhere);

        patiently().until(() -> !refused.isRunning());
        assertThat(refused.failure()).get().isInstanceOf(StoreMismatchException.class);
        assertThat(handler.failures).singleElement().isInstanceOf(StoreMismatchException.class);
        assertThat(handler.disconnections).isEmpty();
        assertThatThrownBy(() -> refused.ended().get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StoreMismatchException.class);
    }

    /** The port is taken over by a server with another store: resuming there would be meaningless. */
    @Test
    void guards_a_resume_against_another_store() {
        Subscription running = client.subscribeAll(handler, 0);
        writer.append(Events.event("a"));
        patiently().until(() -> handler.events.size() == 1);

        try (ServedStore other = ServedStore.onLoopback()) {
            other.client().append(Events.numbered("a", 5));
            proxy.retarget(other.port());
            proxy.breakAll();
            patiently().until(() -> !running.isRunning());
        }

        assertThat(running.failure()).get().isInstanceOf(StoreMismatchException.class);
        assertThat(handler.events).hasSize(1);
    }

    @Test
    void ends_when_its_position_is_ahead_or_its_request_is_wrong() {
        RecordingHandler wrong = new RecordingHandler();
        Subscription ahead = client.subscribeAll(handler, 1_000);
        Subscription invalid =
                client.subscribeAll(wrong, SubscribeOptions.after(0).withHeartbeats(Duration.ofHours(1), 1));

        patiently().until(() -> !ahead.isRunning() && !invalid.isRunning());
        assertThat(ahead.failure()).get().isInstanceOf(PositionAheadException.class);
        assertThat(invalid.failure()).get().isInstanceOf(InvalidFieldException.class);
        assertThat(handler.disconnections).isEmpty();
        assertThat(wrong.disconnections).isEmpty();
    }

    @Test
    void a_handler_that_throws_ends_it_with_that_error() {
        writer.append(Events.numbered("a", 3));
        // Even an error that the client would repeat: it is the handler's own.
        TransportException own = (TransportException)
                dev.foldlog.client.error.FoldlogException.of(Status.UNAVAILABLE.asRuntimeException());
        CountDownLatch told = new CountDownLatch(1);
        SubscriptionHandler throwing = new SubscriptionHandler() {
            @Override
            public void onEvent(RecordedEvent event) {
                if (event.getSequence() == 2) {
                    throw own;
                }
            }

            @Override
            public void onFailed(Throwable failure) {
                told.countDown();
            }
        };

        Subscription failed = client.subscribeAll(throwing, 0);

        patiently().until(() -> !failed.isRunning());
        assertThat(failed.failure()).containsSame(own);
        assertThat(failed.position()).isEqualTo(1);
        assertThat(told.getCount()).isZero();
        assertThatThrownBy(() -> failed.ended().get()).hasCause(own);
    }

    @Test
    void is_stopped_by_close_also_from_its_own_handler() {
        writer.append(Events.numbered("a", 5));
        Subscription running = client.subscribeAll(handler, 0);
        patiently().until(() -> handler.events.size() == 5);
        CountDownLatch mayClose = new CountDownLatch(1);
        RecordingHandler leaving = new RecordingHandler();
        Subscription[] self = new Subscription[1];
        self[0] = client.subscribeAll(
                event -> {
                    mayClose.await();
                    leaving.onEvent(event);
                    self[0].close();
                },
                0);
        mayClose.countDown();

        running.close();
        writer.append(Events.event("a"));

        assertThat(running.isRunning()).isFalse();
        assertThat(running.failure()).isEmpty();
        assertThat(running.ended()).isCompleted();
        patiently().until(() -> !self[0].isRunning());
        assertThat(self[0].failure()).isEmpty();
        assertThat(leaving.events).hasSize(1);
        assertThat(handler.events).hasSize(5);
    }

    @Test
    void is_stopped_by_close_while_it_waits_for_a_server() {
        store.stop();
        Subscription waiting = client.subscribeAll(handler, 0);
        patiently().until(() -> handler.disconnections.size() >= 2);

        waiting.close();

        assertThat(waiting.isRunning()).isFalse();
        assertThat(waiting.failure()).isEmpty();
        store.start();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
