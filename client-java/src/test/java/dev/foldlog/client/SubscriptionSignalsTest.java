package dev.foldlog.client;

import static dev.foldlog.client.Patience.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.CaughtUp;
import dev.foldlog.v1.Confirmed;
import dev.foldlog.v1.EventBatch;
import dev.foldlog.v1.FellBehind;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server may say that is hard to bring the real one to. */
final class SubscriptionSignalsTest {
    private final ScriptedStreams server = new ScriptedStreams();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tells_that_it_fell_behind_and_caught_up_again() {
        server.playSubscription(answers -> {
            answers.onNext(confirmed(0));
            answers.onNext(caughtUp(0));
            answers.onNext(at(5).setFellBehind(FellBehind.newBuilder().setHeadPosition(20_000))
                    .build());
            answers.onNext(batch(6));
            answers.onNext(caughtUp(20_000));
            answers.onNext(at(20_001).build());
        });

        try (Subscription running = server.client(ServedStore.OPTIONS).subscribeAll(handler, 0)) {
            patiently().until(() -> running.position() == 20_001);
            assertThat(handler.signals)
                    .containsExactly("connected 0 0", "caught up 0", "fell behind 5 20000", "caught up 20000");
            assertThat(handler.positions).containsExactly(0L, 5L, 6L, 20_000L, 20_001L);
        }
    }

    @Test
    void resumes_behind_the_last_event_also_when_the_stream_is_ended_or_cancelled_on_the_way() {
        server.playSubscription(answers -> {
            answers.onNext(confirmed(3));
            answers.onNext(batch(4));
            answers.onCompleted();
        });
        server.playSubscription(answers -> {
            answers.onNext(confirmed(4));
            answers.onNext(batch(9));
            answers.onError(Status.CANCELLED.asRuntimeException());
        });

        try (Subscription running = server.client(ServedStore.OPTIONS)
                .subscribeAll(handler, SubscribeOptions.from(new SubscriptionStart.LiveOnly()))) {
            patiently().until(() -> server.requests().size() == 3);
            assertThat(running.position()).isEqualTo(9);
            assertThat(server.requests().get(0).getLiveOnly()).isTrue();
            assertThat(server.requests().subList(1, 3))
                    .extracting(SubscribeAllRequest::getAfterPosition)
                    .isEqualTo(List.of(4L, 9L));
            assertThat(server.requests().subList(1, 3))
                    .extracting(SubscribeAllRequest::getStoreId)
                    .containsOnly("store");
        }
    }

    /** A connection that never was confirmed has said nothing about where it starts. */
    @Test
    void asks_for_the_same_start_again_until_it_was_confirmed() {
        server.playSubscription(answers -> answers.onError(Status.UNAVAILABLE.asRuntimeException()));

        try (Subscription running = server.client(ServedStore.OPTIONS)
                .subscribeAll(handler, SubscribeOptions.from(new SubscriptionStart.AtCheckpoint("worker")))) {
            patiently().until(() -> server.requests().size() == 2);
            assertThat(server.requests())
                    .extracting(SubscribeAllRequest::getCheckpoint)
                    .containsOnly("worker");
            assertThat(running.isRunning()).isTrue();
        }
    }

    private static SubscribeAllResponse confirmed(long start) {
        return at(start)
                .setConfirmed(Confirmed.newBuilder()
                        .setStoreId("store")
                        .setStartPosition(start)
                        .setHeartbeatInterval(
                                com.google.protobuf.Duration.newBuilder().setSeconds(300)))
                .build();
    }

    private static SubscribeAllResponse caughtUp(long position) {
        return at(position).setCaughtUp(CaughtUp.getDefaultInstance()).build();
    }

    private static SubscribeAllResponse batch(long position) {
        return at(position)
                .setBatch(EventBatch.newBuilder()
                        .addEvents(RecordedEvent.newBuilder().setPosition(position)))
                .build();
    }

    private static SubscribeAllResponse.Builder at(long position) {
        return SubscribeAllResponse.newBuilder().setPosition(position);
    }
}
