package dev.foldlog.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SpreadTest {
    @Test
    void the_median_of_an_odd_number_is_the_one_in_the_middle_whatever_the_order() {
        assertThat(Spread.of(List.of(9.0, 1.0, 5.0))).isEqualTo(new Spread(5, 1, 9, 3));
    }

    @Test
    void the_median_of_an_even_number_is_between_the_two_in_the_middle() {
        assertThat(Spread.of(List.of(4.0, 100.0, 1.0, 2.0)).median()).isEqualTo(3);
    }

    @Test
    void one_round_has_no_spread_to_show() {
        assertThat(Spread.of(List.of(1_234.56)).text(1)).isEqualTo("1,234.6");
    }

    @Test
    void several_rounds_show_the_smallest_and_the_largest() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0)).text(0)).isEqualTo("2 (1–3)");
    }

    @Test
    void nothing_has_no_median() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }
}
