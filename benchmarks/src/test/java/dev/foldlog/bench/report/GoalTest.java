package dev.foldlog.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldlog.bench.report.Goal.Figure;
import org.junit.jupiter.api.Test;

final class GoalTest {
    private final RawNumbers numbers = new RawNumbers();

    @Test
    void a_floor_is_met_by_the_ratio_of_the_medians() {
        rounds("ours", 10, 20, 90);
        rounds("theirs", 1, 10, 11);

        assertThat(twice().line(numbers)).isEqualTo("| rate | ≥ 2.00 | 2.00 | met |\n");
    }

    @Test
    void a_floor_is_not_met_below_it() {
        rounds("ours", 19.99);
        rounds("theirs", 10);

        assertThat(twice().line(numbers)).contains("**not met**");
    }

    @Test
    void a_ceiling_is_met_at_it_and_not_above() {
        Goal goal = Goal.atMost(700, "start", Figure.median("load", Metric.events_per_s, "ours"));

        assertThat(goal.isMet(700)).isTrue();
        assertThat(goal.isMet(700.1)).isFalse();
    }

    @Test
    void without_one_of_the_two_nothing_is_claimed() {
        rounds("ours", 10);

        assertThat(twice().line(numbers)).isEqualTo("| rate | ≥ 2.00 | not measured | – |\n");
    }

    private static Goal twice() {
        return Goal.atLeast(2, "rate", Figure.ratio("load", Metric.events_per_s, "ours", "theirs"));
    }

    private void rounds(String contestant, double... values) {
        for (int i = 0; i < values.length; i++) {
            numbers.add(
                    "load",
                    contestant,
                    i + 1,
                    Sample.builder().with(Metric.events_per_s, values[i]).build());
        }
    }
}
