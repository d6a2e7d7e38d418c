package dev.foldlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foldlog.cli.shell.StopSignals.Registration;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SignalsTest {
    @Test
    void a_signal_to_this_process_runs_the_action_once() throws IOException, InterruptedException {
        AtomicInteger stops = new AtomicInteger();
        AtomicInteger outer = new AtomicInteger();
        Signals signals = new Signals();
        // The outer registration keeps this process alive should the inner one fail.
        try (Registration _ = signals.onStop(outer::incrementAndGet)) {
            try (Registration _ = signals.onStop(stops::incrementAndGet)) {
                signal("TERM");
                await().until(() -> stops.get() == 1);
            }
            signal("TERM");
            await().until(() -> outer.get() == 1);
        }
        assertThat(stops).hasValue(1);
    }

    @Test
    void a_signal_that_ends_the_process_runs_the_action_first() throws IOException, InterruptedException {
        List<String> seen = new CopyOnWriteArrayList<>();
        Signals signals = new Signals();
        try (Registration _ = signals.onStop(() -> seen.add("the end"))) {
            Registration inner = signals.beforeEnd(() -> seen.add("before"));
            signal("TERM");
            await().until(() -> seen.size() == 2);
            inner.close();
        }
        assertThat(seen).containsExactly("before", "the end");
    }

    private static void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder(
                        "kill",
                        "-" + name,
                        Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}
