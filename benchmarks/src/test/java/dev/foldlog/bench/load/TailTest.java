package dev.foldlog.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.CaughtUp;
import dev.foldlog.v1.Confirmed;
import dev.foldlog.v1.EventBatch;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllResponse;
import org.junit.jupiter.api.Test;

final class TailTest {
    private final Tail.Tally tally = new Tail.Tally(1);

    @Test
    void events_are_counted_and_those_of_the_turn_are_timed() {
        tally.begin(new Pace(5, System.nanoTime(), 1_000));
        Tail tail = new Tail(tally, true);

        tail.onNext(message(SubscribeAllResponse.newBuilder().setConfirmed(Confirmed.getDefaultInstance())));
        tail.onNext(message(SubscribeAllResponse.newBuilder()
                .setBatch(EventBatch.newBuilder()
                        .addEvents(event(4))
                        .addEvents(event(5))
                        .addEvents(event(6)))));
        tail.onNext(message(SubscribeAllResponse.newBuilder().setCaughtUp(CaughtUp.getDefaultInstance())));

        assertThat(tally.confirmed().getCount()).isZero();
        assertThat(tally.received()).isEqualTo(3);
        assertThat(tally.lags().count()).isEqualTo(2);
    }

    @Test
    void who_does_not_look_counts_only() {
        tally.begin(new Pace(0, System.nanoTime(), 1_000));

        new Tail(tally, false)
                .onNext(message(SubscribeAllResponse.newBuilder()
                        .setBatch(EventBatch.newBuilder().addEvents(event(1)))));

        assertThat(tally.received()).isEqualTo(1);
        assertThat(tally.lags().count()).isZero();
    }

    private static byte[] message(SubscribeAllResponse.Builder message) {
        return message.setPosition(9).build().toByteArray();
    }

    private static RecordedEvent event(long number) {
        return RecordedEvent.newBuilder()
                .setEventId("01934d1c-7a5e-7000-8000-" + String.format("%012x", number))
                .setAction("approve")
                .build();
    }
}
