package dev.foldlog.conformance.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.foldlog.conformance.wire.Requests;
import dev.foldlog.v1.EventBatch;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import dev.foldlog.v1.RecordedEvent;
import dev.foldlog.v1.SubscribeAllRequest;
import dev.foldlog.v1.SubscribeAllResponse;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class CallViewTest {
    private final CallView call = new CallView(new StoreView(100, "p-"));

    @Test
    void what_begins_at_the_beginning_begins_at_the_origin() {
        assertThat(call.request(Requests.readAll().build()))
                .isEqualTo(Requests.readAll().setAfterPosition(100).build());
        assertThat(call.request(Requests.readAll().setAfterPosition(5).build()))
                .isEqualTo(Requests.readAll().setAfterPosition(105).build());
        for (SubscribeAllRequest.Builder request : new SubscribeAllRequest.Builder[] {
            Requests.subscribe(),
            Requests.subscribe().setAfterPosition(0),
            Requests.subscribe().setLiveOnly(false)
        }) {
            assertThat(call.request(request.build()))
                    .isEqualTo(Requests.subscribe().setAfterPosition(100).build());
        }
        assertThat(call.request(Requests.subscribe().setLiveOnly(true).build()))
                .isEqualTo(Requests.subscribe().setLiveOnly(true).build());
        assertThat(call.request(ListPartitionsRequest.getDefaultInstance()))
                .isEqualTo(ListPartitionsRequest.newBuilder().setPrefix("p-").build());
    }

    @Test
    void a_read_forward_shows_also_what_it_should_not_contain() {
        call.request(Requests.readAll().build());

        assertThat(call.answer(read(120, 99, 101))).contains(read(20, 0, 1));
        assertThat(call.isOver()).isFalse();
    }

    @Test
    void a_read_backward_ends_where_the_view_begins() {
        ReadAllRequest request = Requests.readAllBackward().build();
        assertThat(call.request(request)).isEqualTo(request);

        assertThat(call.answer(read(103, 104, 103))).contains(read(3, 4, 3));
        assertThat(call.isOver()).isFalse();
        assertThat(call.answer(read(98, 101, 100, 99, 98))).contains(read(1, 1));
        assertThat(call.isOver()).isTrue();
    }

    @Test
    void a_read_backward_has_one_message_at_least() {
        call.request(Requests.readAllBackward().build());

        ReadAllResponse old = ReadAllResponse.newBuilder()
                .setAsOfPosition(100)
                .addEvents(event(100))
                .setScannedPosition(100)
                .build();
        assertThat(call.answer(old)).contains(ReadAllResponse.getDefaultInstance());
        assertThat(call.isOver()).isTrue();
    }

    @Test
    void a_read_backward_does_not_end_with_a_message_of_old_events_alone() {
        call.request(Requests.readAllBackward().build());
        call.answer(read(101, 102, 101));

        assertThat(call.answer(read(99, 100, 99))).isEmpty();
        assertThat(call.isOver()).isTrue();
    }

    @Test
    void a_subscription_from_a_time_does_not_show_what_is_older_than_the_view() {
        call.request(Requests.subscribe()
                .setRecordedSince(Timestamp.getDefaultInstance())
                .build());

        assertThat(call.answer(batch(100, 99, 100))).isEmpty();
        assertThat(call.answer(batch(101, 100, 101))).contains(batch(1, 1));
        assertThat(call.isOver()).isFalse();
    }

    @Test
    void another_subscription_shows_also_what_it_should_not_contain() {
        call.request(Requests.subscribe().build());

        assertThat(call.answer(batch(101, 100, 101))).contains(batch(1, 0, 1));
    }

    private static ReadAllResponse read(long scanned, long... positions) {
        ReadAllResponse.Builder answer =
                ReadAllResponse.newBuilder().setScannedPosition(scanned).setAsOfPosition(scanned > 50 ? 120 : 20);
        LongStream.of(positions).forEach(it -> answer.addEvents(event(it)));
        return answer.build();
    }

    private static SubscribeAllResponse batch(long position, long... positions) {
        EventBatch.Builder events = EventBatch.newBuilder();
        LongStream.of(positions).forEach(it -> events.addEvents(event(it)));
        return SubscribeAllResponse.newBuilder()
                .setPosition(position)
                .setBatch(events)
                .build();
    }

    private static RecordedEvent event(long position) {
        return RecordedEvent.newBuilder().setPosition(position).build();
    }
}
