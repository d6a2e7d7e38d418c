package dev.foldlog.server.grpc.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.rpc.RequestInfo;
import com.google.rpc.RetryInfo;
import dev.foldlog.core.append.AppendOutcome;
import dev.foldlog.core.event.Position;
import dev.foldlog.core.store.CorruptionException;
import dev.foldlog.core.store.ErrorCode;
import dev.foldlog.core.store.StoreException;
import dev.foldlog.server.grpc.error.Answers;
import dev.foldlog.v1.AppendRequest;
import dev.foldlog.v1.AppendResponse;
import dev.foldlog.v1.CommitCheckpointRequest;
import dev.foldlog.v1.DeleteCheckpointRequest;
import dev.foldlog.v1.GetCheckpointRequest;
import dev.foldlog.v1.GetEventRequest;
import dev.foldlog.v1.GetPartitionRequest;
import dev.foldlog.v1.GetStoreInfoRequest;
import dev.foldlog.v1.ListCheckpointsRequest;
import dev.foldlog.v1.ListPartitionsRequest;
import dev.foldlog.v1.Payload;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to calls while they wait: in the store's queue, for a thread, or no longer. */
@Timeout(60)
final class WaitingCallsTest {
    private static final Executor FULL = task -> {
        throw new RejectedExecutionException("full");
    };
    private static final AppendRequest SMALL = Requests.append(Requests.event("e", "a"));
    private static final AppendRequest LARGE = Requests.append(Requests.event("e", "a").toBuilder()
            .setPayload(Payload.newBuilder().setJson("{\"a\":\"" + "x".repeat(40_000) + "\"}"))
            .build());

    private final HandStore store = new HandStore();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private ServedStore served = ServedStore.with(store, waiting::add, waiting::add);

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void an_append_is_answered_when_the_store_has_answered() throws InterruptedException, ExecutionException {
        ListenableFuture<AppendResponse> call = served.eventsAsync().append(SMALL);
        CompletableFuture<AppendOutcome> future = store.appends.take();
        assertThat(call.isDone()).isFalse();

        future.complete(new AppendOutcome.Valid());

        assertThat(call.get()).isEqualTo(AppendResponse.getDefaultInstance());
    }

    @Test
    void a_cancelled_append_leaves_the_stores_queue() throws InterruptedException {
        ListenableFuture<AppendResponse> call = served.eventsAsync().append(SMALL);
        CompletableFuture<AppendOutcome> future = store.appends.take();

        call.cancel(true);

        await().untilAsserted(() -> assertThat(future.isCancelled()).isTrue());
    }

