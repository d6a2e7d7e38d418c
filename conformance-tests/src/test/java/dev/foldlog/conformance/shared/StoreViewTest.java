package dev.foldlog.conformance.shared;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.foldlog.conformance.wire.Events;
import dev.foldlog.conformance.wire.Requests;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.RecordedEvent;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class StoreViewTest {
    private static final StoreView VIEW = new StoreView(100, "p-");

    @Test
    void positions_count_from_the_origin_and_back() {
        assertThat(LongStream.of(0, 1, 7, -3).map(VIEW::wirePosition).boxed()).containsExactly(0L, 101L, 107L, -3L);
        assertThat(LongStream.of(0, 101, 107, -3).map(VIEW::seenPosition).boxed())
                .containsExactly(0L, 1L, 7L, -3L);
        assertThat(LongStream.of(1, 99, 100).map(VIEW::seenPosition).boxed()).containsOnly(0L);
        assertThat(VIEW.wirePosition(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void names_carry_the_prefix_on_the_wire_only() {
        AppendRequest seen = Requests.append(Events.event("a").setPartitionKey("b"), Events.event(""))
                .addPreconditions(Requests.sequence("c", 4))
                .addPreconditions(Requests.noEventsMatching(
                        EventFilter.newBuilder()
                                .addPartitionKeys("d")
                                .addAnyOf(EventFilter.newBuilder().addArtifactIds("e")),
                        7))
                .addCheckpoints(Requests.moves("f", 8).setExpectedPosition(0))
                .build();

        AppendRequest wire = VIEW.toWire(seen);

        assertThat(wire)
                .isEqualTo(Requests.append(Events.event("p-a").setPartitionKey("p-b"), Events.event(""))
                        .addPreconditions(Requests.sequence("p-c", 4))
                        .addPreconditions(Requests.noEventsMatching(
                                EventFilter.newBuilder()
                                        .addPartitionKeys("p-d")
                                        .addAnyOf(EventFilter.newBuilder().addArtifactIds("p-e")),
                                107))
                        .addCheckpoints(Requests.moves("p-f", 108).setExpectedPosition(0))
                        .build());
        assertThat(VIEW.toSeen(wire)).isEqualTo(seen);
    }

    @Test
    void what_a_test_puts_into_an_event_is_left_alone() {
        NewEvent event = Events.everyField()
                .putMetadata("partition_key", "m")
                .setPayload(Payload.newBuilder().setJson("{\"position\":3}"))
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(1900, Field.newBuilder().addVarint(7).build())
                        .build())
                .build();

        NewEvent wire = VIEW.toWire(event);

        assertThat(wire.toBuilder()
                        .setArtifactId(event.getArtifactId())
                        .setPartitionKey(event.getPartitionKey())
                        .build())
                .isEqualTo(event);
        assertThat(wire.getArtifactId()).isEqualTo("p-" + event.getArtifactId());
    }

    @Test
    void a_name_that_is_not_of_the_view_is_seen_as_it_is() {
        RecordedEvent foreign = RecordedEvent.newBuilder()
                .setPartitionKey("q-a")
                .setPosition(103)
                .build();

        assertThat(VIEW.toSeen(foreign).getPartitionKey()).isEqualTo("q-a");
        assertThat(VIEW.toSeen(foreign).getPosition()).isEqualTo(3);
        assertThat(VIEW.isOwn("q-a")).isFalse();
    }

    @Test
    void two_views_of_one_head_have_different_names() {
        assertThat(StoreView.after(5).prefix()).isNotEqualTo(StoreView.after(5).prefix());
    }
}
