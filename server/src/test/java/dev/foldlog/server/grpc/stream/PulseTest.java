package dev.foldlog.server.grpc.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PulseTest {
    private final HandLane lane = new HandLane();
    private final List<String> runs = new ArrayList<>();

    @Test
    void many_signals_before_a_run_are_one_run() {
        Pulse pulse = new Pulse(lane, () -> runs.add("run"));

        pulse.signal();
        pulse.signal();
        pulse.signal();
        lane.runAll();

        assertThat(runs).hasSize(1);
    }

    @Test
    void a_signal_after_a_run_leads_to_another() {
        Pulse pulse = new Pulse(lane, () -> runs.add("run"));

        pulse.signal();
        lane.runAll();
        pulse.signal();
        lane.runAll();

        assertThat(runs).hasSize(2);
    }

    @Test
    void a_signal_during_a_run_leads_to_one_more_and_queues_it_behind_others() {
        List<Pulse> self = new ArrayList<>();
        Pulse pulse = new Pulse(lane, () -> {
            runs.add("run");
            if (runs.size() == 1) {
                self.getFirst().signal();
                self.getFirst().signal();
                lane.execute(() -> runs.add("other"));
            }
        });
        self.add(pulse);

        pulse.signal();
        lane.runAll();

        assertThat(runs).containsExactly("run", "other", "run");
    }

    @Test
    void nothing_runs_after_stop_even_if_it_was_queued() {
        Pulse pulse = new Pulse(lane, () -> runs.add("run"));

        pulse.signal();
        pulse.stop();
        pulse.signal();
        lane.runAll();

        assertThat(runs).isEmpty();
    }

    @Test
    void an_executor_that_was_shut_down_stops_it() {
        List<Runnable> offered = new ArrayList<>();
        Pulse pulse = new Pulse(
                task -> {
                    offered.add(task);
                    throw new RejectedExecutionException("shut down");
                },
                () -> runs.add("run"));

        pulse.signal();
        pulse.signal();

        assertThat(offered).hasSize(1);
        assertThat(runs).isEmpty();
    }

    @Test
    void runs_never_overlap_and_see_every_signal() throws InterruptedException {
        int signalers = 4;
        int signals = 20_000;
        AtomicInteger produced = new AtomicInteger();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(signalers);
        try (ExecutorService threads = Executors.newFixedThreadPool(signalers + 2)) {
            Pulse pulse = new Pulse(threads, () -> {
                overlaps.addAndGet(inside.getAndIncrement());
                seen.set(produced.get());
                inside.decrementAndGet();
            });
            for (int i = 0; i < signalers; i++) {
                threads.execute(() -> {
                    for (int n = 0; n < signals; n++) {
                        produced.incrementAndGet();
                        pulse.signal();
                    }
                    done.countDown();
                });
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
            org.awaitility.Awaitility.await().until(() -> seen.get() == signalers * signals);
        }
        assertThat(overlaps).hasValue(0);
    }
}
