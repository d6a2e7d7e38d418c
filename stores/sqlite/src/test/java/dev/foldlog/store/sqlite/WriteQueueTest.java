package dev.foldlog.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.store.sqlite.WriteCommand.AppendEvents;
import dev.foldlog.store.sqlite.WriteCommand.DeleteCheckpoint;
import dev.foldlog.store.sqlite.WriteQueue.Admission;
import dev.foldlog.store.sqlite.WriteQueue.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the queue before the writer lets in, keeps places for, and hands out. */
final class WriteQueueTest {
    private static final Group ALL = new Group(100, 1_000, 1 << 20);

    private final WriteQueue queue = new WriteQueue(3, 1_000);

    @Test
    void commands_are_taken_in_the_order_in_which_they_came() throws InterruptedException {
        List<WriteCommand> commands = List.of(sized(1), sized(2), sized(3));
        commands.forEach(it -> assertThat(queue.offer(it)).isEqualTo(Admission.ACCEPTED));

        assertThat(queue.take(ALL)).containsExactlyElementsOf(commands);
    }

    @Test
    void no_more_commands_get_in_than_there_are_places() throws InterruptedException {
        fill(sized(1), sized(1), sized(1));

        assertThat(queue.offer(sized(1))).isEqualTo(Admission.FULL);
        assertThat(queue.reserve(1)).isEqualTo(Admission.FULL);
        queue.take(new Group(1, 1_000, 1 << 20));
        assertThat(queue.offer(sized(1))).isEqualTo(Admission.ACCEPTED);
        assertThat(queue.offer(sized(1))).isEqualTo(Admission.FULL);
    }

    @Test
    void no_more_bytes_get_in_than_there_is_room_for() throws InterruptedException {
        fill(sized(600));

        assertThat(queue.offer(sized(401))).isEqualTo(Admission.FULL);
        assertThat(queue.reserve(401)).isEqualTo(Admission.FULL);
        assertThat(queue.offer(sized(400))).isEqualTo(Admission.ACCEPTED);
        assertThat(queue.offer(sized(1))).isEqualTo(Admission.FULL);
        queue.take(ALL);
        assertThat(queue.offer(sized(1_000))).isEqualTo(Admission.ACCEPTED);
    }

    @Test
    void a_command_larger_than_the_queue_gets_in_alone() throws InterruptedException {
        fill(sized(5_000));

        assertThat(queue.offer(sized(1))).isEqualTo(Admission.FULL);
        assertThat(queue.take(ALL)).hasSize(1);
        fill(sized(1));
        assertThat(queue.offer(sized(5_000))).isEqualTo(Admission.FULL);
    }

    @Test
    void a_reserved_place_counts_until_it_is_entered_and_taken_or_released() throws InterruptedException {
        assertThat(queue.reserve(400)).isEqualTo(Admission.ACCEPTED);
        assertThat(queue.reserve(400)).isEqualTo(Admission.ACCEPTED);
        assertThat(queue.offer(sized(201))).isEqualTo(Admission.FULL);
        queue.release(400);
        assertThat(queue.offer(sized(201))).isEqualTo(Admission.ACCEPTED);

        assertThat(queue.enter(sized(400))).isTrue();
        assertThat(queue.take(ALL)).extracting(WriteCommand::sizeBytes).containsExactly(201L, 400L);
        assertThat(queue.offer(sized(1_000))).isEqualTo(Admission.ACCEPTED);
    }

    @Test
    void a_group_is_bounded_by_commands_events_and_bytes_but_takes_one_at_least() throws InterruptedException {
        WriteQueue large = new WriteQueue(100, 1 << 20);
        for (int i = 0; i < 6; i++) {
            large.offer(sized(10));
        }

        assertThat(large.take(new Group(2, 100, 1_000))).hasSize(2);
        assertThat(large.take(new Group(100, 1, 1_000))).hasSize(1);
        assertThat(large.take(new Group(100, 100, 20))).hasSize(2);
        assertThat(large.take(new Group(100, 0, 1))).hasSize(1);
    }

    @Test
    void whoever_takes_waits_for_a_command() throws Exception {
        CompletableFuture<List<WriteCommand>> taken = taking();
        WriteCommand command = sized(1);
        queue.offer(command);

        assertThat(taken.get(60, TimeUnit.SECONDS)).containsExactly(command);
    }

    @Test
    void a_closed_queue_lets_nothing_in_and_still_hands_out_what_waits() throws InterruptedException {
        fill(sized(1));
        queue.close();

        assertThat(queue.offer(sized(1))).isEqualTo(Admission.CLOSED);
        assertThat(queue.reserve(1)).isEqualTo(Admission.CLOSED);
        assertThat(queue.take(ALL)).hasSize(1);
        assertThat(queue.take(ALL)).isEmpty();
    }

    @Test
    void a_closed_queue_waits_for_places_that_were_reserved_before() throws Exception {
        queue.reserve(1);
        queue.reserve(1);
        queue.close();
        CompletableFuture<List<WriteCommand>> taken = taking();
        WriteCommand late = sized(1);

        assertThat(queue.enter(late)).isTrue();
        assertThat(taken.get(60, TimeUnit.SECONDS)).containsExactly(late);
        CompletableFuture<List<WriteCommand>> end = taking();
        queue.release(1);
        assertThat(end.get(60, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void an_abandoned_queue_hands_out_what_waits_and_lets_nobody_enter() throws InterruptedException {
        WriteCommand waiting = sized(1);
        fill(waiting);
        queue.reserve(1);

        assertThat(queue.abandon()).containsExactly(waiting);
        assertThat(queue.enter(sized(1))).isFalse();
        assertThat(queue.offer(sized(1))).isEqualTo(Admission.CLOSED);
        assertThat(queue.abandon()).isEmpty();
    }

    @Test
    void what_has_no_events_takes_a_place_too() {
        fill(sized(1), sized(1));

        assertThat(queue.offer(new DeleteCheckpoint("c", new CompletableFuture<>())))
                .isEqualTo(Admission.ACCEPTED);
        assertThat(queue.offer(new DeleteCheckpoint("c", new CompletableFuture<>())))
                .isEqualTo(Admission.FULL);
    }

    private void fill(WriteCommand... commands) {
        for (WriteCommand command : commands) {
            assertThat(queue.offer(command)).isEqualTo(Admission.ACCEPTED);
        }
    }

    /** Takes on a thread of its own, which waits already when this returns. */
    private CompletableFuture<List<WriteCommand>> taking() throws InterruptedException, ExecutionException {
        CompletableFuture<List<WriteCommand>> taken = new CompletableFuture<>();
        CountDownLatch started = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        threads.add(Thread.ofPlatform().start(() -> {
            started.countDown();
            try {
                taken.complete(queue.take(ALL));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        }));
        started.await();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> threads.getFirst().getState() == Thread.State.WAITING || taken.isDone());
        assertThat(taken).isNotDone();
        return taken;
    }

    private static WriteCommand sized(long bytes) {
        return new AppendEvents(
                EventDraft.append(EventDraft.event("e")), ConditionFindings.NONE, bytes, new CompletableFuture<>());
    }
}
