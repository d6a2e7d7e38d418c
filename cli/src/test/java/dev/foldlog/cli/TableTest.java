package dev.foldlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void columns_are_as_wide_as_their_widest_text() {
        Table table = new Table().row("a", "1").row("abc", "2");
        assertThat(table.lines()).containsExactly("a    1", "abc  2");
    }

    @Test
    void one_very_long_text_does_not_widen_the_other_rows() {
        String name = "checkpoint " + "x".repeat(128);
        Table table = new Table().row("health", "SERVING").row(name, "7");
        assertThat(table.lines()).containsExactly("health  SERVING", name + "  7");
    }
}