    @Test
    void an_append_whose_time_is_over_leaves_the_stores_queue() throws InterruptedException {
        ListenableFuture<AppendResponse> call =
                served.eventsAsync().withDeadlineAfter(Duration.ofMillis(50)).append(SMALL);
        CompletableFuture<AppendOutcome> future = store.appends.take();

        await().untilAsserted(() -> assertThat(future.isCancelled()).isTrue());
        assertThat(Status.fromThrowable(failureOf(call)).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }

    @Test
    void an_append_that_comes_too_late_never_reaches_the_store() {
        Throwable answer = catchThrowable(
                () -> served.events().withDeadlineAfter(-1, TimeUnit.SECONDS).append(SMALL));

        assertThat(Status.fromThrowable(answer).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(store.appends).isEmpty();
    }

    @Test
    void a_large_append_is_checked_on_threads_of_its_own() throws InterruptedException, ExecutionException {
        ListenableFuture<AppendResponse> call = served.eventsAsync().append(LARGE);
        assertThat(store.appends).isEmpty();

        waiting.remove().run();
        store.appends.take().complete(new AppendOutcome.Valid());

        assertThat(call.get()).isEqualTo(AppendResponse.getDefaultInstance());
    }

    @Test
    void large_appends_that_wait_to_be_checked_are_bounded_by_their_bytes() {
        long bytes = 0;
        List<ListenableFuture<AppendResponse>> calls = new ArrayList<>();
        AppendRequest huge = Requests.append(Collections.nCopies(4, LARGE.getEvents(0)).stream()
                .map(it -> it.toBuilder()
                        .setPayload(Payload.newBuilder().setJson("{\"a\":\"" + "x".repeat(1_000_000) + "\"}"))
                        .build())
                .toArray(dev.foldlog.v1.NewEvent[]::new));
        while (bytes + huge.getSerializedSize() <= AppendCalls.LARGE_BYTES_MAX) {
            calls.add(served.eventsAsync().append(huge));
            bytes += huge.getSerializedSize();
        }
        assertThat(waiting).hasSize(calls.size());

        assertThat(Answers.info(failureOf(served.eventsAsync().append(huge))).getReason())
                .isEqualTo("OVERLOADED");

        waiting.remove().run();
        ListenableFuture<AppendResponse> next = served.eventsAsync().append(huge);
        assertThat(next.isDone()).isFalse();
        assertThat(waiting).hasSize(calls.size());
    }

    @Test
    void a_large_append_cancelled_before_it_was_checked_never_reaches_the_store() {
        ListenableFuture<AppendResponse> call = served.eventsAsync().append(LARGE);
        call.cancel(true);

        waiting.remove().run();

        assertThat(store.appends).isEmpty();
    }

    @Test
    void a_large_append_cancelled_after_it_was_checked_leaves_the_stores_queue() throws InterruptedException {
        ListenableFuture<AppendResponse> call = served.eventsAsync().append(LARGE);
        waiting.remove().run();
        CompletableFuture<AppendOutcome> future = store.appends.take();

        call.cancel(true);

        await().untilAsserted(() -> assertThat(future.isCancelled()).isTrue());
    }

    @Test
    void a_malformed_large_append_is_refused_there() {
        ListenableFuture<AppendResponse> call =
                served.eventsAsync().append(LARGE.toBuilder().setRequestId("x").build());
        waiting.remove().run();

        Throwable answer = failureOf(call);
        assertThat(Answers.info(answer).getReason()).isEqualTo("INVALID_FIELD");
        assertThat(store.appends).isEmpty();
    }

    @Test
    void full_threads_turn_calls_away_with_a_time_to_come_back() {
        served.close();
        served = ServedStore.with(store, FULL, FULL);
        List<ThrowingCallable> calls = List.of(
                () -> served.events().append(LARGE),
                () -> served.events().getEvent(GetEventRequest.getDefaultInstance()),
                () -> served.events().getPartition(GetPartitionRequest.getDefaultInstance()),
                () -> served.events().listPartitions(ListPartitionsRequest.getDefaultInstance()),
                () -> served.checkpoints().getCheckpoint(GetCheckpointRequest.getDefaultInstance()),
                () -> served.checkpoints().listCheckpoints(ListCheckpointsRequest.getDefaultInstance()));

        assertThat(calls).allSatisfy(call -> {
            Throwable answer = catchThrowable(call);
            assertThat(Answers.info(answer).getReason()).isEqualTo("OVERLOADED");
            assertThat(Answers.detail(answer, RetryInfo.class).hasRetryDelay()).isTrue();
        });
    }

    @Test
    void full_threads_hold_no_small_append_up() throws InterruptedException, ExecutionException {
        served.close();
        served = ServedStore.with(store, FULL, FULL);
        ListenableFuture<AppendResponse> call = served.eventsAsync().append(SMALL);

        store.appends.take().complete(new AppendOutcome.Valid());

        assertThat(call.get()).isEqualTo(AppendResponse.getDefaultInstance());
        assertThat(served.events()
                        .getStoreInfo(GetStoreInfoRequest.getDefaultInstance())
                        .getHeadPosition())
                .isEqualTo(7);
    }

    @Test
    void a_full_queue_of_the_store_is_said_at_once() {
        store.failure = new StoreException(ErrorCode.OVERLOADED, "queue of the store");

        assertThat(Answers.info(catchThrowable(() -> served.events().append(SMALL)))
                        .getReason())
                .isEqualTo("OVERLOADED");
    }

    @Test
    void a_failure_during_the_commit_is_an_unknown_outcome_for_every_change() throws InterruptedException {
        ListenableFuture<?> append = served.eventsAsync().append(SMALL);
        ListenableFuture<?> move = served.checkpointsAsync()
                .commitCheckpoint(
                        CommitCheckpointRequest.newBuilder().setName("c").build());
        ListenableFuture<?> delete = served.checkpointsAsync()
                .deleteCheckpoint(
                        DeleteCheckpointRequest.newBuilder().setName("c").build());
        StoreException failure = new StoreException(ErrorCode.OUTCOME_UNKNOWN, "disk of /dev/sda");
        store.appends.take().completeExceptionally(failure);
        store.moves.take().completeExceptionally(failure);
        store.deletions.take().completeExceptionally(failure);

        for (ListenableFuture<?> call : List.of(append, move, delete)) {
            Throwable answer = failureOf(call);
            assertThat(Answers.info(answer).getReason()).isEqualTo("OUTCOME_UNKNOWN");
            assertThat(answer).hasMessageNotContaining("/dev/sda");
        }
    }

    @Test
    void every_read_says_what_the_store_could_not() {
        served.close();
        served = ServedStore.over(store);
        List<ThrowingCallable> reads = List.of(
                () -> served.events()
                        .getEvent(GetEventRequest.newBuilder().setEventId("e").build()),
                () -> served.events()
                        .getPartition(GetPartitionRequest.newBuilder()
                                .setPartitionKey("p")
                                .build()),
                () -> served.events().listPartitions(ListPartitionsRequest.getDefaultInstance()),
                () -> served.checkpoints()
                        .getCheckpoint(
                                GetCheckpointRequest.newBuilder().setName("c").build()),
                () -> served.checkpoints().listCheckpoints(ListCheckpointsRequest.getDefaultInstance()));

        assertThat(reads).allSatisfy(read -> {
            store.failure = new CorruptionException(new Position(5), "at offset 7 of /data");
            Throwable damaged = catchThrowable(read);
            store.failure = new IllegalStateException("SELECT");
            Throwable defect = catchThrowable(read);

            assertThat(Answers.info(damaged).getReason()).isEqualTo("EVENT_UNREADABLE");
            assertThat(Answers.info(damaged).getMetadataMap()).containsEntry("position", "5");
            assertThat(Answers.detail(defect, RequestInfo.class).getRequestId()).isNotEmpty();
            assertThat(defect).hasMessageNotContaining("SELECT");
        });
    }

    @Test
    void a_store_that_serves_no_more_says_so() {
        store.isServing = false;

        assertThat(Answers.info(catchThrowable(
                                () -> served.events().getStoreInfo(GetStoreInfoRequest.getDefaultInstance())))
                        .getReason())
                .isEqualTo("NOT_READY");
    }

    @Test
    void a_read_cancelled_while_it_waits_is_not_done() {
        ListenableFuture<?> call = served.eventsAsync()
                .getEvent(GetEventRequest.newBuilder().setEventId("e").build());
        call.cancel(true);

        waiting.remove().run();

        assertThat(store.reads).hasValue(0);
    }

    private static Throwable failureOf(ListenableFuture<?> call) {
        return requireNonNull(requireNonNull(catchThrowable(call::get)).getCause());
    }
}
