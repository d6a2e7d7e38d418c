package dev.foldlog.server.grpc.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.foldlog.core.store.EventStore;
import dev.foldlog.server.Limits;
import dev.foldlog.server.ServerVersion;
import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.server.grpc.error.Answers;
import dev.foldlog.store.sqlite.SqliteEventStore;
import dev.foldlog.store.sqlite.SqliteSettings;
import dev.foldlog.v1.AppendedEvent;
import dev.foldlog.v1.Durability;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.GetPartitionRequest;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.ListPartitionsResponse;
import dev.foldlog.v1.Partition;
import dev.foldlog.v1.PayloadForm;
import dev.foldlog.v1.ReadOptions;
import dev.foldlog.v1.RecordedEvent;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LookUpsOnSqliteTest {
    @TempDir
    private Path folder;

    private ServedStore served;

    @BeforeEach
    void open() {
        EventStore store = SqliteEventStore.open(
                SqliteSettings.of(folder), new ProtoEventCodec(), InstantSource.fixed(ServedStore.NOW));
        served = ServedStore.over(store);
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void an_event_comes_back_as_it_was_appended() {
        AppendedEvent appended = served.events()
                .append(Requests.append(Requests.event("e1", "a").toBuilder()
                        .putMetadata("k", "v")
                        .addTags("t")
                        .build()))
                .getEvents(0);

        RecordedEvent event =
                event(GetEventRequest.newBuilder().setEventId("e1").build());

        assertThat(event.getEventId()).isEqualTo("e1");
        assertThat(event.getPayload().getJson()).isEqualTo("{\"score\":1}");
        assertThat(event.getMetadataMap()).containsEntry("k", "v");
        assertThat(event.getTagsList()).containsExactly("t");
        assertThat(event.getPosition()).isEqualTo(appended.getPosition());
        assertThat(event.getTransactionPosition()).isEqualTo(appended.getPosition());
        assertThat(event.getSequence()).isEqualTo(1);
        assertThat(event.getPartitionKey()).isEqualTo("a");
        assertThat(event.getRecordedAt()).isEqualTo(appended.getRecordedAt());
        assertThat(event.getTimestamp()).isEqualTo(appended.getRecordedAt());
    }

    @Test
    void an_event_comes_in_the_form_asked_for() {
        served.events().append(Requests.append(Requests.event("e1", "a")));

        RecordedEvent struct = event(GetEventRequest.newBuilder()
                .setEventId("e1")
                .setOptions(ReadOptions.newBuilder().setPayloadForm(PayloadForm.PAYLOAD_FORM_STRUCT))
                .build());
        RecordedEvent headers = event(GetEventRequest.newBuilder()
                .setEventId("e1")
                .setOptions(ReadOptions.newBuilder().setHeadersOnly(true))
                .build());

        assertThat(struct.getPayload().getJsonObject().getFieldsOrThrow("score").getNumberValue())
                .isEqualTo(1);
        assertThat(headers.hasPayload()).isFalse();
        assertThat(headers.getAction()).isEqualTo("approve");
    }

    private RecordedEvent event(GetEventRequest request) {
        return served.events().getEvent(request).getEvent();
    }

    @Test
    void an_unknown_event_is_not_found_and_a_malformed_request_says_why() {
        Throwable unknown = catchThrowable(
                () -> event(GetEventRequest.newBuilder().setEventId("nobody").build()));
        Throwable missing = catchThrowable(() -> event(GetEventRequest.getDefaultInstance()));
        Throwable form = catchThrowable(() -> event(GetEventRequest.newBuilder()
                .setEventId("e")
                .setOptions(ReadOptions.newBuilder().setPayloadFormValue(77))
                .build()));

        assertThat(Status.fromThrowable(unknown).getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(Answers.info(unknown).getReason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(Answers.info(missing).getReason()).isEqualTo("INVALID_FIELD");
        assertThat(missing).hasMessageContaining("event_id");
        assertThat(form).hasMessageContaining("options.payload_form").hasMessageContaining("77");
    }

    @Test
    void a_partition_says_its_head_and_bounds_and_an_unknown_one_zero() {
        served.events().append(Requests.append(Requests.event("e1", "a"), Requests.event("e2", "a")));

        assertThat(partition("a"))
                .isEqualTo(Partition.newBuilder()
                        .setPartitionKey("a")
                        .setFirstSequence(1)
                        .setLastSequence(2)
                        .setLastPosition(2)
                        .setLastRecordedAt(event(GetEventRequest.newBuilder()
                                        .setEventId("e2")
                                        .build())
                                .getRecordedAt())
                        .build());
        assertThat(partition("b"))
                .isEqualTo(Partition.newBuilder().setPartitionKey("b").build());
        assertThat(Answers.info(catchThrowable(() -> partition(""))).getReason())
                .isEqualTo("INVALID_FIELD");
        assertThat(Answers.info(catchThrowable(() -> partition("x".repeat(513))))
                        .getReason())
                .isEqualTo("LIMIT_EXCEEDED");
    }

    private Partition partition(String key) {
        return served.events()
                .getPartition(
                        GetPartitionRequest.newBuilder().setPartitionKey(key).build())
                .getPartition();
    }

    @Test
    void partitions_come_a_page_at_a_time_in_the_order_of_their_bytes() {
        Set<String> keys = new TreeSet<>(Set.of("a", "b", "ba", "b%", "b_", "bz", "c"));
        keys.forEach(it -> served.events().append(Requests.append(Requests.event("e" + it, it))));

        assertThat(listed("", 100)).containsExactlyElementsOf(keys);
        assertThat(listed("b", 1)).containsExactly("b", "b%", "b_", "ba", "bz");
        assertThat(listed("b", 2)).containsExactly("b", "b%", "b_", "ba", "bz");
        assertThat(listed("b", 5)).containsExactly("b", "b%", "b_", "ba", "bz");
        assertThat(listed("b%", 5)).containsExactly("b%");
        assertThat(listed("nobody", 5)).isEmpty();
    }

    private List<String> listed(String prefix, int pageSize) {
        List<String> keys = new ArrayList<>();
        ListPartitionsRequest.Builder request =
                ListPartitionsRequest.newBuilder().setPrefix(prefix).setPageSize(pageSize);
        do {
            ListPartitionsResponse page = served.events().listPartitions(request.build());
            assertThat(page.getPartitionsCount()).isLessThanOrEqualTo(pageSize);
            page.getPartitionsList().forEach(it -> keys.add(it.getPartitionKey()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return keys;
    }

    @Test
    void refuses_a_listing_with_a_token_of_another_and_an_impossible_size() {
        served.events().append(Requests.append(Requests.event("e1", "a1"), Requests.event("e2", "a2")));
        String token = served.events()
                .listPartitions(ListPartitionsRequest.newBuilder()
                        .setPrefix("a")
                        .setPageSize(1)
                        .build())
                .getNextPageToken();

        Throwable foreign = catchThrowable(() -> served.events()
                .listPartitions(
                        ListPartitionsRequest.newBuilder().setPageToken(token).build()));
        Throwable size = catchThrowable(() -> served.events()
                .listPartitions(
                        ListPartitionsRequest.newBuilder().setPageSize(-1).build()));

        assertThat(token).isNotEmpty();
        assertThat(Answers.info(foreign).getReason()).isEqualTo("INVALID_FIELD");
        assertThat(foreign).hasMessageContaining("page_token");
        assertThat(size).hasMessageContaining("page_size");
    }

    @Test
    void says_what_the_store_is_and_can() {
        served.events().append(Requests.append(Requests.event("e1", "a")));

        GetStoreInfoResponse info = served.events().getStoreInfo(GetStoreInfoRequest.getDefaultInstance());

        assertThat(info.getStoreId()).isEqualTo(served.store().storeId().toString());
        assertThat(info.getHeadPosition()).isEqualTo(1);
        assertThat(info.getServerVersion()).isEqualTo(ServerVersion.TEXT).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(info.getFeaturesList())
                .containsExactlyInAnyOrder(
                        "append.checkpoints",
                        "append.no_events_matching",
                        "filter.expression",
                        "payload.data",
                        "foldlog.v1.Checkpoints",
                        "foldlog.v1.ProjectionEngine");
        assertThat(info.getDurability()).isEqualTo(Durability.DURABILITY_DISK);
        assertThat(info.getStoreKind()).isEqualTo("sqlite");
        assertThat(info.getServerTime().getSeconds()).isEqualTo(ServedStore.NOW.getEpochSecond());
        Limits limits = Limits.standard();
        assertThat(info.getLimits().getMaxPayloadBytes()).isEqualTo(limits.payloadBytesMax());
        assertThat(info.getLimits().getMaxAppendBytes()).isEqualTo(limits.appendBytesMax());
        assertThat(info.getLimits().getMaxAppendEvents()).isEqualTo(limits.appendEventsMax());
        assertThat(info.getLimits().getMaxBatchEvents()).isEqualTo(limits.batchEventsMax());
        assertThat(info.getLimits().getMaxBatchBytes()).isEqualTo(limits.batchBytesMax());
        assertThat(info.getLimits().getMaxSubscriptions()).isEqualTo(limits.subscriptionsMax());
    }
}
