package dev.foldlog.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.rpc.ErrorInfo;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.EventStoreGrpc;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.GetStoreInfoResponse;
import dev.foldlog.v1.NewEvent;
import dev.foldlog.v1.ReadAllRequest;
import dev.foldlog.v1.ReadAllResponse;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each cue, seen by plain stubs. */
final class ScenarioServerTest {
    private static final long ANSWER_SECONDS_MAX = 60;

    private final ScenarioServer server = ScenarioServer.start(Path.of("..", "scenarios"));
    private final ManagedChannel channel = Grpc.newChannelBuilder(server.address(), InsecureChannelCredentials.create())
            .build();

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void hands_calls_on_and_counts_them() {
        assertThat(append("e1")).isEqualTo(1);
        assertThat(append("e2")).isEqualTo(2);
        assertThat(server.cue("calls Append")).isEqualTo("2");
        assertThat(server.cue("calls GetEvent")).isEqualTo("0");
    }

    @Test
    void a_lost_answer_is_of_an_append_that_took_effect() {
        server.cue("lose-next-answer Append");

        assertThat(failure(() -> append("e1"))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(info().getHeadPosition()).isEqualTo(1);
    }

    @Test
    void a_failed_call_has_the_details_of_its_reason_and_no_effect() throws IOException {
        server.cue("fail-next Append OVERLOADED");
        server.cue("refuse-next Append");

        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> append("e1"))
                .satisfies(it -> assertThat(reason(it)).isEqualTo("OVERLOADED"));
        assertThat(failure(() -> append("e1"))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(info().getHeadPosition()).isZero();
        assertThat(append("e1")).isEqualTo(1);
    }

    @Test
    void a_cut_read_brings_no_more_than_it_may() {
        server.cue("fill 2000 10");
        server.cue("cut-next ReadAll 1");
        Iterator<ReadAllResponse> read = stub().readAll(ReadAllRequest.getDefaultInstance());

        assertThat(failure(() -> {
                    read.next();
                    read.next();
                }))
                .isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(events()).isEqualTo(2_000);
    }

    @Test
    void restart_keeps_the_store_and_reset_does_not() {
        append("e1");
        String store = info().getStoreId();
        server.cue("fail-next GetStoreInfo INTERNAL");

        server.cue("restart");
        assertThat(failure(this::info)).isEqualTo(Status.Code.INTERNAL);
        assertThat(info().getStoreId()).isEqualTo(store);

        server.cue("fail-next GetStoreInfo INTERNAL");
        server.cue("reset");
        assertThat(info().getStoreId()).isNotEqualTo(store);
        assertThat(info().getHeadPosition()).isZero();
    }

    @Test
    void silence_is_for_the_connections_there_are() {
        append("e1");
        server.cue("silence");
        server.cue("hold-next GetStoreInfo");
        ManagedChannel other = Grpc.newChannelBuilder(server.address(), InsecureChannelCredentials.create())
                .build();
        try {
            EventStoreGrpc.EventStoreFutureStub waiting = EventStoreGrpc.newFutureStub(channel);
            var unheard = waiting.getStoreInfo(GetStoreInfoRequest.getDefaultInstance());
            var held = EventStoreGrpc.newFutureStub(other).getStoreInfo(GetStoreInfoRequest.getDefaultInstance());
            EventStoreGrpc.newBlockingStub(other)
                    .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)
                    .withWaitForReady()
                    .readAll(ReadAllRequest.getDefaultInstance())
                    .next();
            held.cancel(true);

            assertThat(server.cue("cancelled")).isEqualTo("1");
            assertThat(server.cue("calls GetStoreInfo")).isEqualTo("1");
            assertThat(unheard.isDone()).isFalse();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void an_answer_can_be_of_a_server_to_come() {
        server.cue("answer-next GetStoreInfo future-store-info");

        assertThat(info().getDurabilityValue()).isEqualTo(99);
        assertThat(info().getServerVersion()).isNotEqualTo("9.9.9");
    }

    @Test
    void what_is_no_cue_is_refused() {
        for (String cue : List.of(
                "",
                "bogus Append",
                "fail-next Append",
                "fail-next Append X",
                "cut-next Append x",
                "answer-next Append nothing",
                "fill 1",
                "passed java",
                "passed Java x.json",
                "passed java x.json")) {
            assertThatIllegalArgumentException().as(cue).isThrownBy(() -> server.cue(cue));
        }
    }

    private EventStoreGrpc.EventStoreBlockingStub stub() {
        return EventStoreGrpc.newBlockingStub(channel)
                .withWaitForReady()
                .withDeadlineAfter(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private long append(String id) {
        NewEvent event = NewEvent.newBuilder()
                .setEventId(id)
                .setAction("approve")
                .setProducer("tests")
                .setArtifactType("answer")
                .setArtifactId("a")
                .build();
        return stub().append(AppendRequest.newBuilder().addEvents(event).build())
                .getPosition();
    }

    private GetStoreInfoResponse info() {
        return stub().getStoreInfo(GetStoreInfoRequest.getDefaultInstance());
    }

    private int events() {
        int events = 0;
        Iterator<ReadAllResponse> read = stub().readAll(ReadAllRequest.getDefaultInstance());
        while (read.hasNext()) {
            events += read.next().getEventsCount();
        }
        return events;
    }

    private static Status.Code failure(Runnable call) {
        try {
            call.run();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static String reason(StatusRuntimeException failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        try {
            return status == null
                    ? ""
                    : status.getDetails(0).unpack(ErrorInfo.class).getReason();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
