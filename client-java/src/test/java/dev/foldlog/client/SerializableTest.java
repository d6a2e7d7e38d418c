package dev.foldlog.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.v1.Precondition;
import dev.foldlog.v1.RecordedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Sixteen units of work at a time over a few partitions, which all have read before the first of them commits, so
 * that they are certain to be in each other's way. Each writes down what it saw, and a replay of the log in commit
 * order must see the same: then the units ran as if one after the other. Left-out preconditions must be caught.
 */
final class SerializableTest {
    private static final int UNITS = 16;
    private static final int ROUNDS = 12;
    private static final long PATIENCE_SECONDS = 60;

    private final ServedStore store = ServedStore.inProcess();
    private final Foldlog client = store.client(ServedStore.OPTIONS
            .withRerunsMax(10_000)
            .withRetry(new RetryPolicy(10, Duration.ofMillis(1), Duration.ofMillis(20))));
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @BeforeEach
    void open() {
        client.append(IntStream.range(0, Bank.ACCOUNTS).mapToObj(Bank::opening).toList());
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        store.close();
    }

    @Test
    void concurrent_units_are_as_if_one_after_the_other() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int runs = 0;
        for (int round = 0; round < ROUNDS; round++) {
            runs += together(
                    IntStream.range(0, UNITS).mapToObj(it -> Bank.draw(random)).toList(), UnaryOperator.identity());
        }

        List<RecordedEvent> log = client.readAll(Events.everything()).toList();
        assertThat(Observation.anomalies(log)).as("seed %s", seed).isEmpty();
        assertThat(runs).as("runs, seed %s: there were conflicts", seed).isGreaterThan(UNITS * ROUNDS);
        assertThat(log).as("seed %s", seed).hasSizeGreaterThan(Bank.ACCOUNTS + UNITS * ROUNDS / 2);
    }

    @Test
    void transfers_never_overdraw() throws Exception {
        together(all(Bank.transfer(0, 1, 60)), UnaryOperator.identity());

        assertThat(Bank.answer("balance:0", everything())).isEqualTo(40);
        assertThat(Bank.answer("balance:1", everything())).isEqualTo(160);
        assertThat(Observation.anomalies(everything())).isEmpty();
    }

    @Test
    void the_same_check_catches_a_lost_condition_on_a_partition() throws Exception {
        together(all(Bank.transfer(0, 1, 60)), without(it -> isOn(it, 0) || isOn(it, 1)));

        assertThat(Observation.anomalies(everything())).isNotEmpty();
        assertThat(Bank.answer("balance:0", everything())).isNegative();
    }

    /** Write skew: each keeps its condition on the partition it writes to, and lacks that on what it only read. */
    @Test
    void the_same_check_catches_one_lost_condition_among_two() throws Exception {
        List<Bank.Work> skewed = List.of(Bank.pairOverdraft(0, 1), Bank.pairOverdraft(1, 0));

        together(skewed, without(Precondition::hasNoEventsMatching));

        assertThat(Observation.anomalies(everything())).hasSize(1);
    }

    @Test
    void the_same_check_catches_a_lost_condition_on_a_filtered_read() throws Exception {
        together(
                all(Bank.countedWithdrawal(2, 3), Bank.countedWithdrawal(3, 2)),
                without(Precondition::hasNoEventsMatching));

        assertThat(Observation.anomalies(everything())).isNotEmpty();
    }

    @Test
    void the_same_check_catches_a_lost_condition_on_a_read_across_partitions() throws Exception {
        together(all(Bank.branchOverdraft(0), Bank.branchOverdraft(2)), without(Precondition::hasNoEventsMatching));

        assertThat(Observation.anomalies(everything())).isNotEmpty();
    }

    /** Runs the works at the same time; none commits before all have read. Answers how often they ran. */
    private int together(List<Bank.Work> works, UnaryOperator<List<Precondition>> derived) throws Exception {
        Transactions transactions = client.transactions().deriving(derived);
        CyclicBarrier allHaveRead = new CyclicBarrier(works.size());
        List<Future<Integer>> running = new ArrayList<>();
        for (Bank.Work work : works) {
            running.add(threads.submit(() -> runs(transactions, work, allHaveRead)));
        }
        int runs = 0;
        for (Future<Integer> one : running) {
            runs += one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        return runs;
    }

    private static int runs(Transactions transactions, Bank.Work work, CyclicBarrier allHaveRead) {
        int[] runs = new int[1];
        return transactions.run(unit -> {
            boolean isFirst = runs[0]++ == 0;
            work.run(unit, isFirst ? () -> meet(allHaveRead) : () -> {});
            return runs[0];
        });
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the units did not all come to the same point", e);
        }
    }

    private List<RecordedEvent> everything() {
        return client.readAll(Events.everything()).toList();
    }

    private static List<Bank.Work> all(Bank.Work... works) {
        return IntStream.range(0, UNITS)
                .mapToObj(it -> works[it % works.length])
                .toList();
    }

    private static UnaryOperator<List<Precondition>> without(Predicate<Precondition> left) {
        return derived -> derived.stream().filter(left.negate()).toList();
    }

    private static boolean isOn(Precondition condition, int account) {
        return condition.getPartition().getPartitionKey().equals(Bank.account(account));
    }
}
