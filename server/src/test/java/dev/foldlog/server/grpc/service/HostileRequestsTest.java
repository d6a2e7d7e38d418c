package dev.foldlog.server.grpc.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.event.RecordedEvent;
import dev.foldlog.core.read.Direction;
import dev.foldlog.core.read.EventCursor;
import dev.foldlog.core.read.EventFilter;
import dev.foldlog.core.read.EventPage;
import dev.foldlog.core.read.LogRead;
import dev.foldlog.core.read.PageLimit;
import dev.foldlog.core.store.Durability;
import dev.foldlog.server.grpc.codec.JsonText;
import dev.foldlog.server.grpc.codec.JsonVerdict;
import dev.foldlog.server.grpc.codec.ProtoEventCodec;
import dev.foldlog.server.grpc.error.Answers;
import dev.foldlog.store.sqlite.SqliteEventStore;
import dev.foldlog.store.sqlite.SqliteSettings;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.CheckpointUpdate;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.DeleteCheckpointRequest;
import dev.foldlog.v1.GetCheckpointRequest;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.GetPartitionRequest;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.NoEventsMatching;
import dev.foldlog.v1.Payload;
import dev.foldlog.v1.Precondition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent: it is stored soundly, or refused with a reason; never a defect, never a large answer. */
final class HostileRequestsTest {
    private static final int ROUNDS = 3_000;
    private static final int MESSAGE_CHARS_MAX = 300;

    private final Map<Status.Code, Integer> answers = new EnumMap<>(Status.Code.class);

    @TempDir
    private Path folder;

    private ServedStore served;

    @BeforeEach
    void open() {
        SqliteSettings settings =
                new SqliteSettings(folder, Durability.PROCESS, 1_000, 64L << 20, 2, Duration.ofSeconds(10));
        served = ServedStore.over(
                SqliteEventStore.open(settings, new ProtoEventCodec(), InstantSource.fixed(ServedStore.NOW)));
    }

