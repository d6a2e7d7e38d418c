package dev.foldlog.client;

import static dev.foldlog.client.Patience.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.foldlog.client.error.TransportException;
import dev.foldlog.v1.Confirmed;
import dev.foldlog.v1.EventBatch;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that sends whenever it may shows how much a slow user lets it send. */
final class FlowControlTest {
    private static final int BATCHES = 1_000;

    /** The batch in use, one that waits, and one that the transport may take on its own account. */
    private static final int HELD_MAX = 3;

    private final ScriptedStreams server = new ScriptedStreams();
    private final AtomicLong sent = new AtomicLong();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_slow_reader_holds_a_bounded_number_of_batches() {
        server.playRead(answers -> whenReady(
                answers,
                position -> ReadAllResponse.newBuilder()
                        .addEvents(RecordedEvent.newBuilder().setPosition(position))
                        .setScannedPosition(position)
                        .setAsOfPosition(BATCHES)
                        .build()));

        try (EventIterator events = server.client(ClientOptions.STANDARD).readAll(Events.everything())) {
            for (int used = 1; used <= BATCHES; used++) {
                assertThat(events.next().getPosition()).isEqualTo(used);
                assertThat(sent.get())
                        .as("sent while %s are used", used)
                        .isBetween((long) used, (long) used + HELD_MAX);
            }
            assertThat(events.hasNext()).isFalse();
        }
    }

    @Test
    void a_slow_subscriber_holds_a_bounded_number_of_batches() {
        server.playSubscription(answers -> {
            answers.onNext(SubscribeAllResponse.newBuilder()
                    .setConfirmed(Confirmed.newBuilder()
                            .setStoreId("s")
                            .setHeartbeatInterval(
                                    com.google.protobuf.Duration.newBuilder().setSeconds(300)))
                    .build());
            whenReady(
                    answers,
                    position -> SubscribeAllResponse.newBuilder()
                            .setPosition(position)
                            .setBatch(EventBatch.newBuilder()
                                    .addEvents(RecordedEvent.newBuilder().setPosition(position)))
                            .build());
        });
        AtomicLong seen = new AtomicLong();
        AtomicLong heldMax = new AtomicLong();
        SubscriptionHandler counting =
                event -> heldMax.accumulateAndGet(sent.get() - seen.getAndIncrement(), Math::max);

        try (Subscription running = server.client(ClientOptions.STANDARD).subscribeAll(counting, 0)) {
            patiently().until(() -> running.position() == BATCHES);
            assertThat(seen).hasValue(BATCHES);
            assertThat(heldMax.get()).isBetween(1L, HELD_MAX + 1L);
        }
    }

    @Test
    void a_silent_server_counts_as_broken() {
        Foldlog client = server.client(ClientOptions.STANDARD
                .withSilenceMax(Duration.ofMillis(20))
                .withRetry(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1))));

        TransportException silent = catchThrowableOfType(
                TransportException.class,
                () -> client.readAll(Events.everything()).hasNext());

        assertThat(silent.statusCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(silent).hasMessageContaining("said nothing");
    }

    private <A> void whenReady(ServerCallStreamObserver<A> answers, LongFunction<A> answer) {
        Runnable send = () -> {
            while (answers.isReady() && sent.get() < BATCHES) {
                answers.onNext(answer.apply(sent.incrementAndGet()));
                if (sent.get() == BATCHES) {
                    answers.onCompleted();
                }
            }
        };
        answers.setOnReadyHandler(send);
    }
}
