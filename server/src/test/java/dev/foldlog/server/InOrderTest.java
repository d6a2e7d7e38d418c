package dev.foldlog.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InOrderTest {
    private final List<String> taken = new ArrayList<>();

    @Test
    void every_step_is_taken_in_order_whatever_became_of_those_before() {
        InOrder.run(List.of(
                step("one"),
                new InOrder.Step("two", () -> {
                    throw new IllegalStateException("two fails");
                }),
                step("three")));

        assertThat(taken).containsExactly("one", "three");
    }

    @Test
    void an_interrupt_ends_its_step_only_and_is_kept() {
        InOrder.run(List.of(
                new InOrder.Step("one", () -> {
                    throw new InterruptedException("now");
                }),
                new InOrder.Step(
                        "two",
                        () -> taken.add("interrupted: " + Thread.currentThread().isInterrupted()))));

        assertThat(taken).containsExactly("interrupted: false");
        assertThat(Thread.interrupted()).isTrue();
    }

    private InOrder.Step step(String name) {
        return new InOrder.Step(name, () -> taken.add(name));
    }
}
