package dev.foldlog.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SuiteTableTest {
    @Test
    void suites_stand_in_the_order_of_their_names_and_the_total_comes_last() {
        SuiteTable table =
                new SuiteTable(new TreeMap<>(Map.of("Reads", new Count(12, 0, 0), "Filters", new Count(50, 2, 1))));

        assertThat(table.total()).isEqualTo(new Count(62, 2, 1));
        assertThat(table.markdown()).isEqualTo("""
                        | suite   | passed | failed | undeclared |
                        | ------- | ------ | ------ | ---------- |
                        | Filters | 50     | 2      | 1          |
                        | Reads   | 12     | 0      | 0          |
                        | all     | 62     | 2      | 1          |
                        """);
    }

    @Test
    void a_count_is_not_negative() {
        assertThatThrownBy(() -> new Count(1, -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count: 1/-1/0 (expected: >= 0)");
    }
}
