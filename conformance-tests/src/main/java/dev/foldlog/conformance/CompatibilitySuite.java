package dev.foldlog.conformance;

import static dev.foldlog.conformance.wire.Events.event;
import static dev.foldlog.conformance.wire.Events.everyField;
import static dev.foldlog.conformance.wire.Events.recorded;
import static dev.foldlog.conformance.wire.Requests.append;
import static dev.foldlog.conformance.wire.Requests.commit;
import static dev.foldlog.conformance.wire.Requests.exists;
import static dev.foldlog.conformance.wire.Requests.readAll;
import static dev.foldlog.conformance.wire.Requests.readSince;
import static dev.foldlog.conformance.wire.Requests.readStream;
import static dev.foldlog.conformance.wire.Requests.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.foldlog.conformance.wire.Subscription;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.EventFilter;
import dev.foldlog.v1.GetCheckpointRequest;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.GetPartitionRequest;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.SubscribeAllResponse.KindCase;
import org.junit.jupiter.api.Test;

/** Requests of newer clients: fields that the server does not know change nothing. */
public abstract class CompatibilitySuite extends ConformanceSuite {
    private static final UnknownFieldSet UNKNOWN = UnknownFieldSet.newBuilder()
            .addField(1900, Field.newBuilder().addVarint(7).build())
            .addField(
                    1901,
                    Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("new"))
                            .build())
            .build();

    protected CompatibilitySuite(ConformanceFixture.Factory fixtures) {
        super(fixtures);
    }

    @Test
    void an_append_is_stored_as_if_it_had_none() {
        AppendRequest known = append(everyField(), event("a")).build();
        AppendRequest request = known.toBuilder()
                .setEvents(0, known.getEvents(0).toBuilder().setUnknownFields(UNKNOWN))
                .addPreconditions(exists("none", false).toBuilder().setUnknownFields(UNKNOWN))
                .setUnknownFields(UNKNOWN)
                .build();
        AppendResponse response = client().append(request);

        assertThat(client().everything()).isEqualTo(recorded(known, response));
        assertThat(client().event(known.getEvents(0).getEventId()))
                .isEqualTo(recorded(known, response).getFirst());
    }

    @Test
    void reads_answer_as_if_they_had_none() {
        client().append(event("a"), event("b"));
        EventFilter filter = EventFilter.newBuilder().setUnknownFields(UNKNOWN).build();
        ReadOptions options = ReadOptions.newBuilder().setUnknownFields(UNKNOWN).build();
        Timestamp epoch = Timestamp.getDefaultInstance();

        assertThat(client().events(
                                readAll().setFilter(filter).setOptions(options).setUnknownFields(UNKNOWN)))
                .hasSize(2)
                .isEqualTo(client().everything());
        assertThat(client().events(readStream("a")
                        .setFilter(filter)
                        .setOptions(options)
                        .setUnknownFields(UNKNOWN)))
                .hasSize(1)
                .isEqualTo(client().events(readStream("a")));
        assertThat(client().events(readSince("a", epoch)
                        .setFilter(filter)
                        .setOptions(options)
                        .setUnknownFields(UNKNOWN)))
                .hasSize(1)
                .isEqualTo(client().events(readStream("a")));
    }

    @Test
    void a_subscription_delivers_as_if_it_had_none() {
        client().append(event("a"), event("b"));

        try (Subscription subscription = client().subscribe(subscribe()
                .setFilter(EventFilter.newBuilder().setUnknownFields(UNKNOWN))
                .setUnknownFields(UNKNOWN))) {
            assertThat(subscription.eventsUntil(KindCase.CAUGHT_UP)).hasSize(2).isEqualTo(client().everything());
        }
    }

    @Test
    void look_ups_answer_as_if_they_had_none() {
        String id = client().append(event("a")).getEvents(0).getEventId();

        assertThat(client().store()
                        .getEvent(GetEventRequest.newBuilder()
                                .setEventId(id)
                                .setUnknownFields(UNKNOWN)
                                .build())
                        .getEvent())
                .isEqualTo(client().event(id));
        assertThat(client().store()
                        .getPartition(GetPartitionRequest.newBuilder()
                                .setPartitionKey("a")
                                .setUnknownFields(UNKNOWN)
                                .build())
                        .getPartition()
                        .getLastSequence())
                .isEqualTo(1);
        assertThat(client().store()
                        .listPartitions(ListPartitionsRequest.newBuilder()
                                .setUnknownFields(UNKNOWN)
                                .build())
                        .getPartitionsCount())
                .isEqualTo(1);
        assertThat(client().store()
                        .getStoreInfo(GetStoreInfoRequest.newBuilder()
                                .setUnknownFields(UNKNOWN)
                                .build())
                        .getHeadPosition())
                .isEqualTo(client().head())
                .isPositive();
    }

    @Test
    @Needs(Capability.CHECKPOINTS)
    void checkpoints_move_as_if_they_had_none() {
        long head = client().append(event("a")).getPosition();
        assertThat(head).isPositive();

        assertThat(client().commit(commit("worker", head).setUnknownFields(UNKNOWN))
                        .getPosition())
                .isEqualTo(head);
        assertThat(client().checkpoints()
                        .getCheckpoint(GetCheckpointRequest.newBuilder()
                                .setName("worker")
                                .setUnknownFields(UNKNOWN)
                                .build())
                        .getCheckpoint())
                .isEqualTo(client().checkpoint("worker"));
    }
}