    @AfterEach
    void close() {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void an_append_is_sound_or_refused(long seed) {
        Random random = new Random(seed);
        HostileMessages hostile = new HostileMessages(random);
        for (int i = 0; i < ROUNDS; i++) {
            AppendRequest request = request(i);
            Message spoilt = random.nextBoolean() ? hostile.spoilt(request) : hostile.rewritten(request);
            call(spoilt, () -> served.events().append((AppendRequest) spoilt));
        }

        assertThat(answers).containsKeys(Status.Code.OK, Status.Code.INVALID_ARGUMENT, Status.Code.ABORTED);
        assertThat(allStored()).isNotEmpty().allSatisfy(HostileRequestsTest::isSound);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void a_look_up_is_answered_or_refused(long seed) {
        served.events().append(request(0));
        HostileMessages hostile = new HostileMessages(new Random(seed));
        for (int i = 0; i < ROUNDS; i++) {
            Message event =
                    hostile.spoilt(GetEventRequest.newBuilder().setEventId("e0").build());
            Message partition = hostile.spoilt(
                    GetPartitionRequest.newBuilder().setPartitionKey("a0").build());
            Message partitions = hostile.spoilt(
                    ListPartitionsRequest.newBuilder().setPrefix("a").build());
            call(event, () -> served.events().getEvent((GetEventRequest) event));
            call(partition, () -> served.events().getPartition((GetPartitionRequest) partition));
            call(partitions, () -> served.events().listPartitions((ListPartitionsRequest) partitions));
        }

        assertThat(answers).containsKeys(Status.Code.OK, Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void a_checkpoint_is_answered_or_refused(long seed) {
        served.events().append(request(0));
        HostileMessages hostile = new HostileMessages(new Random(seed));
        for (int i = 0; i < ROUNDS / 4; i++) {
            Message commit = hostile.spoilt(CommitCheckpointRequest.newBuilder()
                    .setName("c")
                    .setPosition(1)
                    .build());
            Message get = hostile.spoilt(
                    GetCheckpointRequest.newBuilder().setName("c").build());
            Message list = hostile.spoilt(
                    ListCheckpointsRequest.newBuilder().setPageSize(10).build());
            Message delete = hostile.spoilt(
                    DeleteCheckpointRequest.newBuilder().setName("c").build());
            call(commit, () -> served.checkpoints().commitCheckpoint((CommitCheckpointRequest) commit));
            call(get, () -> served.checkpoints().getCheckpoint((GetCheckpointRequest) get));
            call(list, () -> served.checkpoints().listCheckpoints((ListCheckpointsRequest) list));
            call(delete, () -> served.checkpoints().deleteCheckpoint((DeleteCheckpointRequest) delete));
        }

        assertThat(answers)
                .containsKeys(
                        Status.Code.OK, Status.Code.INVALID_ARGUMENT, Status.Code.NOT_FOUND, Status.Code.OUT_OF_RANGE);
    }

    private void call(Message request, Runnable call) {
        Status.Code code = Status.Code.OK;
        try {
            call.run();
        } catch (StatusRuntimeException answer) {
            code = answer.getStatus().getCode();
            assertThat(code)
                    .as("%s", request)
                    .isNotIn(Status.Code.INTERNAL, Status.Code.UNKNOWN, Status.Code.DATA_LOSS);
            assertThat(Answers.info(answer).getDomain()).isEqualTo("foldlog.dev");
            assertThat(Answers.details(answer).getSerializedSize()).isLessThanOrEqualTo(4_096);
            assertThat(String.valueOf(answer.getStatus().getDescription()))
                    .hasSizeLessThan(MESSAGE_CHARS_MAX)
                    .doesNotContain("dev.foldlog", "SQL", folder.toString());
        }
        answers.merge(code, 1, Integer::sum);
    }

    /** A request with everything in it; its conditions hold for a store in which nobody reused its names. */
    private static AppendRequest request(int i) {
        AppendRequest.Builder request = AppendRequest.newBuilder()
                .addEvents(Requests.event("e" + i, "a" + i).toBuilder()
                        .setThreadId("t")
                        .setPartitionKey("a" + i)
                        .setTimestamp(Timestamp.newBuilder().setSeconds(1_700_000_000))
                        .putMetadata("k", "v")
                        .addTags("user:u" + i))
                .addEvents(Requests.event("", "b" + i).toBuilder()
                        .setPayload(Payload.newBuilder()
                                .setJsonObject(Struct.newBuilder()
                                        .putFields(
                                                "n",
                                                Value.newBuilder()
                                                        .setNumberValue(i)
                                                        .build()))))
                .addEvents(NewEvent.newBuilder(Requests.event("", "c" + i))
                        .setPayload(Payload.newBuilder()
                                .setData(ByteString.copyFromUtf8("data"))
                                .setContentType("text/plain")))
                .addPreconditions(Requests.at("a" + i, 0))
                .addPreconditions(Precondition.newBuilder()
                        .setNoEventsMatching(NoEventsMatching.newBuilder()
                                .setFilter(
                                        dev.foldlog.v1.EventFilter.newBuilder().addTags("user:u" + i))));
        return request.addCheckpoints(CheckpointUpdate.newBuilder().setName("w" + i))
                .build();
    }

    private List<RecordedEvent> allStored() {
        List<RecordedEvent> all = new ArrayList<>();
        EventCursor cursor = served.store()
                .readAll(new LogRead(
                        EventFilter.ALL,
                        Direction.FORWARD,
                        Position.NONE,
                        served.store().head()));
        EventPage page;
        do {
            page = cursor.next(new PageLimit(1_000, 1 << 20, true));
            all.addAll(page.events());
        } while (!page.isLast());
        return all;
    }

    private static void isSound(RecordedEvent event) {
        ProtoEventCodec codec = new ProtoEventCodec();
        byte[] payload = java.util.Objects.requireNonNull(event.payload());
        assertThat(codec.open(event.envelope()).facts().action()).matches("[A-Za-z0-9_.:-]{1,128}");
        boolean isSoundPayload = switch (codec.payloadForm(payload)) {
            case JSON -> JsonText.judge(new String(payload, StandardCharsets.UTF_8)) instanceof JsonVerdict.Sound;
            case OPAQUE -> payload.length <= (1 << 20) + 300;
        };
        assertThat(isSoundPayload)
                .as(() -> new String(payload, StandardCharsets.UTF_8))
                .isTrue();
    }
}
